import type { Json } from "../../http/exchange.ts";

/** Names that nobody has: they are kept for examples (RFC 2606, RFC 6761). */
const RESERVED = /(?:^|\.)example(?:\.(?:com|org|net))?$|(?:^|\.)(?:test|invalid|localhost)$|^127\.|^\[?::1\]?$/;
/** Addresses of documentation (RFC 5737). */
const DOCUMENTATION = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/;

/**
 * A value that a service might turn to somebody with: an address or a telephone number that is not kept for examples.
 *
 * @example strangerIn({ email: "a@acme.com" }) // "acme.com"
 */
export function strangerIn(value: Json, name = ""): string | undefined {
	if (typeof value === "string") return strangerInText(value, name);
	if (typeof value !== "object" || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const found = strangerIn(inner as Json, Array.isArray(value) ? name : key);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Fields that hold the number of a telephone. */
const DIALLED = /phone|mobile|^tel|sms|fax|caller|recipient|^(?:to|from|number)$/i;

function strangerInText(text: string, name: string): string | undefined {
	const host =
		/^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(text)?.[1] ??
		/^[^\s@]+@([\w.-]+\.[a-z]{2,})$/i.exec(text)?.[1];
	if (host !== undefined) return RESERVED.test(host.toLowerCase()) || DOCUMENTATION.test(host) ? undefined : host;
	const digits = text.replaceAll(/[\s()./-]/g, "");
	const isDialled = /^\+\d{7,15}$/.test(digits) || (/^\d{7,15}$/.test(digits) && DIALLED.test(name));
	// 555-0100 to 555-0199 are fictional.
	return isDialled && !/55501\d\d$/.test(digits) ? "a telephone number" : undefined;
}
