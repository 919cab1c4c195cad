import type { Common, EffectLaw } from "../effect.ts";
import { ANY } from "../pattern.ts";

/** May do anything: nothing in the document says what. No claim stands on it. */
export interface Opaque extends Common {
	readonly kind: "opaque";
}

export const opaque: EffectLaw<Opaque> = {
	kind: "opaque",
	writes: true,
	sentence: () => "does something that the document does not tell",
	perform: () => ({ changes: [], shows: ANY, forgets: true }),
	rivals: () => [],
};
