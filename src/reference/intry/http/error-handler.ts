import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { DatabaseUnavailable } from "../../database/database.ts";
import { violationSentence } from "../../http/violation-sentence.ts";
import {
	BODY_TOO_LARGE,
	INTERNAL_ERROR,
	INVALID_JSON,
	invalid,
	NOT_FOUND,
	type Refusal,
	Refused,
	refuse,
	UNAVAILABLE,
	UNSUPPORTED_MEDIA_TYPE,
} from "./refusal.ts";

/** What the framework throws, as the refusal that the caller sees. */
const FRAMEWORK_ERRORS: Readonly<Record<string, Refusal>> = {
	FST_ERR_CTP_INVALID_MEDIA_TYPE: UNSUPPORTED_MEDIA_TYPE,
	FST_ERR_CTP_BODY_TOO_LARGE: BODY_TOO_LARGE,
	FST_ERR_CTP_EMPTY_JSON_BODY: INVALID_JSON,
	FST_ERR_CTP_INVALID_JSON_BODY: INVALID_JSON,
	// What cannot be decoded names nothing.
	FST_ERR_BAD_URL: NOT_FOUND,
};

/** Answers whatever was thrown in the documented form; only what nobody foresaw is logged with its stack. */
export function createErrorHandler(
	log: Logger,
): (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => FastifyReply {
	return (error, request, reply) => {
		const refusal = refusalFor(error);
		if (refusal === INTERNAL_ERROR) log.error({ ...told(error), correlation_id: request.id }, "request failed");
		return refuse(reply, refusal);
	};
}

function refusalFor(error: FastifyError | Refused): Refusal {
	if (error instanceof Refused) return error.refusal;
	if (error instanceof DatabaseUnavailable) return UNAVAILABLE;
	if (error.validation !== undefined) return invalid(violationSentence(error));
	const known = FRAMEWORK_ERRORS[error.code];
	if (known !== undefined) return known;
	const status = error.statusCode ?? 500;
	return status >= 400 && status < 500 ? { status, message: "Bad request" } : INTERNAL_ERROR;
}

/** A driver's error also holds the values that were sent. */
function told({ message, code, stack }: FastifyError): Record<string, unknown> {
	return { message, code, stack };
}
