import type { OperationName } from "../../finding/finding.ts";
import type { Rule } from "../../finding/rule.ts";
import { generate } from "../../schema/generate.ts";
import { annotation, enumeration, items, type JsonType, typesOf } from "../../schema/navigate.ts";
import { createPattern } from "../../schema/pattern.ts";
import type { Schema } from "../../schema/schema.ts";
import { agrees, disagrees, type Hearing, type Said, undecided } from "../docket.ts";
import type { Ruling } from "../draft.ts";
import type { Facts, Limits } from "../fact.ts";
import { boundOf, boundsFor, boundWords, keywordOf } from "./schema-words.ts";

/** What the document says of the field, parameter or header that a row is about. */
export interface Target {
	readonly rule: Rule;
	readonly operation: OperationName;
	/** `field rate_limit`, `query parameter limit`. */
	readonly called: string;
	readonly schema?: Schema;
	/** Undefined where it is not comparable: what an answer holds, what is only seen. */
	readonly required?: boolean;
}

/** Holds each fact of a row against the document. */
export function compareField(hearing: Hearing, facts: Facts, target: Target): readonly Ruling[] {
	const comparison: Comparison = { hearing, facts, target };
	const { schema } = target;
	if (schema === undefined) return compareRequired(comparison);
	return [
		...compareRequired(comparison),
		...compareTypes(comparison, schema),
		...compareFormat(comparison, schema),
		...compareLimits(comparison, schema),
		...comparePattern(comparison, schema),
		...compareDefault(comparison, schema),
		...compareValues(comparison, schema),
	];
}

interface Comparison {
	readonly hearing: Hearing;
	readonly facts: Facts;
	readonly target: Target;
}

function saidOf({ facts, target }: Comparison, says: string): Said {
	const { rule, operation } = target;
	return { rule, operation, subject: facts.name, says: `${facts.name} ${says}`, line: facts.line, quote: facts.quote };
}

/** Both sides in short; `unsaid` by the document is a surprise, what it says otherwise is drift. */
function differs(
	comparison: Comparison,
	says: string,
	sides: { readonly page: string; readonly document: string | undefined },
): Ruling {
	const { hearing, target } = comparison;
	const { page, document } = sides;
	return disagrees(hearing, saidOf(comparison, says), {
		level: document === undefined ? "surprise" : "drift",
		documented: page,
		observed: document ?? "not said",
		message:
			document === undefined
				? `The page says that the ${target.called} is ${page}; the document does not say so.`
				: `The page says that the ${target.called} is ${page}; the document says ${document}.`,
		repair: document === undefined ? `Say the same in the document, or take "${page}" out.` : `Write: ${document}.`,
	});
}

function compareRequired(comparison: Comparison): readonly Ruling[] {
	const { facts, target, hearing } = comparison;
	if (facts.required === undefined || target.required === undefined) return [];
	const word = (required: boolean): string => (required ? "required" : "optional");
	const says = `is ${word(facts.required)}`;
	if (facts.required === target.required) return [agrees(hearing, saidOf(comparison, says))];
	return [differs(comparison, says, { page: word(facts.required), document: word(target.required) })];
}

function compareTypes(comparison: Comparison, schema: Schema): readonly Ruling[] {
	const { facts, hearing } = comparison;
	const documented = typesOf(schema).filter((type) => type !== "null");
	const named = facts.types?.filter((type) => type !== "null") ?? [];
	if (named.length === 0 || documented.length === 0) return [];
	const says = `is of the type ${named.join(" or ")}`;
	if (!named.some((type) => documented.some((other) => isAlike(type, other))))
		return [differs(comparison, says, { page: named.join(" or "), document: documented.join(" or ") })];
	const element = items(schema);
	const inner = element === undefined ? [] : typesOf(element).filter((type) => type !== "null");
	const namedInner = facts.itemTypes ?? [];
	if (
		namedInner.length > 0 &&
		inner.length > 0 &&
		!namedInner.some((type) => inner.some((other) => isAlike(type, other)))
	) {
		const of = (types: readonly JsonType[]): string => `array of ${types.join(" or ")}`;
		return [differs(comparison, `is an ${of(namedInner)}`, { page: of(namedInner), document: of(inner) })];
	}
	return [agrees(hearing, saidOf(comparison, says))];
}

/** Pages call whole numbers numbers. */
function isAlike(left: JsonType, right: JsonType): boolean {
	const plain = (type: JsonType): JsonType => (type === "integer" ? "number" : type);
	return plain(left) === plain(right);
}

const FORMATS: ReadonlySet<unknown> = new Set(["uuid", "email", "uri", "date", "date-time", "ipv4", "ipv6"]);

function compareFormat(comparison: Comparison, schema: Schema): readonly Ruling[] {
	const { facts, hearing } = comparison;
	const documented = keywordOf(schema, "format");
	if (facts.format === undefined || documented.kind !== "said" || !FORMATS.has(documented.value)) return [];
	const says = `is a ${facts.format}`;
	if (documented.value === facts.format) return [agrees(hearing, saidOf(comparison, says))];
	return [differs(comparison, says, { page: facts.format, document: String(documented.value) })];
}

function compareLimits(comparison: Comparison, schema: Schema): readonly Ruling[] {
	const types = typesOf(schema);
	const areWhole = types.includes("integer") && !types.includes("number");
	const limits = Object.entries(boundsFor(comparison.facts.limits, types)) as readonly [keyof Limits, number][];
	return limits.map(([keyword, limit]) => {
		const says = `is ${boundWords(keyword, limit)}`;
		const said = saidOf(comparison, says);
		const documented = boundOf(schema, keyword, areWhole);
		if (documented.kind === "said" && documented.value === limit) return agrees(comparison.hearing, said);
		if (documented.kind === "unsure")
			return undecided(comparison.hearing, said, "the document says it for some values only");
		if (documented.kind === "unsaid" && isImplied(schema, keyword, limit))
			return undecided(comparison.hearing, said, "the document says it with a pattern or with a list of values");
		const document = documented.kind === "said" ? boundWords(keyword, Number(documented.value)) : undefined;
		return differs(comparison, says, { page: boundWords(keyword, limit), document });
	});
}

/** Patterns, formats and enumerations bound lengths too; nothing is shorter than nothing. */
function isImplied(schema: Schema, keyword: keyof Limits, limit: number): boolean {
	if (limit === 0 && /^min/.test(keyword)) return true;
	const others = ["pattern", "format", "enum", "const"].map((one) => keywordOf(schema, one).kind);
	return others.some((kind) => kind !== "unsaid");
}

const SAMPLES = 25;

function comparePattern(comparison: Comparison, schema: Schema): readonly Ruling[] {
	const { facts, hearing } = comparison;
	const documented = keywordOf(schema, "pattern");
	if (facts.pattern === undefined || documented.kind === "unsure") return [];
	const says = `matches ${facts.pattern}`;
	const said = saidOf(comparison, says);
	if (documented.kind !== "said")
		return [differs(comparison, says, { page: `matches ${facts.pattern}`, document: undefined })];
	const own = String(documented.value);
	if (own === facts.pattern) return [agrees(hearing, said)];
	const proof = partingText(own, facts.pattern, schema);
	if (proof === undefined)
		return [
			undecided(hearing, said, "the patterns are written differently, and no text was found that tells them apart"),
		];
	return [differs(comparison, says, { page: `matches ${facts.pattern}`, document: `matches ${own}` })];
}

/** A text that one pattern takes and the other does not. */
function partingText(documented: string, page: string, schema: Schema): string | undefined {
	const patterns = [createPattern(documented), createPattern(page)] as const;
	if (patterns.some(({ problem }) => problem !== undefined)) return undefined;
	for (let seed = 0; seed < SAMPLES; seed++) {
		for (const source of [documented, page]) {
			const made = generate({ ...schema, node: { type: "string", pattern: source } }, { seed, direction: "request" });
			if (made.ok && typeof made.value === "string" && patterns[0].test(made.value) !== patterns[1].test(made.value))
				return made.value;
		}
	}
	const marks = [..."aZ0_- .@/é"].flatMap((sign) => [sign, sign.repeat(8)]);
	return marks.find((text) => patterns[0].test(text) !== patterns[1].test(text));
}

function compareDefault(comparison: Comparison, schema: Schema): readonly Ruling[] {
	const { facts, hearing } = comparison;
	const documented = annotation(schema, "default");
	if (facts.default === undefined || documented === undefined || typeof documented === "object") return [];
	// `24h` of a number of hours, `true` of 0 and 1: another way to say it.
	if (typeof documented === "number" && !/^-?[\d.]+$/.test(facts.default)) return [];
	if (typeof documented === "boolean" && !/^(?:true|false)$/i.test(facts.default)) return [];
	const says = `is ${facts.default} when it is left out`;
	const isSame =
		typeof documented === "boolean"
			? String(documented) === facts.default.toLowerCase()
			: String(documented) === facts.default;
	if (isSame) return [agrees(hearing, saidOf(comparison, says))];
	return [
		differs(comparison, says, {
			page: `${facts.default} by default`,
			document: `${JSON.stringify(documented)} by default`,
		}),
	];
}

function compareValues(comparison: Comparison, schema: Schema): readonly Ruling[] {
	const { facts, hearing } = comparison;
	const { values } = facts;
	const element = items(schema);
	const documented = enumeration(schema) ?? (element === undefined ? undefined : enumeration(element));
	if (values === undefined) return [];
	const says = `is one of ${values.values.join(", ")}`;
	const said = saidOf(comparison, says);
	const types = typesOf(schema);
	if (documented === undefined) {
		if (!values.complete || types.includes("boolean") || keywordOf(schema, "pattern").kind !== "unsaid") return [];
		return [undecided(hearing, said, "the document lists no values")];
	}
	const known = documented.filter((value) => value !== null).map(String);
	const extra = values.values.filter((value) => !known.includes(value));
	const lacking = values.complete ? known.filter((value) => value !== "" && !values.values.includes(value)) : [];
	if (extra.length === 0 && lacking.length === 0) return [agrees(hearing, said)];
	// A list of which nothing is in the document lists something else.
	if (extra.length === values.values.length)
		return [undecided(hearing, said, "none of these values is in the document")];
	return [
		differs(comparison, says, { page: `one of ${values.values.join(", ")}`, document: `one of ${known.join(", ")}` }),
	];
}
