import { timingSafeEqual } from "node:crypto";
import { secretDigest } from "../../secret/secret-matcher.ts";

/** A key, and what it is good for. */
export interface ApiKey {
	/** For logs. */
	readonly name: string;
	readonly key: string;
	readonly scopes: readonly string[];
}

/** What is known of a key that was found. */
export type Grant = Omit<ApiKey, "key">;

/** Finds what a key is good for. */
export type Keyring = (key: string) => Grant | undefined;

/**
 * Keeps digests of keys. They are searched by digest, which tells nothing about a key that is nearly right, and what is
 * found is compared in constant time.
 *
 * @example createKeyring([{ name: "robot", key: "s3cret", scopes: ["units:read"] }])("s3cret")?.scopes // ["units:read"]
 */
export function createKeyring(keys: readonly ApiKey[]): Keyring {
	const grants = new Map(keys.map(({ key, ...grant }) => [secretDigest(key), grant]));
	const digests = new Map([...grants.keys()].map((digest) => [digest, Buffer.from(digest)]));
	return (key) => {
		const digest = secretDigest(key);
		const known = digests.get(digest);
		return known !== undefined && timingSafeEqual(known, Buffer.from(digest)) ? grants.get(digest) : undefined;
	};
}

/** Whether a text can be a key: the characters of a bearer token (RFC 6750, section 2.1), and not too few. */
export function isKey(text: string): boolean {
	return /^[A-Za-z0-9\-._~+/]+=*$/.test(text) && text.length >= KEY_LENGTH_MIN;
}

const KEY_LENGTH_MIN = 12;
