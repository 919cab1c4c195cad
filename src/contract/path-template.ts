/** A piece of a path segment: text as it stands, or a place for a parameter. */
export type TemplatePart =
	| { readonly kind: "literal"; readonly text: string }
	| { readonly kind: "parameter"; readonly name: string };

/** Pieces in order: `{id}.json` is a parameter and a literal. */
export type TemplateText = readonly TemplatePart[];

/** A path key of a document, taken apart. */
export interface PathTemplate {
	/** What stands between slashes; `/` is one empty segment, a trailing slash a last empty one. */
	readonly segments: readonly TemplateText[];
	/** Query constants that some documents write into the key: a request must carry them to be meant. */
	readonly query: readonly { readonly name: string; readonly value: TemplateText }[];
	/** What stands after `#`: it tells operations on one path apart for readers and never travels. */
	readonly fragment?: string;
}

/**
 * Takes a path key apart (OpenAPI 3.1, Path Templating). Keys that do not begin with a slash are read as if they did;
 * braces that are not closed are literals.
 *
 * @example parsePathTemplate("/users/{id}.json").segments[1]
 * // [{ kind: "parameter", name: "id" }, { kind: "literal", text: ".json" }]
 */
export function parsePathTemplate(path: string): PathTemplate {
	const [beforeFragment, fragment] = cut(path, "#");
	const [pathname, query] = cut(beforeFragment, "?");
	const segments = splitOutside(pathname.replace(/^\//, ""), "/").map(parseText);
	const constants = query === undefined ? [] : splitOutside(query, "&").filter((text) => text !== "");
	return {
		segments,
		query: constants.map((constant) => {
			const [name, value = ""] = cut(constant, "=");
			return { name, value: parseText(value) };
		}),
		...(fragment !== undefined && { fragment }),
	};
}

/** The names of all parameters of a template, in order, each once. */
export function templateParameters(template: PathTemplate): readonly string[] {
	const parts = [...template.segments.flat(), ...template.query.flatMap(({ value }) => value)];
	return [...new Set(parts.flatMap((part) => (part.kind === "parameter" ? [part.name] : [])))];
}

/**
 * Orders templates so that the first that matches a request is the one meant: fixed segments before partly fixed before
 * wholly templated ones, from the left (OpenAPI 3.1, Paths Object), then those with more query constants.
 * Deterministic: two different keys never compare as equal.
 *
 * @example ["/pets/{id}", "/pets/mine"].sort(compareTemplates) // ["/pets/mine", "/pets/{id}"]
 */
export function compareTemplates(left: string, right: string): number {
	const [a, b] = [parsePathTemplate(left), parsePathTemplate(right)];
	for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index++) {
		const difference = rank(a.segments[index]) - rank(b.segments[index]);
		if (difference !== 0) return difference;
	}
	return b.query.length - a.query.length || Number(left > right) - Number(left < right);
}

/**
 * Whether one path can be meant by both templates: everywhere they say the same, or one of them leaves it open.
 *
 * @example canMeet(parsePathTemplate("/pets/{id}"), parsePathTemplate("/pets/mine")) // true
 */
export function canMeet({ segments: a }: PathTemplate, { segments: b }: PathTemplate): boolean {
	return a.length === b.length && a.every((segment, index) => textsMeet(segment, b[index] ?? []));
}

function textsMeet(a: TemplateText, b: TemplateText): boolean {
	const [open, other] = isOpen(a) ? [a, b] : [b, a];
	if (!isOpen(open)) return literalOf(a) === literalOf(b);
	const [first, last] = [open[0], open.at(-1)];
	const text = isOpen(other) ? undefined : literalOf(other);
	const begins = first?.kind !== "literal" || text?.startsWith(first.text) !== false;
	return begins && (last?.kind !== "literal" || text?.endsWith(last.text) !== false);
}

function isOpen(text: TemplateText): boolean {
	return text.some(({ kind }) => kind === "parameter");
}

function literalOf(text: TemplateText): string {
	return text.map((part) => (part.kind === "literal" ? part.text : "")).join("");
}

const LITERAL_LENGTH_MAX = 1_000;

/** Fixed: 0. Partly fixed: the more literal characters, the lower. Wholly templated, then absent: last. */
function rank(segment: TemplateText | undefined): number {
	if (segment === undefined) return LITERAL_LENGTH_MAX + 2;
	if (segment.every((part) => part.kind === "literal")) return 0;
	const characters = segment.reduce((sum, part) => sum + (part.kind === "literal" ? part.text.length : 0), 0);
	return 1 + LITERAL_LENGTH_MAX - Math.min(characters, LITERAL_LENGTH_MAX);
}

function parseText(text: string): TemplateText {
	const parts: TemplatePart[] = [];
	for (const [piece, name] of text.matchAll(/\{([^{}]+)\}|(?:[^{]|\{(?![^{}]+\}))+/g)) {
		parts.push(name === undefined ? { kind: "literal", text: piece } : { kind: "parameter", name });
	}
	return parts;
}

/** Cuts at the first separator that stands outside braces. */
function cut(text: string, separator: string): readonly [string, string?] {
	const [first = "", ...rest] = splitOutside(text, separator);
	return rest.length === 0 ? [first] : [first, rest.join(separator)];
}

function splitOutside(text: string, separator: string): readonly string[] {
	const pieces: string[] = [];
	let [start, depth] = [0, 0];
	for (let at = 0; at < text.length; at++) {
		if (text[at] === "{" && text.includes("}", at)) depth++;
		else if (text[at] === "}" && depth > 0) depth--;
		else if (depth === 0 && text[at] === separator) {
			pieces.push(text.slice(start, at));
			start = at + 1;
		}
	}
	return [...pieces, text.slice(start)];
}
