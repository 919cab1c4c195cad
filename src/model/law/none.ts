import type { Common, EffectLaw } from "../effect.ts";
import { ANY } from "../pattern.ts";

/** Changes nothing that the model knows: a health check, an action whose traces are elsewhere. */
export interface None extends Common {
	readonly kind: "none";
}

export const none: EffectLaw<None> = {
	kind: "none",
	writes: false,
	sentence: () => "changes nothing that can be read back",
	perform: () => ({ changes: [], shows: ANY }),
	rivals: () => [],
};
