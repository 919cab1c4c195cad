import type { Contract, Operation, SecurityScheme } from "../contract/contract.ts";
import { didYouMean } from "../contract/did-you-mean.ts";
import { encodeBody } from "../http/encode-body.ts";
import { type Headers, isAnswer, type Json } from "../http/exchange.ts";
import { isJson } from "../http/media-type.ts";
import { createSender } from "../http/send.ts";
import { isObject, propertyOf, type Value } from "../model/value.ts";
import { UserError } from "../problem/problem.ts";
import { parsePointer } from "../schema/reference.ts";
import { bodyOf } from "./answer-shape.ts";

/** How a caller gets its credential: from an operation of the document itself. */
export interface Login {
	/** `operationId`, or `METHOD /path`. */
	readonly operation: string;
	/** What it is sent; its secrets come from the environment. */
	readonly body?: Json;
	/** JSON Pointer to the token in the answer. */
	readonly token: string;
	/** The security scheme that the token satisfies; it need not be said where the document has one that can be meant. */
	readonly scheme?: string;
}

/** Where somebody logs in. */
export interface LoggingIn {
	readonly contract: Contract;
	readonly target: string;
	readonly timeoutMs: number;
	/** Headers that go with the request. */
	readonly headers: Readonly<Record<string, string>>;
}

const BODY_BYTES_MAX = 1_048_576;

/**
 * Logs a caller in, and gives the header that carries its token from then on.
 *
 * @throws UserError when there is no such operation or scheme, when it refuses, or when its answer holds no token
 * @example await logIn({ contract, target, timeoutMs, headers: {} }, { operation: "login", body, token: "/token" }, "main")
 */
export async function logIn(where: LoggingIn, login: Login, name: string): Promise<Readonly<Record<string, string>>> {
	const operation = operationOf(where.contract, login, name);
	const scheme = schemeOf(where.contract, login, name);
	const place = `${operation.method} ${operation.path}`;
	const answer = await send(where, operation, login);
	if (!isAnswer(answer)) throw failed(`${name} cannot log in: ${place} was not answered`, "is the service running?");
	if (answer.status < 200 || answer.status >= 300)
		throw failed(
			`${name} cannot log in: ${place} was answered with ${answer.status}`,
			"does the `body` of its `login` hold what the service wants?",
		);
	const body = bodyOf(answer);
	const token = parsePointer(login.token).reduce<Value | undefined>((inner, part) => propertyOf(inner, part), body);
	if (typeof token !== "string" || token === "")
		throw failed(
			`${name} cannot log in: the answer to ${place} has no token at "${login.token}"`,
			isObject(body) ? `it has ${Object.keys(body).join(", ") || "nothing"}` : "it is no JSON object",
		);
	return headerFor(scheme, token);
}

function failed(message: string, hint: string): UserError {
	return new UserError([{ code: "login-failed", message, hint }]);
}

function operationOf({ operations }: Contract, { operation: wanted }: Login, name: string): Operation {
	const found = operations.find(({ id, method, path }) => id === wanted || `${method} ${path}` === wanted);
	if (found !== undefined) return found;
	const names = operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
	const meant = didYouMean(wanted, names);
	throw failed(
		`${name} cannot log in: no operation is called "${wanted}"`,
		meant === undefined ? "write an operationId, or METHOD /path" : `did you mean "${meant}"?`,
	);
}

/** The scheme that is named, or the only one that a token can satisfy. */
function schemeOf({ securitySchemes }: Contract, { scheme }: Login, name: string): SecurityScheme {
	const named = scheme === undefined ? undefined : securitySchemes.get(scheme);
	if (named !== undefined) return named;
	const possible = [...securitySchemes.values()].filter(
		(one) => one.kind !== "http" || one.scheme.toLowerCase() === "bearer",
	);
	const [only, ...others] = possible;
	if (scheme === undefined && only !== undefined && others.length === 0) return only;
	const known = [...securitySchemes.keys()].join(", ");
	throw failed(
		scheme === undefined
			? `${name} cannot log in: nothing says which security scheme its token satisfies`
			: `${name} cannot log in: no security scheme is called "${scheme}"`,
		known === "" ? "the document has none" : `name it as \`scheme\`; there are ${known}`,
	);
}

async function send(where: LoggingIn, operation: Operation, login: Login) {
	const content = operation.body?.content ?? [];
	const media = (content.find(({ name }) => isJson(name)) ?? content[0])?.name ?? "application/json";
	const encoded = login.body === undefined ? undefined : encodeBody(media, login.body);
	const type: Headers = encoded === undefined ? {} : { "content-type": encoded.contentType };
	const sender = createSender({
		baseUrl: where.target,
		timeoutMs: where.timeoutMs,
		maxBodyBytes: BODY_BYTES_MAX,
		connections: 1,
	});
	try {
		const { answer } = await sender.send({
			method: operation.method,
			path: operation.path,
			headers: { accept: "application/json, */*;q=0.5", ...where.headers, ...type },
			...(encoded === undefined ? {} : { body: encoded.body }),
		});
		return answer;
	} finally {
		await sender.close();
	}
}

/** The header that carries a token, as a user would give it. */
function headerFor(scheme: SecurityScheme, token: string): Readonly<Record<string, string>> {
	if (scheme.kind !== "api-key") return { authorization: `Bearer ${token}` };
	return {
		[scheme.in === "cookie" ? "cookie" : scheme.parameter.toLowerCase()]:
			scheme.in === "cookie" ? `${scheme.parameter}=${token}` : token,
	};
}
