import { type LoadOptions, loadContract } from "../contract/load.ts";
import type { HttpAnswer } from "../http/exchange.ts";
import { UserError } from "../problem/problem.ts";
import { createValidation } from "../schema/validate.ts";
import { bodyOf } from "./answer-shape.ts";
import { conform } from "./conform.ts";

/** An answer that somebody else has got, held against its document. */
export interface FaultsOptions extends Pick<LoadOptions, "spec" | "overlays" | "cwd"> {
	/** `operationId`, or method and path: `PUT /apps/{id}`. */
	readonly operation: string;
	readonly answer: {
		readonly status: number;
		readonly headers: Readonly<Record<string, string>>;
		readonly body: unknown;
	};
}

/** One way in which an answer is not as documented. */
export interface Fault {
	readonly rule: string;
	/** What of the answer it is about. */
	readonly subject?: string;
	readonly message: string;
}

/**
 * Holds one answer against the shape that the document gives it: status, media type, headers, body. For tests of
 * services; it asks nobody for anything.
 *
 * @throws UserError when the document cannot be read, or has no such operation
 * @example expect(await faultsOf({ spec: "openapi.yaml", operation: "getApp", answer })).toEqual([])
 */
export async function faultsOf({ operation: name, answer, ...given }: FaultsOptions): Promise<readonly Fault[]> {
	const contract = await loadContract(given);
	const operation = contract.operations.find(({ id, method, path }) => name === id || name === `${method} ${path}`);
	if (operation === undefined) {
		const place = { file: contract.file };
		throw new UserError([
			{ code: "unknown-operation", message: `there is no operation ${JSON.stringify(name)}`, place },
		]);
	}
	const text =
		typeof answer.body === "string" ? answer.body : answer.body === undefined ? "" : JSON.stringify(answer.body);
	const came: HttpAnswer = { status: answer.status, headers: lowerNames(answer.headers), body: text };
	const call = { operation: operation.id, path: {}, query: {}, header: {}, credentials: {}, flaws: [] };
	const exchange = { request: { method: operation.method, path: "/", headers: {} }, answer: came, durationMs: 0 };
	const turn = { call, exchange, curl: "", told: undefined, answer: came, body: bodyOf(came) };
	return conform(operation, turn, createValidation()).map(({ rule, subject, message }) => ({
		rule,
		...(subject === undefined ? {} : { subject }),
		message,
	}));
}

function lowerNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
