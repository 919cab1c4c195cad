import type { Refusal } from "../../http/refusal.ts";

export const UNAUTHORIZED: Refusal = {
	status: 401,
	code: "unauthorized",
	message: "The bearer token is missing or wrong",
	headers: { "www-authenticate": "Bearer" },
};
export const API_KEY_REFUSED: Refusal = {
	status: 401,
	code: "unauthorized",
	message: "X-API-Key is missing, wrong or revoked",
};

/** A token that lacks a role (RFC 6750, section 3.1). */
export function forbidden(role: string): Refusal {
	return {
		status: 403,
		code: "forbidden",
		message: `The token lacks the role "${role}"`,
		headers: { "www-authenticate": 'Bearer error="insufficient_scope"' },
	};
}

export function gone(message: string): Refusal {
	return { status: 410, code: "gone", message };
}
