import type { Contract, Operation } from "../../contract/contract.ts";
import { hintOf } from "../../contract/did-you-mean.ts";
import { parsePathTemplate } from "../../contract/path-template.ts";
import { agrees, type Docket, disagrees, type Hearing, pageOperation, type Said, undecided } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import type { NamedEndpoint } from "../reading.ts";
import type { Match } from "../route.ts";

/** Sentences about what is no longer, not yet, or elsewhere name endpoints that need not be there. */
const HEDGED =
	/\b(?:no longer|removed|deprecated|formerly|legacy|previously|used to|was|were|instead of|rather than|not (?:yet )?(?:available|supported|part)|there is no|planned|future|coming|upcoming|will be|unlike|similar|other api|another)\b/i;

/** Holds every endpoint that a page names against the document. */
export function judgeEndpoints(hearing: Hearing): readonly Ruling[] {
	const seen = new Set<string>();
	return hearing.reading.endpoints.flatMap((endpoint) => {
		const key = `${endpoint.method} ${endpoint.path.raw} ${endpoint.where === "text"}`;
		if (seen.has(key) || isOutside(hearing, endpoint.path.path)) return [];
		seen.add(key);
		return judgeEndpoint(hearing, endpoint);
	});
}

function judgeEndpoint(hearing: Hearing, endpoint: NamedEndpoint): readonly Ruling[] {
	if (!hearing.routes.isOurs(endpoint.path)) return [];
	const match = hearing.routes.find(endpoint.method, endpoint.path);
	if (match.kind === "found") return judgeFound(hearing, endpoint, match);
	return match.kind === "other-method" ? judgeMethod(hearing, endpoint, match) : judgeUnknown(hearing, endpoint, match);
}

type Of<Kind extends Match["kind"]> = Extract<Match, { readonly kind: Kind }>;

function judgeFound(hearing: Hearing, endpoint: NamedEndpoint, { operation, renamed }: Of<"found">): readonly Ruling[] {
	const said: Said = {
		rule: "page-endpoint",
		operation: operationName(operation),
		says: "is there",
		line: endpoint.line,
		quote: endpoint.sentence ?? `${endpoint.method ?? ""} ${endpoint.path.raw}`.trim(),
	};
	// Where a page only refers to an endpoint, it writes its path as it likes.
	const isDescribed = endpoint.where === "title" || endpoint.where === "table";
	const names = (isDescribed ? renamed : []).map(({ page, document }) =>
		disagrees(
			hearing,
			{ ...said, subject: page, says: `has the path parameter ${page}` },
			{
				level: "surprise",
				documented: `{${page}}`,
				observed: `{${document}}`,
				message: `The page calls the path parameter ${page}, the document ${document}.`,
				repair: `Write {${document}} in place of {${page}}.`,
			},
		),
	);
	const queries = endpoint.where === "snippet" ? [] : judgeQuery(hearing, endpoint, operation);
	return [agrees(hearing, said), ...names, ...queries];
}

function judgeQuery(hearing: Hearing, endpoint: NamedEndpoint, operation: Operation): readonly Ruling[] {
	const parameters = operation.parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
	const known = [...parameters, ...queryKeys(hearing.contract), ...queryOf(operation.path)];
	return endpoint.path.query.map(({ name }) => {
		const said: Said = {
			rule: "page-parameter",
			operation: operationName(operation),
			subject: name,
			says: `takes the query parameter ${name}`,
			line: endpoint.line,
			quote: endpoint.path.raw,
		};
		if (known.includes(name) || operation.parameters.some((one) => one.in === "querystring"))
			return agrees(hearing, said);
		return disagrees(hearing, said, { level: "drift", ...unknownParameter("query parameter", name, known) });
	});
}

/** Credentials that travel in the query. */
export function queryKeys({ securitySchemes }: Contract): readonly string[] {
	return [...securitySchemes.values()].flatMap((scheme) =>
		scheme.kind === "api-key" && scheme.in === "query" ? [scheme.parameter] : [],
	);
}

/** Queries that some documents write into the key of the path. */
export function queryOf(path: string): readonly string[] {
	return parsePathTemplate(path).query.map(({ name }) => name);
}

/** The two sides of a parameter that the document does not have. */
export function unknownParameter(
	kind: string,
	name: string,
	known: readonly string[],
): { readonly documented: string; readonly observed: string; readonly message: string; readonly repair: string } {
	const { hint } = hintOf(name, known) as { hint?: string };
	const meant = /"(.+)"/.exec(hint ?? "")?.[1];
	return {
		documented: `${kind} ${name}`,
		observed: meant === undefined ? `no such ${kind}` : `${kind} ${meant}`,
		message: `The document has no ${kind} ${name} here${hint === undefined ? "" : `; ${hint}`}.`,
		repair: meant === undefined ? `Take ${name} out, or document it.` : `Write ${meant} in place of ${name}.`,
	};
}

function judgeMethod(
	hearing: Hearing,
	endpoint: NamedEndpoint,
	{ operations, path }: Of<"other-method">,
): readonly Ruling[] {
	const { method, line, sentence, where } = endpoint;
	if (method === undefined || operations.length === 0) return [];
	if (where === "text" && HEDGED.test(sentence ?? "")) return [];
	// What clients may ask of any path needs no documentation (RFC 9110, 9.3).
	if (method === "OPTIONS" || method === "HEAD") return [];
	const methods = operations.map((operation) => operation.method).join(", ");
	const said: Said = {
		rule: "page-endpoint",
		operation: pageOperation(method, endpoint.path),
		says: `is there`,
		line,
		quote: sentence ?? `${method} ${endpoint.path.raw}`,
	};
	return [
		disagrees(hearing, said, {
			level: "drift",
			documented: method,
			observed: methods,
			message: `The document has ${methods} ${path}, and no ${method}.`,
			repair:
				operations.length === 1
					? `Write ${methods} in place of ${method}.`
					: `Name one of ${methods}, or document ${method}.`,
		}),
	];
}

function judgeUnknown(
	hearing: Hearing,
	endpoint: NamedEndpoint,
	{ near, mayBeLonger }: Of<"unknown">,
): readonly Ruling[] {
	const { method, path, line, sentence, where } = endpoint;
	const said: Said = {
		rule: "page-endpoint",
		operation: pageOperation(method, path),
		says: "is there",
		line,
		quote: sentence ?? `${method ?? ""} ${path.raw}`.trim(),
	};
	const isNamed =
		where === "text"
			? near !== undefined && !HEDGED.test(sentence ?? "")
			: near !== undefined || hearing.routes.isNear(path);
	if (method === undefined || !isNamed || mayBeLonger || !isAbout(hearing)) {
		const reason = mayBeLonger
			? "the last parameter of a path may hold slashes"
			: "nothing of the document is like it: it may be another API's";
		return where === "text" ? [] : [undecided(hearing, said, reason)];
	}
	return [
		disagrees(hearing, said, {
			level: "drift",
			documented: `${method} ${path.path}`,
			observed: near === undefined ? "no such endpoint" : `${near.method} ${near.path}`,
			message: `The document has no ${method} ${path.path}${near === undefined ? "" : `; did you mean ${near.method} ${near.path}?`}.`,
			repair:
				near === undefined ? "Take the endpoint out, or document it." : `Write ${near.path} in place of ${path.path}.`,
		}),
	];
}

/** A page of which not even half is in the document is a page of another API. */
function isAbout({ reading, routes }: Hearing): boolean {
	const named = reading.endpoints.filter(({ where, path }) => where !== "text" && routes.isOurs(path));
	const found = named.filter(({ method, path }) => routes.find(method, path).kind !== "unknown");
	return found.length * 2 >= named.length;
}

export function isOutside({ reading }: Pick<Hearing, "reading">, path: string): boolean {
	return reading.outside.some((pattern) =>
		pattern.endsWith("*")
			? path.startsWith(pattern.replace(/\/?\*+$/, "/")) || path === pattern.replace(/\/?\*+$/, "")
			: path === pattern,
	);
}

/** Pages that name at least this part of an API want to name all of it. */
const COVERED_MIN = 0.5;
const NAMED_MIN = 3;

/** Operations that no page names, where the pages together name most of the others. */
export function judgeMissing(docket: Docket): readonly Ruling[] {
	const [first] = docket.readings;
	if (first === undefined) return [];
	const named = new Set(
		docket.readings.flatMap(({ endpoints }) => endpoints.flatMap(({ method, path }) => meantBy(docket, method, path))),
	);
	const { operations } = docket.contract;
	if (named.size < NAMED_MIN || named.size < operations.length * COVERED_MIN) return [];
	return operations.flatMap((operation) => {
		const isExcused = operation.deprecated || docket.readings.some((reading) => isOutside({ reading }, operation.path));
		return named.has(operation.id) || isExcused ? [] : [missing(docket, operation, first.file)];
	});
}

/** The operations that a page means by a name, also by a slightly wrong one: that is told as such. */
function meantBy(
	{ routes, contract }: Docket,
	method: string | undefined,
	path: NamedEndpoint["path"],
): readonly string[] {
	const match = routes.find(method, path);
	// Fragments tell operations of a document apart, and nothing else knows of them.
	const isSame = (one: Operation, other: Operation): boolean =>
		one.method === other.method && one.path.replace(/#.*$/, "") === other.path.replace(/#.*$/, "");
	if (match.kind === "found")
		return contract.operations.filter((one) => isSame(one, match.operation)).map(({ id }) => id);
	if (match.kind === "unknown") return match.near === undefined ? [] : [match.near.id];
	return contract.operations.filter((one) => one.path === match.path).map(({ id }) => id);
}

function missing(docket: Docket, operation: Operation, page: string): Ruling {
	const place = docket.contract.locate(operation.source);
	const name = operationName(operation);
	const claim = { rule: "page-endpoint" as const, operation: name, sentence: "is named on a page", place };
	return {
		kind: "disagrees",
		claim,
		draft: {
			rule: "page-endpoint",
			level: "surprise",
			operation: name,
			documented: "no page names it",
			observed: "in the document",
			message: `No page names ${name.method} ${name.path}.`,
			source: place,
			repair: `Describe it on ${page}, or say there that it is not covered.`,
		},
	};
}
