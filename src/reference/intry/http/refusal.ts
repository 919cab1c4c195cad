import type { FastifyReply } from "fastify";

/** Why a request is not served. */
export interface Refusal {
	readonly status: number;
	/** One sentence for a person, free of internals. */
	readonly message: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown where something is refused. */
export class Refused extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(refusal.message);
		this.name = "Refused";
		this.refusal = refusal;
	}
}

export const INVALID_JSON: Refusal = invalid("The body is not JSON");
export const UNAUTHORIZED: Refusal = {
	status: 401,
	message: "The API key is missing or wrong",
	headers: { "www-authenticate": "Bearer" },
};
export const NOT_FOUND: Refusal = { status: 404, message: "Not found" };
export const BODY_TOO_LARGE: Refusal = { status: 413, message: "The body is larger than 64 KiB" };
export const UNSUPPORTED_MEDIA_TYPE: Refusal = { status: 415, message: "The body must be application/json" };
export const INTERNAL_ERROR: Refusal = { status: 500, message: "Internal error" };
export const UNAVAILABLE: Refusal = { status: 503, message: "The database cannot be reached" };

export function invalid(message: string): Refusal {
	return { status: 422, message };
}

/** A key that lacks a scope (RFC 6750, section 3.1). */
export function forbidden(scope: string): Refusal {
	return {
		status: 403,
		message: `The API key lacks the scope ${scope}`,
		headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"` },
	};
}

/** @example notFound("unit") // "Unit not found" */
export function notFound(singular: string): Refusal {
	return { status: 404, message: `${singular.slice(0, 1).toUpperCase()}${singular.slice(1)} not found` };
}

export function conflict(message: string): Refusal {
	return { status: 409, message };
}

export function methodNotAllowed(allow: string): Refusal {
	return { status: 405, message: "This path has no such method", headers: { allow } };
}

/** Answers in the one form that all errors have. */
export function refuse(reply: FastifyReply, { status, message, headers = {} }: Refusal): FastifyReply {
	return reply.code(status).headers(headers).send({ message });
}
