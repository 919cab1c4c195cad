import { type Context, reportAt } from "./context.ts";
import type { Link, RequestBody, Response } from "./contract.ts";
import { normalizeHeaders } from "./header.ts";
import { normalizeContent } from "./media-type.ts";
import { field, isObject, textField } from "./node.ts";
import { child, entriesOf, fieldsOf, type Part } from "./part.ts";
import { enter, follow } from "./reference.ts";

/** The request body of an OpenAPI 3 operation. */
export function normalizeBody(context: Context, operation: Part): RequestBody | undefined {
	const body = follow(context, child(operation, "requestBody"));
	if (body === undefined) return undefined;
	const description = textField(body.value, "description");
	return {
		required: field(body.value, "required") === true,
		...(description !== undefined && { description }),
		content: normalizeContent(context, body),
		source: body.source,
	};
}

const STATUS = /^([1-5]\d\d|[1-5]XX|default)$/;

/** One entry under `responses` whose key is a status: `200`, `2XX` or `default`. */
export interface RawResponse {
	readonly status: string;
	readonly part: Part;
}

/** The documented responses; a key that is no status is listed and left out. */
export function gatherResponses(context: Context, operation: Part): readonly RawResponse[] {
	return fieldsOf(enter(context, operation, "responses")).flatMap(([key, raw]) => {
		const status = key.trim().replace(/xx$/i, "XX");
		if (!STATUS.test(status)) {
			const message = `"${key}" is no status; a response is named by a number like 200, a range like 2XX, or default`;
			reportAt(context, raw, { code: "invalid-response", message });
			return [];
		}
		const part = follow(context, raw);
		return part === undefined ? [] : [{ status, part }];
	});
}

/** A response of OpenAPI 3. */
export function normalizeResponse(context: Context, { status, part }: RawResponse): Response {
	return {
		status,
		description: textField(part.value, "description") ?? textField(part.value, "summary") ?? "",
		headers: normalizeHeaders(context, part),
		content: normalizeContent(context, part),
		links: normalizeLinks(context, part),
		source: part.source,
	};
}

function normalizeLinks(context: Context, response: Part): readonly Link[] {
	return entriesOf(enter(context, response, "links")).flatMap(([name, raw]) => {
		const link = follow(context, raw);
		return link === undefined ? [] : [normalizeLink(name, link)];
	});
}

function normalizeLink(name: string, link: Part): Link {
	const [operationId, operationRef, description] = ["operationId", "operationRef", "description"].map((key) =>
		textField(link.value, key),
	);
	const parameters = field(link.value, "parameters");
	const body = child(link, "requestBody");
	return {
		name,
		...(operationId !== undefined && { operationId }),
		...(operationRef !== undefined && { operationRef }),
		parameters: isObject(parameters) ? parameters : {},
		...(body !== undefined && { requestBody: body.value }),
		...(description !== undefined && { description }),
		source: link.source,
	};
}
