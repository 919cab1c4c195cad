import type { Refusal } from "../../http/refusal.ts";

export const KEY_REFUSED: Refusal = {
	status: 401,
	code: "unauthorized",
	message: "The API key is missing, wrong or revoked",
	headers: { "www-authenticate": "Bearer" },
};

export const ADDRESS_REFUSED: Refusal = {
	status: 403,
	code: "forbidden",
	message: "Calls from this address are not allowed",
};

/** A key that lacks a scope (RFC 6750, section 3.1). */
export function scopeMissing(scope: string): Refusal {
	return {
		status: 403,
		code: "forbidden",
		message: `The API key lacks the scope "${scope}"`,
		headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"` },
	};
}
