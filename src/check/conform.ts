import type { MediaType, Operation, Response } from "../contract/contract.ts";
import { undocumentedFields } from "../contract/undocumented.ts";
import { valueShapeOf } from "../contract/value-shape.ts";
import type { Step } from "../finding/finding.ts";
import type { HttpAnswer, Json } from "../http/exchange.ts";
import { findMediaType, isJson } from "../http/media-type.ts";
import { parseParameter } from "../http/parse-parameter.ts";
import { typesOf } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";
import type { Validation, Violation } from "../schema/validate.ts";
import { responseFor } from "./answer-shape.ts";
import type { Draft } from "./draft.ts";
import { type BrokenKeyword, schemaOf, shapeAround, valueAt } from "./mend-schema.ts";
import type { Turn } from "./session.ts";

/** Answers that a server's transport gives whatever the document says (RFC 9110, 15.5; RFC 6585, 5). */
const TRANSPORT = new Set([405, 406, 413, 414, 415, 431]);

/** Holds one answer against the shape that the document gives it: status, media type, headers, body. */
export function conform(operation: Operation, turn: Turn, validation: Validation): readonly Draft[] {
	const { answer } = turn;
	if (answer === undefined) return [];
	const evidence = [stepOf(turn)];
	if (answer.status >= 500 && (answer.status === 500 || responseFor(operation, answer.status) === undefined)) {
		return [serverError(operation, answer, evidence)];
	}
	const response = responseFor(operation, answer.status);
	if (response === undefined)
		return TRANSPORT.has(answer.status) ? [] : [undocumentedStatus(operation, answer, evidence)];
	const context = { operation, response, answer, body: turn.body, evidence, validation };
	return [...mediaTypeDrafts(context), ...headerDrafts(context), ...bodyDrafts(context)];
}

export function stepOf(turn: Turn): Step {
	return { operation: turn.call.operation, exchange: turn.exchange, curl: turn.curl, parts: true };
}

function expecting(evidence: readonly Step[], statuses: readonly string[]): readonly Step[] {
	return evidence.map((step) => ({ ...step, expects: { statuses } }));
}

function serverError(operation: Operation, answer: HttpAnswer, evidence: readonly Step[]): Draft {
	return {
		rule: "not-a-server-error",
		level: "drift",
		operation: operation.id,
		subject: String(answer.status),
		documented: "no server error",
		observed: `status ${answer.status}`,
		message: `The service failed with ${answer.status}.`,
		source: operation.source,
		evidence: expecting(evidence, ["1XX", "2XX", "3XX", "4XX"]),
		suspects: [],
		cause: `server-error ${operation.id} ${answer.status}`,
	};
}

function undocumentedStatus(operation: Operation, answer: HttpAnswer, evidence: readonly Step[]): Draft {
	const family = operation.responses
		.map(({ status }) => status)
		.filter((status) => status[0] === String(answer.status)[0]);
	const known = family.join(" or ") || "no such status";
	return {
		rule: "status-code-conformance",
		level: "surprise",
		operation: operation.id,
		subject: String(answer.status),
		documented: known,
		observed: String(answer.status),
		message: `Status ${answer.status} is not documented; documented are ${known}.`,
		source: { ...operation.source, pointer: `${operation.source.pointer}/responses` },
		evidence: expecting(
			evidence,
			operation.responses.map(({ status }) => status),
		),
		suspects: [],
		cause: `status ${operation.id} ${answer.status}`,
	};
}

interface Context {
	readonly operation: Operation;
	readonly response: Response;
	readonly answer: HttpAnswer;
	readonly body: Json | undefined;
	readonly evidence: readonly Step[];
	readonly validation: Validation;
}

function draftAt(
	context: Context,
	draft: Pick<Draft, "rule" | "documented" | "observed" | "message"> & { readonly subject: string },
): Draft {
	const { operation, response, evidence } = context;
	const because = response.description === "" ? {} : { because: response.description };
	return {
		level: "drift",
		operation: operation.id,
		source: response.source,
		evidence,
		suspects: [],
		// One place in the document is one cause, whichever operations use it.
		cause: `${draft.rule} ${response.source.file}${response.source.pointer} ${draft.subject} ${draft.observed}`,
		...because,
		...draft,
	};
}

function mediaTypeDrafts(context: Context): readonly Draft[] {
	const { response, answer, operation } = context;
	if (response.content.length === 0 || answer.body === "" || operation.method === "HEAD") return [];
	const actual = answer.headers["content-type"] ?? "";
	if (findMediaType(response.content, actual) !== undefined) return [];
	const documented = response.content.map(({ name }) => name).join(" or ");
	const observed = actual === "" ? "no content type" : (actual.split(";")[0] ?? actual).trim();
	return [
		draftAt(context, {
			rule: "content-type-conformance",
			subject: `content-type of ${answer.status}`,
			documented,
			observed,
			message: `The answer to ${operation.method} ${operation.path} is ${observed} and not ${documented}.`,
		}),
	];
}

function headerDrafts(context: Context): readonly Draft[] {
	return context.response.headers.flatMap((header) => {
		const text = context.answer.headers[header.name.toLowerCase()];
		const subject = `header ${header.name} of ${context.answer.status}`;
		if (text === undefined) {
			if (!header.required) return [];
			return [
				draftAt(context, {
					rule: "response-headers-conformance",
					subject,
					documented: `${header.name} is present`,
					observed: "missing",
					message: `The required header ${header.name} is missing.`,
				}),
			];
		}
		if (header.schema === undefined) return [];
		const form = {
			name: header.name,
			in: "header",
			style: header.style,
			explode: header.explode,
			allowReserved: false,
		} as const;
		const parsed = parseParameter(form, valueShapeOf(header.schema), {
			headers: { [header.name.toLowerCase()]: text },
		});
		const [violation] = context.validation.validate(
			header.schema,
			parsed.kind === "value" ? parsed.value : text,
			"response",
		);
		if (violation === undefined) return [];
		return [
			draftAt(context, {
				rule: "response-headers-conformance",
				subject,
				documented: `${header.name} ${violation.message}`,
				observed: "invalid",
				message: `The header ${header.name} ${violation.message}.`,
			}),
		];
	});
}

function bodyDrafts(context: Context): readonly Draft[] {
	const { response, answer, validation } = context;
	const media = findMediaType(response.content, answer.headers["content-type"] ?? "") as MediaType | undefined;
	const schema = media?.schema;
	if (media === undefined || schema === undefined || context.operation.method === "HEAD" || answer.truncated === true)
		return [];
	const isShownAsJson = isJson(media.name) || isJson(answer.headers["content-type"] ?? "");
	// Of another form than JSON only a text can be held against a schema as it comes.
	if (!isShownAsJson && !isText(schema)) return [];
	const body = isShownAsJson ? context.body : answer.body;
	const violations = validation.validate(schema, body, "response");
	const [first] = violations;
	const kind = first === undefined ? missedKind(schema, body) : undefined;
	if (kind !== undefined) return [schemaDraft(context, { pointer: "", message: `must be ${kind}` })];
	if (first !== undefined) {
		const draft = schemaDraft(context, { pointer: first.pointer, message: first.message });
		return [{ ...draft, breaks: brokenBy(first, body) }];
	}
	return isShownAsJson ? undocumentedDrafts(context, schema, body) : [];
}

function isText(schema: Schema): boolean {
	const types = typesOf(schema);
	return types.length > 0 && types.every((type) => type === "string");
}

/**
 * A schema that names properties and forgets to say `type: object` admits a list by the letter of JSON Schema (2020-12,
 * section 10.3.2.1), and means none.
 */
function missedKind(schema: Schema, body: Json | undefined): string | undefined {
	const types = typesOf(schema);
	return Array.isArray(body) && types.length === 1 && types[0] === "object" ? "an object" : undefined;
}

function schemaDraft(context: Context, { pointer, message }: { pointer: string; message: string }): Draft {
	const at = pointer.replaceAll(/\/\d+/g, "/*");
	return draftAt(context, {
		rule: "response-schema-conformance",
		subject: `body${at} of ${context.answer.status}`,
		documented: message,
		observed: "invalid",
		message: `The body${pointer === "" ? "" : ` at ${pointer}`} ${message}.`,
	});
}

function brokenBy({ schemaPointer, keyword, pointer, params }: Violation, body: Json | undefined): BrokenKeyword {
	const property = params.missingProperty ?? params.additionalProperty;
	const actual = valueAt(body, pointer);
	return {
		keyword,
		source: schemaOf(schemaPointer),
		...(actual === undefined ? {} : { actual }),
		...(typeof property === "string" ? { property } : {}),
	};
}

function undocumentedDrafts(context: Context, schema: Schema, body: Json | undefined): readonly Draft[] {
	return undocumentedFields(schema, body).map((pointer) => ({
		...draftAt(context, {
			rule: "undocumented-field",
			subject: `body${pointer} of ${context.answer.status}`,
			documented: "no such field",
			observed: "present",
			message: `The field ${pointer} is not documented.`,
		}),
		shape: shapeAround(schema, pointer),
		level: "surprise" as const,
	}));
}
