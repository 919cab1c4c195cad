import type { Operation, SecurityScheme } from "../../contract/contract.ts";
import type { Call, Credential, Flaw } from "../../model/call.ts";
import type { Model } from "../../model/model.ts";
import type { Value } from "../../model/value.ts";
import type { Validation } from "../../schema/validate.ts";
import type { Identities } from "./identities.ts";
import type { MockRequest } from "./mock-request.ts";
import { type BodyReading, createBodyReader } from "./read-body.ts";
import { readCredential, strayCredential } from "./read-credentials.ts";
import { createParameterReader, type ParameterReader } from "./read-parameters.ts";

/** A request in the model's terms, and what the transport has against it. */
export interface ReadCall {
	readonly call: Call;
	/** A path value breaks its rules: it names nothing that could exist. */
	readonly isPathFlawed: boolean;
	/** The body was refused before it was looked into (RFC 9110, 15.5.14 and 15.5.16). */
	readonly refused?: Extract<BodyReading, { kind: "refused" }>;
}

/** A request whose operation is known. */
export interface Arrival {
	readonly request: MockRequest;
	/** Captured by the template, still percent-encoded. */
	readonly path: Readonly<Record<string, string>>;
	/** Without its question mark. */
	readonly query: string;
}

/** Reads requests to one operation; waits only for multipart bodies. */
export type CallReader = (arrival: Arrival) => ReadCall | Promise<ReadCall>;

/** Compiles what an operation documents about its input into a reader of requests. */
export function createCallReader(
	operation: Operation,
	{ model, validation, identities }: { model: Model; validation: Validation; identities: Identities },
): CallReader {
	const inPath = createParameterReader(operation, ["path"], validation);
	const inQuery = createParameterReader(operation, ["query", "querystring"], validation);
	const inHeader = createParameterReader(operation, ["header"], validation);
	const inCookie = createParameterReader(operation, ["cookie"], validation);
	const body = createBodyReader(operation, validation);
	const schemes = schemesOf(operation, model);

	const finish = (arrival: Arrival, read: Parameters, reading: BodyReading): ReadCall => {
		const pathFlaws = inPath.judge(read.path.readings);
		const others = [
			inQuery.judge(read.query.readings),
			inHeader.judge(read.header.readings),
			inCookie.judge(read.cookie.readings),
			body.judge(reading),
		];
		const flaws = others.every(isEmpty) ? pathFlaws : [...pathFlaws, ...others.flat()];
		const base = {
			operation: operation.id,
			path: read.path.values,
			query: read.query.values,
			header: read.header.values,
			credentials: readCredentials(schemes, identities, arrival),
			flaws,
		};
		const call: Call =
			reading.kind === "value" ? { ...base, body: reading.value as Value, mediaType: reading.mediaType } : base;
		const isPathFlawed = pathFlaws.length > 0;
		return reading.kind === "refused" ? { call, isPathFlawed, refused: reading } : { call, isPathFlawed };
	};
	return (arrival) => {
		const { request, path, query } = arrival;
		const sources = { path, query, headers: request.headers };
		const read: Parameters = {
			path: inPath.read(sources),
			query: inQuery.read(sources),
			header: inHeader.read(sources),
			cookie: inCookie.read(sources),
		};
		const reading = body.read(request.headers["content-type"], request.body);
		return reading instanceof Promise
			? reading.then((done) => finish(arrival, read, done))
			: finish(arrival, read, reading);
	};
}

type Parameters = Readonly<Record<"path" | "query" | "header" | "cookie", ReturnType<ParameterReader["read"]>>>;

function isEmpty(flaws: readonly Flaw[]): boolean {
	return flaws.length === 0;
}

function schemesOf({ security }: Operation, model: Model): readonly SecurityScheme[] {
	const names = new Set(security.flatMap((all) => all.map(({ scheme }) => scheme)));
	return [...names].flatMap((name) => model.contract.securitySchemes.get(name) ?? []);
}

/** What came in another place, or without the word of its scheme, is wrong and is somebody's all the same. */
function readAstray(
	scheme: SecurityScheme,
	identities: Identities,
	{ request, query }: Pick<Arrival, "request" | "query">,
): Credential | undefined {
	const found = strayCredential(scheme, request, query);
	const { name } = scheme;
	if (found === undefined || !identities.isKnown(name, found.value)) return undefined;
	const credential = identities.classify(name, found.value);
	if (credential.kind === "value") return { ...credential, spoilt: found.how };
	const whose = credential.as === undefined ? {} : { as: credential.as };
	return credential.kind === "right" ? { kind: "wrong", how: found.how, ...whose } : undefined;
}

function readCredentials(
	schemes: readonly SecurityScheme[],
	identities: Identities,
	{ request, query }: Pick<Arrival, "request" | "query">,
): Readonly<Record<string, Credential>> {
	const sent: Record<string, Credential> = {};
	for (const scheme of schemes) {
		const value = readCredential(scheme, request, query);
		if (value !== undefined) sent[scheme.name] = identities.classify(scheme.name, value);
		else {
			const astray = readAstray(scheme, identities, { request, query });
			if (astray !== undefined) sent[scheme.name] = astray;
		}
	}
	return sent;
}
