/**
 * Percent-encodes everything but the unreserved characters (RFC 6570 3.2.1, `U`), in UTF-8.
 *
 * @throws Error for a lone surrogate, which UTF-8 cannot carry.
 * @example encodeUnreserved("a/b c") // "a%2Fb%20c"
 */
export function encodeUnreserved(text: string): string {
	if (!text.isWellFormed()) throw new Error(`${JSON.stringify(text)} holds a lone surrogate, which no URL can carry`);
	return encodeURIComponent(text).replace(/[!'()*]/g, encodeAscii);
}

/**
 * Leaves the reserved characters of RFC 3986 as they are (`allowReserved`), but those that would end the value or are
 * not allowed in a query at all (OpenAPI 3.1.1, appendix E): `# & + [ ]`. A percent sign is data and is encoded.
 */
export function encodeReserved(text: string): string {
	return encodeUnreserved(text).replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B|3D)/g, decodeURIComponent);
}

function encodeAscii(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * Undoes percent-encoding; undefined when it is broken or no UTF-8.
 *
 * @example decodePercent("a%2Fb") // "a/b"
 */
export function decodePercent(text: string): string | undefined {
	if (!text.includes("%")) return text;
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
