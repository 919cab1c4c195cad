import type { Operation } from "../../contract/contract.ts";
import type { Headers, HttpRequest, Json } from "../../http/exchange.ts";
import { behaviourOf } from "../../model/model.ts";
import { reachesTooFar } from "../../model/touch.ts";
import { type Hearing, operationOf } from "../docket.ts";
import type { Example } from "../example.ts";
import { judgeSnippet } from "../judge/judge-snippets.ts";
import type { PagePath } from "../page-path.ts";
import { isPlaceholder } from "../placeholder.ts";
import type { Snippet } from "../snippet/snippet.ts";
import { strangerIn } from "./stranger.ts";

/** A request of a page, ready to be sent, or why it is not. */
export type Planned = { readonly operation: Operation; readonly snippet: Snippet } & (
	| { readonly kind: "send"; readonly request: HttpRequest; readonly isSafe: boolean }
	| { readonly kind: "skip"; readonly reason: string }
);

export interface PlanOptions {
	/** All data of the target may be changed. */
	readonly disposable: boolean;
	/** Names of the headers that go with every request, in lower case. */
	readonly given: readonly string[];
}

/**
 * The requests of a page in its order: those that it shows, and the reading ones that it describes with an answer and
 * without parameters. What would touch more than it may is skipped, with the reason.
 */
export function planRequests(hearing: Hearing, options: PlanOptions): readonly Planned[] {
	const seen = new Set<string>();
	return [...hearing.reading.snippets, ...describedReads(hearing)]
		.toSorted((left, right) => left.line - right.line)
		.flatMap((snippet) => {
			const operation = operationOf(hearing, snippet);
			const key = `${snippet.method} ${snippet.path.path} ${JSON.stringify(snippet.path.query)} ${JSON.stringify(snippet.body?.example?.value)}`;
			if (operation === undefined || seen.has(key)) return [];
			seen.add(key);
			return [planOne({ hearing, options, operation, snippet })];
		});
}

/** `GET /health` with an answer below it is as good as a command, where the page has none. */
function describedReads(hearing: Hearing): readonly Snippet[] {
	const { reading } = hearing;
	const shown = new Set(reading.snippets.map((snippet) => operationOf(hearing, snippet)));
	return reading.examples.flatMap(({ scope }): readonly Snippet[] => {
		const { endpoint, label } = scope;
		if (shown.has(operationOf(hearing, endpoint))) return [];
		if (endpoint?.method !== "GET" || label.direction === "request" || /^[45]/.test(label.status ?? "2")) return [];
		const { path, line } = endpoint;
		return [{ source: "http", method: "GET", path, headers: [], line }];
	});
}

interface Plan {
	readonly hearing: Hearing;
	readonly options: PlanOptions;
	readonly operation: Operation;
	readonly snippet: Snippet;
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

function planOne(plan: Plan): Planned {
	const { snippet, operation } = plan;
	const reason = reasonNotTo(plan);
	if (reason !== undefined) return { kind: "skip", operation, snippet, reason };
	return { kind: "send", operation, snippet, isSafe: SAFE.has(snippet.method), request: requestOf(plan) };
}

function reasonNotTo({ hearing, options, operation, snippet }: Plan): string | undefined {
	const { path, method, body } = snippet;
	const place = path.segments.find((segment) => segment.kind === "parameter" || isPlaceholder(segment.text));
	if (place !== undefined) return "its path has a place for something of which the page names none";
	if (
		judgeSnippet({ hearing, snippet, operation }).some(
			(ruling) => ruling.kind === "disagrees" && ruling.draft.level === "drift",
		)
	)
		return "the document does not admit the request";
	if (SAFE.has(method)) return undefined;
	if (!options.disposable) return "it changes data; --disposable allows it";
	const far = reachesTooFar(hearing.model, behaviourOf(hearing.model, operation.id));
	if (far !== undefined) return far;
	if (body !== undefined && body.example === undefined) return "its body is no JSON that stands on the page";
	if (body?.example !== undefined && holdsHole(body.example))
		return "its body has a place for something of which the page names none";
	const stranger = strangerIn(body?.example?.value ?? null);
	return stranger === undefined ? undefined : `it might reach a stranger: ${stranger}`;
}

function holdsHole({ value }: Example): boolean {
	const visit = (part: Json): boolean =>
		isPlaceholder(part) ||
		(typeof part === "object" && part !== null && Object.values(part).some((inner) => visit(inner as Json)));
	return visit(value);
}

function requestOf({ snippet, options, operation }: Plan): HttpRequest {
	const { method, path, body } = snippet;
	const text = body === undefined ? undefined : JSON.stringify(body.example?.value);
	return {
		method,
		path: pathOf(operation, path),
		headers: headersOf(snippet, options, text !== undefined),
		...(text === undefined ? {} : { body: text }),
	};
}

/** The path as the document has it: the page may write the base path of a server before it. */
function pathOf(operation: Operation, { segments, query }: PagePath): string {
	const length = operation.path.replace(/^\//, "").split("/").length;
	const own = segments
		.slice(-length)
		.map((segment) => (segment.kind === "text" ? encodeURIComponent(segment.text) : ""));
	const pairs = query.filter(({ value }) => !isPlaceholder(value));
	const text = pairs.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
	return `/${own.join("/")}${text === "" ? "" : `?${text}`}`;
}

/** Keys of a page are nobody's: who calls is said on the command line. */
function headersOf({ headers }: Snippet, { given }: PlanOptions, hasBody: boolean): Headers {
	const own = headers
		.map(({ name, value }): [string, string] => [name.toLowerCase(), value])
		.filter(([name, value]) => !given.includes(name) && !isPlaceholder(value) && !isCredential(name));
	const named = own.some(([name]) => name === "content-type");
	return Object.fromEntries(hasBody && !named ? [...own, ["content-type", "application/json"]] : own);
}

function isCredential(name: string): boolean {
	return /^(?:authorization|cookie|proxy-authorization)$|key|token|secret/.test(name);
}
