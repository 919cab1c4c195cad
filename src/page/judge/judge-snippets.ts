import type { Parameter } from "../../contract/contract.ts";
import { hintOf } from "../../contract/did-you-mean.ts";
import { valueShapeOf } from "../../contract/value-shape.ts";
import { findMediaType, isJson } from "../../http/media-type.ts";
import { parseText } from "../../http/parse-scalar.ts";
import { agrees, disagrees, type Hearing, operationOf } from "../docket.ts";
import type { Ruling } from "../draft.ts";
import { isPlaceholder } from "../placeholder.ts";
import type { Snippet } from "../snippet/snippet.ts";
import { judgeCredentials } from "./judge-credentials.ts";
import { queryKeys, queryOf, unknownParameter } from "./judge-endpoints.ts";
import { knownHeaders } from "./judge-headers.ts";
import { judgeValue } from "./judge-value.ts";
import { type Shown, saidOf } from "./shown.ts";

/** Holds the requests that a page shows against the document. That an endpoint is not there is told elsewhere. */
export function judgeSnippets(hearing: Hearing): readonly Ruling[] {
	return hearing.reading.snippets.flatMap((snippet) => {
		const operation = operationOf(hearing, snippet);
		return operation === undefined ? [] : judgeSnippet({ hearing, snippet, operation });
	});
}

/** One request of a page. */
export function judgeSnippet(shown: Shown): readonly Ruling[] {
	const rulings = [...judgeQuery(shown), ...judgeHeaders(shown), ...judgeCredentials(shown), ...judgeBody(shown)];
	const { hearing, snippet } = shown;
	return rulings.some(({ kind }) => kind === "disagrees")
		? rulings
		: [...rulings, agrees(hearing, saidOf(shown, "shows a good request", snippet.line))];
}

function judgeQuery(shown: Shown): readonly Ruling[] {
	const { hearing, snippet, operation } = shown;
	const known = operation.parameters.filter((parameter) => parameter.in === "query");
	if (operation.parameters.some((parameter) => parameter.in === "querystring")) return [];
	const names = [...known.map(({ name }) => name), ...queryKeys(hearing.contract), ...queryOf(operation.path)];
	const sent = snippet.path.query.flatMap(({ name, value }): readonly Ruling[] => {
		const parameter = parameterNamed(known, name);
		const said = saidOf(shown, `sends ${name}`, snippet.line, name);
		if (parameter === undefined && !names.includes(name) && !isPartOfAny(known, name))
			return [disagrees(hearing, said, { level: "drift", ...unknownParameter("query parameter", name, names) })];
		return parameter === undefined ? [] : judgeText(shown, parameter, { value, line: snippet.line });
	});
	const given = new Set(snippet.path.query.map(({ name }) => name));
	const isElided = /[?&](?:\.\.\.|…)/.test(snippet.path.raw);
	const lacking = known.filter(
		({ name, required }) => required && !isElided && !given.has(name) && !isRenamed(given, names, name),
	);
	return [...sent, ...lacking.map(({ name }) => lacks(shown, `query parameter ${name}`, name))];
}

/** `tag[]=a` and `filter[name]=b` belong to `tag` and `filter`. */
function parameterNamed(known: readonly Parameter[], name: string): Parameter | undefined {
	return known.find((parameter) => parameter.name === name || parameter.name === `${name}[]`);
}

function isPartOfAny(known: readonly Parameter[], name: string): boolean {
	const isExploded = known.some(
		({ schema, explode }) => explode && schema !== undefined && valueShapeOf(schema).kind === "object",
	);
	return isExploded || known.some((parameter) => name.startsWith(`${parameter.name}[`));
}

/** What was sent under a name that is nearly this one is told as that. */
function isRenamed(given: ReadonlySet<string>, names: readonly string[], name: string): boolean {
	return [...given].some((one) => !names.includes(one) && JSON.stringify(hintOf(one, names)).includes(`\\"${name}\\"`));
}

function lacks(shown: Shown, called: string, name: string): Ruling {
	return disagrees(shown.hearing, saidOf(shown, `sends all that is required`, shown.snippet.line, name), {
		level: "drift",
		documented: `no ${called}`,
		observed: "required",
		message: `The request lacks the required ${called}.`,
		repair: `Add ${name} to the request.`,
	});
}

function judgeText(
	shown: Shown,
	{ name, schema }: Parameter,
	{ value, line }: { readonly value: string; readonly line: number },
): readonly Ruling[] {
	if (schema === undefined || value === "" || isPlaceholder(value)) return [];
	const shape = valueShapeOf(schema);
	// Lists and objects have styles of their own; what their text means is for a client to say.
	if (shape.kind !== "scalar") return [];
	const [violation] = shown.hearing.validation.validate(schema, parseText(value, shape), "request");
	if (violation === undefined) return [];
	return [
		disagrees(shown.hearing, saidOf(shown, `sends a valid ${name}`, line, name), {
			level: "drift",
			documented: `${name} in a request`,
			observed: `${name} ${violation.message}`,
			message: `The value of ${name} ${violation.message}.`,
			repair: `Give ${name} a value that keeps this.`,
		}),
	];
}

function judgeHeaders(shown: Shown): readonly Ruling[] {
	const { hearing, snippet, operation } = shown;
	const known = [...knownHeaders(hearing.contract, operation.id).values()];
	const names = known.map(({ name }) => name);
	const given = new Set(snippet.headers.map(({ name }) => name.toLowerCase()));
	const rulings = snippet.headers.flatMap(({ name, value, line }): readonly Ruling[] => {
		const header = known.find((one) => one.name.toLowerCase() === name.toLowerCase());
		if (header?.parameter !== undefined) return judgeText(shown, header.parameter, { value, line });
		if (header !== undefined || /^(?:authorization|content-type|accept)$/i.test(name)) return [];
		const { hint } = hintOf(name, names) as { hint?: string };
		const meant = names.find((one) => hint?.includes(`"${one}"`));
		// A header that is like none is a proxy's or a tracer's; one whose likeness is sent as well is another.
		if (meant === undefined || given.has(meant.toLowerCase())) return [];
		return [
			disagrees(hearing, saidOf(shown, `sends ${name}`, line, name), {
				level: "drift",
				...unknownParameter("header", name, names),
			}),
		];
	});
	const lacking = known.filter(
		({ name, parameter }) =>
			parameter?.required === true &&
			!given.has(name.toLowerCase()) &&
			!isRenamed(
				given,
				names.map((one) => one.toLowerCase()),
				name.toLowerCase(),
			),
	);
	return [...rulings, ...lacking.map(({ name }) => lacks(shown, `header ${name}`, name))];
}

function judgeBody(shown: Shown): readonly Ruling[] {
	const { hearing, snippet, operation } = shown;
	const { body } = snippet;
	if (body === undefined)
		return operation.body?.required === true && snippet.source !== "http" ? [lacks(shown, "body", "body")] : [];
	if (operation.body === undefined) {
		// A body that nobody looks at harms nobody.
		return [];
	}
	const named = snippet.headers.find(({ name }) => name.toLowerCase() === "content-type");
	const mediaType = named?.value ?? (body.example === undefined ? undefined : "application/json");
	if (mediaType === undefined || isPlaceholder(mediaType)) return [];
	const media = findMediaType(operation.body.content, mediaType);
	if (media === undefined) return named === undefined ? [] : [otherMediaType(shown, named)];
	if (!isJson(mediaType) || media.schema === undefined || body.example === undefined) return [];
	return judgeValue(hearing, body.example, {
		rule: "page-example",
		operation,
		schema: media.schema,
		direction: "request",
		what: "request",
	});
}

function otherMediaType(shown: Shown, { value, line }: Snippet["headers"][number]): Ruling {
	const documented = shown.operation.body?.content.map(({ name }) => name).join(" or ") ?? "";
	return disagrees(shown.hearing, saidOf(shown, "sends a documented media type", line, "Content-Type"), {
		level: "drift",
		documented: value,
		observed: documented,
		message: `The request sends ${value}; the document takes ${documented}.`,
		repair: `Send ${documented}.`,
	});
}
