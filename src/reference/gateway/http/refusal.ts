import type { FastifyReply, FastifyRequest } from "fastify";

/** Why a request is not served. */
export interface Refusal {
	readonly status: number;
	/** One sentence for a person, free of internals. */
	readonly error: string;
	readonly headers?: Readonly<Record<string, string>>;
}

declare module "fastify" {
	interface FastifyRequest {
		/** The app that the request is about, once the caller is known and the id is valid. */
		appId: string | undefined;
		/** Why the request was not served, for the log and the recent errors. */
		refusal: Refusal | undefined;
	}
}

export const INVALID_JSON: Refusal = { status: 400, error: "Invalid JSON" };
export const ADMIN_KEY_REFUSED: Refusal = { status: 401, error: "X-Admin-API-Key is missing or wrong" };
export const APP_KEY_REFUSED: Refusal = { status: 401, error: "X-API-Key is missing or wrong" };
export const CALLER_ID_REFUSED: Refusal = { status: 403, error: "from is not on the allow-list" };
export const NOT_FOUND: Refusal = { status: 404, error: "Not found" };
export const APP_NOT_FOUND: Refusal = { status: 404, error: "App not found" };
export const NUMBER_NOT_FOUND: Refusal = { status: 404, error: "Number not found" };
export const KEY_IN_USE: Refusal = { status: 409, error: "api_key is in use" };
export const BODY_TOO_LARGE: Refusal = { status: 413, error: "Body too large" };
export const UNSUPPORTED_MEDIA_TYPE: Refusal = { status: 415, error: "Unsupported media type" };
export const INTERNAL_ERROR: Refusal = { status: 500, error: "Internal error" };
export const ADMIN_DISABLED: Refusal = { status: 503, error: "Admin API is disabled" };
export const STORAGE_UNAVAILABLE: Refusal = { status: 503, error: "Storage unavailable" };
export const NO_CAPACITY: Refusal = { status: 503, error: "No outbound capacity" };

/** Answers in the one form that all errors have. */
export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
	const request = reply.request;
	request.refusal = refusal;
	return reply
		.code(refusal.status)
		.headers(refusal.headers ?? {})
		.send(errorAnswer(request, refusal));
}

interface ErrorAnswer {
	readonly success: false;
	readonly app_id?: string;
	readonly error: string;
}

function errorAnswer({ appId }: FastifyRequest, { error }: Refusal): ErrorAnswer {
	return { success: false, ...(appId === undefined ? {} : { app_id: appId }), error };
}
