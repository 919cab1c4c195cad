import { invalid, Refused } from "../../http/refusal.ts";
import { METADATA_KEYS_MAX, type Metadata, type MetadataPatch, patchMetadata } from "../store/metadata.ts";

/** @throws {Refused} 400 when there would be too many keys afterwards. */
export function patchedMetadata(metadata: Metadata, patch: MetadataPatch | undefined): Metadata {
	const after = patchMetadata(metadata, patch);
	if (Object.keys(after).length <= METADATA_KEYS_MAX) return after;
	throw new Refused(invalid(`metadata may have ${METADATA_KEYS_MAX} keys at most`));
}
