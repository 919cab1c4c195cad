import type { FastifyReply } from "fastify";

/** Why a request is not served. */
export interface Refusal {
	readonly status: number;
	/** A word for programs. */
	readonly code: string;
	/** One sentence for a person, free of internals. */
	readonly message: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown where something is refused: whatever the transaction did until then is undone. */
export class Refused extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(refusal.message);
		this.name = "Refused";
		this.refusal = refusal;
	}
}

export const INVALID_JSON: Refusal = invalid("The body is not JSON");
export const NOT_FOUND: Refusal = { status: 404, code: "not_found", message: "Not found" };
export const BODY_TOO_LARGE: Refusal = { status: 413, code: "too_large", message: "The body is larger than 64 KiB" };
export const UNSUPPORTED_MEDIA_TYPE: Refusal = {
	status: 415,
	code: "unsupported_media_type",
	message: "The body must be application/json",
};
export const INTERNAL_ERROR: Refusal = { status: 500, code: "internal_error", message: "Internal error" };
export const UNAVAILABLE: Refusal = { status: 503, code: "unavailable", message: "The database cannot be reached" };

export function invalid(message: string): Refusal {
	return { status: 400, code: "invalid_request", message };
}

/** @example notFound("Project") // "Project not found" */
export function notFound(what: string): Refusal {
	return { status: 404, code: "not_found", message: `${what} not found` };
}

export function conflict(message: string): Refusal {
	return { status: 409, code: "conflict", message };
}

export function rateLimited(waitMs: number): Refusal {
	const seconds = Math.max(1, Math.ceil(waitMs / 1000));
	return {
		status: 429,
		code: "rate_limited",
		message: "Rate limit exceeded",
		headers: { "retry-after": String(seconds) },
	};
}

/** Answers in the one form that all errors have. */
export function refuse(reply: FastifyReply, { status, code, message, headers = {} }: Refusal): FastifyReply {
	return reply.code(status).headers(headers).send({ error: { code, message } });
}
