import { hash, timingSafeEqual } from "node:crypto";

/**
 * Tells whether what a caller sent is the secret, in a time that depends on neither: both are hashed to one length
 * and the digests are compared in constant time, so the answer leaks no length and no common prefix.
 *
 * @example
 * const isAdminKey = secretMatcher("correct horse");
 * isAdminKey("correct"); // false
 */
export function secretMatcher(secret: string): (given: string) => boolean {
	const expected = digest(secret);
	return (given) => timingSafeEqual(digest(given), expected);
}

/** SHA-256 of a secret in hexadecimal: an index over secrets by their digest can be searched without timing leaks. */
export function secretDigest(secret: string): string {
	return hash("sha256", secret);
}

function digest(text: string): Buffer {
	return hash("sha256", text, "buffer");
}
