import type { Source } from "../problem/source.ts";

/** Why we believe a claim. Ranked: an overlay above words, words above the schema, a convention last. */
export interface Evidence {
	readonly kind: "overlay" | "words" | "schema" | "links" | "convention";
	/** The quoted sentence, or the fact in short. */
	readonly text: string;
	readonly source?: Source;
}

/** `drift` when the document or an overlay says so, `surprise` when only a convention does. */
export function levelOf(evidence: readonly Evidence[]): "drift" | "surprise" {
	return evidence.some(({ kind }) => kind !== "convention") ? "drift" : "surprise";
}
