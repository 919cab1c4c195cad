import type {
	Contract,
	Example,
	MediaType,
	Operation,
	Parameter,
	SecurityScheme,
} from "../../src/contract/contract.ts";
import { generate } from "../../src/schema/generate.ts";
import type { Schema } from "../../src/schema/schema.ts";
import type { Sent } from "./client.ts";
import type { Judge } from "./independent-document.ts";
import { bodyOf, type EncodedBody, headerOf, isJsonName, pathOf, queryOf } from "./wire.ts";

/** A well-formed request, or why none can be made. */
export type WellFormed =
	| { readonly kind: "request"; readonly sent: Sent; readonly body: unknown }
	| { readonly kind: "none"; readonly reason: string };

export interface RequestMaker {
	/**
	 * What the document asks for and no more: required parameters, a body where one is documented, credentials.
	 *
	 * @param path values of the path by parameter, as they are meant and not as they travel
	 * @param attempt another attempt gives other values
	 */
	make(operation: Operation, path: ReadonlyMap<string, unknown>, attempt: number): Promise<WellFormed>;
	/** A value that a parameter may have. */
	sampleOf(parameter: Parameter, attempt: number): unknown;
}

/** Values are the document's examples, else made up; an independent validator admits each. */
export function createRequestMaker(contract: Contract, judge: Judge): RequestMaker {
	const sampleOf: RequestMaker["sampleOf"] = ({ schema, name, examples }, attempt) =>
		valid(judge, { schema, name, examples: attempt === 0 ? examples : [], attempt })?.value;
	return {
		sampleOf,
		make: async (operation, path, attempt) => {
			const filled = fillPath(operation, path);
			if (filled.includes("{")) return { kind: "none", reason: `no value for ${filled}` };
			const parts: Parts = { query: [], headers: {}, cookies: [] };
			const plain = operation.parameters.filter((parameter) => !isCredential(contract, parameter));
			const missing = addParameters(plain, parts, (parameter) => sampleOf(parameter, attempt));
			if (missing !== undefined) return { kind: "none", reason: `no value for ${missing.in} ${missing.name}` };
			addCredentials(contract, operation, parts);
			const body = await bodyFor(operation, judge, attempt);
			if (body?.kind === "none") return body;
			const { query, headers, cookies } = parts;
			if (body !== undefined) headers["content-type"] = body.encoded.contentType;
			if (cookies.length > 0) headers.cookie = cookies.join("; ");
			const sent: Sent = {
				method: operation.method,
				path: targetOf(filled, query),
				headers,
				body: body?.encoded.body,
			};
			return { kind: "request", sent, body: body?.value };
		},
	};
}

/** What a request gathers besides its path and its body. */
interface Parts {
	readonly query: string[];
	readonly headers: Record<string, string>;
	readonly cookies: string[];
}

/** Some documents list the parameter that carries the key among the others. */
function isCredential({ securitySchemes }: Contract, { name, in: place }: Parameter): boolean {
	return [...securitySchemes.values()].some(
		(scheme) => scheme.kind === "api-key" && scheme.in === place && scheme.parameter === name,
	);
}

/** Gives the parameter for which there is no value. */
function addParameters(
	parameters: readonly Parameter[],
	{ query, headers, cookies }: Parts,
	sampleOf: (parameter: Parameter) => unknown,
): Parameter | undefined {
	for (const parameter of parameters) {
		if (!parameter.required || parameter.in === "path") continue;
		const value = sampleOf(parameter);
		if (value === undefined) return parameter;
		if (parameter.in === "query") query.push(queryOf(parameter, value));
		else if (parameter.in === "header") headers[parameter.name.toLowerCase()] = headerOf(parameter, value);
		else if (parameter.in === "cookie") cookies.push(`${parameter.name}=${headerOf(parameter, value)}`);
	}
	return undefined;
}

/** Path keys may carry a query of their own, and a fragment that only tells operations apart. */
function targetOf(filled: string, query: readonly string[]): string {
	const [fixed = "", constants = ""] = filled.split("#")[0]?.split("?") ?? [];
	const search = [...(constants === "" ? [] : [constants]), ...query].join("&");
	return `${fixed.startsWith("/") ? "" : "/"}${fixed}${search === "" ? "" : `?${search}`}`;
}

function fillPath(operation: Operation, path: ReadonlyMap<string, unknown>): string {
	return operation.path.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
		const isHere = operation.parameters.find((parameter) => parameter.name === name && parameter.in === "path");
		const value = path.get(name);
		return isHere === undefined || value === undefined ? whole : pathOf(isHere, value);
	});
}

interface Valued {
	readonly schema: Schema | undefined;
	readonly name: string;
	readonly examples: readonly Example[];
	readonly attempt: number;
}

const TRIES = 4;

function valid(judge: Judge, { schema, name, examples, attempt }: Valued): { readonly value: unknown } | undefined {
	for (const { value } of examples) if (judge(schema, value) === undefined) return { value };
	if (schema === undefined) return { value: `${name.replaceAll(/\W/g, "")}${attempt}` };
	let last: { readonly value: unknown } | undefined;
	// Who was refused sends no more than is asked for.
	const ways = attempt === 0 ? (["some", "none", "all"] as const) : (["none", "some", "all"] as const);
	for (const optional of ways) {
		for (let index = 0; index < TRIES; index++) {
			const seed = `corpus ${attempt} ${index}`;
			const made = generate(schema, { seed, direction: "request", name, optional });
			if (!made.ok || made.value === "") continue;
			if (judge(schema, made.value) === undefined) return made;
			last ??= made;
		}
	}
	// Ajv does not see what one part of an object excuses another from, nor that a discriminator decides.
	return last;
}

type Body =
	| { readonly kind: "body"; readonly value: unknown; readonly encoded: EncodedBody }
	| { readonly kind: "none"; readonly reason: string };

async function bodyFor({ body, id }: Operation, judge: Judge, attempt: number): Promise<Body | undefined> {
	if (body === undefined || body.content.length === 0) return undefined;
	const contents = [...body.content].sort((a, b) => preference(a) - preference(b));
	for (const media of contents) {
		const { schema } = media;
		// The same example twice would be refused where values are unique.
		const examples = attempt === 0 ? media.examples : [];
		const value =
			schema === undefined
				? { value: examples[0]?.value ?? {} }
				: valid(judge, { schema, name: "", examples, attempt });
		const encoded = value === undefined ? undefined : await bodyOf(media, value.value);
		if (value !== undefined && encoded !== undefined) return { kind: "body", value: value.value, encoded };
	}
	if (!body.required) return undefined;
	return { kind: "none", reason: `no body of ${contents.map(({ name }) => name).join(" or ")} for ${id}` };
}

function preference({ name }: MediaType): number {
	if (isJsonName(name)) return 0;
	return name.startsWith("application/x-www-form-urlencoded") ? 1 : name.startsWith("multipart/") ? 2 : 3;
}

function addCredentials(contract: Contract, { security }: Operation, parts: Parts): void {
	const [all = []] = [...security].sort((a, b) => a.length - b.length).filter((one) => one.length > 0);
	for (const { scheme: name } of all) {
		const scheme = contract.securitySchemes.get(name);
		if (scheme?.kind === "api-key") addKey(scheme, parts);
		else if (scheme !== undefined && scheme.kind !== "mutual-tls")
			parts.headers.authorization = authorizationOf(scheme);
	}
}

function addKey(
	{ in: place, parameter }: Extract<SecurityScheme, { kind: "api-key" }>,
	{ query, headers, cookies }: Parts,
): void {
	if (place === "query") query.push(`${encodeURIComponent(parameter)}=corpus-key`);
	else if (place === "header") headers[parameter.toLowerCase()] = "corpus-key";
	else cookies.push(`${parameter}=corpus-key`);
}

function authorizationOf(scheme: SecurityScheme): string {
	const name = scheme.kind === "http" ? scheme.scheme.toLowerCase() : "bearer";
	if (name === "basic") return `Basic ${Buffer.from("corpus:secret").toString("base64")}`;
	return name === "bearer" ? "Bearer corpus-token" : `${name} corpus-token`;
}
