import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { DatabaseUnavailable } from "../database/database.ts";
import { violationSentence } from "./violation-sentence.ts";

/** How one API says what it refuses. */
export interface ErrorForm<Refusal extends { readonly status: number }> {
	/** The refusal that was thrown on purpose. */
	readonly thrown: (error: unknown) => Refusal | undefined;
	readonly invalid: (sentence: string) => Refusal;
	readonly usual: Readonly<
		Record<"noJson" | "notFound" | "tooLarge" | "otherMediaType" | "unavailable" | "internal", Refusal>
	>;
	readonly refuse: (reply: FastifyReply, refusal: Refusal) => FastifyReply;
	/** What the log calls the id of a request. */
	readonly idName: string;
}

type HandleError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Answers whatever was thrown in the documented form; only what nobody foresaw is logged with its stack. */
export function handleErrors<Refusal extends { readonly status: number }>(
	form: ErrorForm<Refusal>,
	log: Logger,
): HandleError {
	return (error, request, reply) => {
		const refusal = refusalFor(form, error);
		if (refusal === form.usual.internal) log.error({ ...told(error), [form.idName]: request.id }, "request failed");
		return form.refuse(reply, refusal);
	};
}

/** What the framework throws, as the refusal that the caller sees. */
const FRAMEWORK_ERRORS: Readonly<Record<string, keyof ErrorForm<never>["usual"]>> = {
	FST_ERR_CTP_INVALID_MEDIA_TYPE: "otherMediaType",
	FST_ERR_CTP_BODY_TOO_LARGE: "tooLarge",
	FST_ERR_CTP_EMPTY_JSON_BODY: "noJson",
	FST_ERR_CTP_INVALID_JSON_BODY: "noJson",
	// What cannot be decoded names nothing.
	FST_ERR_BAD_URL: "notFound",
};

function refusalFor<Refusal extends { readonly status: number }>(
	{ thrown, usual, invalid }: ErrorForm<Refusal>,
	error: FastifyError,
): Refusal {
	const own = thrown(error);
	if (own !== undefined) return own;
	if (error instanceof DatabaseUnavailable) return usual.unavailable;
	if (error.validation !== undefined) return invalid(violationSentence(error));
	const known = FRAMEWORK_ERRORS[error.code];
	if (known !== undefined) return usual[known];
	const status = error.statusCode ?? 500;
	return status >= 400 && status < 500 ? { ...invalid("Bad request"), status } : usual.internal;
}

/** A driver's error also holds the values that were sent, and they may be secrets. */
function told({ message, code, stack }: FastifyError): Record<string, unknown> {
	return { message, code, stack };
}
