import type { MediaType, Operation, Response } from "../contract/contract.ts";
import type { HttpAnswer, Json } from "../http/exchange.ts";
import { isJson } from "../http/media-type.ts";
import { successes } from "../model/infer/shown.ts";
import { type Told, UNSPECIFIED } from "../model/judge.ts";
import { isStatusAmong } from "../model/outcome.ts";
import { resolve } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";

/** The most telling documented response: the exact status, then its class, then `default`. */
export function responseFor(operation: Operation, status: number): Response | undefined {
	const exact = operation.responses.find((response) => response.status === String(status));
	const family = operation.responses.find(
		(response) => response.status !== "default" && isStatusAmong([response.status], status),
	);
	return exact ?? family ?? operation.responses.find((response) => response.status === "default");
}

/** The body as JSON where it is JSON; text stays text, and nothing stays nothing. */
export function bodyOf(answer: HttpAnswer): Json | undefined {
	if (answer.body === "") return undefined;
	try {
		return JSON.parse(answer.body) as Json;
	} catch {
		return answer.body;
	}
}

/**
 * What of a body the model may judge. It reads what an answer shows out of the first documented success that has a
 * body: a success that is documented with another shape, or with none, shows something else; so does a cut one.
 *
 * @example toldBody(operation, { status: 204, headers: {}, body: "" }, undefined) // UNSPECIFIED where 200 shows the item
 */
export function toldBody(operation: Operation, answer: HttpAnswer, body: Json | undefined): Told["body"] {
	if (answer.truncated === true) return UNSPECIFIED;
	const isSuccess = answer.status >= 200 && answer.status < 300;
	const response = isSuccess ? responseFor(operation, answer.status) : undefined;
	if (response === undefined) return body;
	const shown = schemaIn(response.content);
	const known = successes(operation)
		.map(({ content }) => schemaIn(content))
		.find((schema) => schema !== undefined);
	return shown === known ? body : UNSPECIFIED;
}

/** The JSON schema of a body, references followed: handles of one place are the same. */
function schemaIn(content: readonly MediaType[]): Schema | undefined {
	const schema = content.find(({ name }) => isJson(name))?.schema;
	return schema === undefined ? undefined : resolve(schema);
}
