/** What a team hangs on a user or an organization. */
export type Metadata = Readonly<Record<string, string | number | boolean>>;

/** `null` takes a key away. */
export type MetadataPatch = Readonly<Record<string, string | number | boolean | null>>;

/** Keys at most, after a patch as well. */
export const METADATA_KEYS_MAX = 50;

/**
 * Changes what is sent, takes away what is sent as `null`, and leaves the rest (RFC 7396, on one level).
 *
 * @example patchMetadata({ a: 1, b: 2 }, { b: null, c: 3 }) // { a: 1, c: 3 }
 */
export function patchMetadata(metadata: Metadata, patch: MetadataPatch = {}): Metadata {
	const both = Object.entries({ ...metadata, ...patch });
	return Object.fromEntries(both.filter((entry): entry is [string, string | number | boolean] => entry[1] !== null));
}
