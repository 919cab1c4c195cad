import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, statusWords } from "../guard.ts";

/** The input keeps the documented rules: parameters, body, media type. */
export interface Valid extends GuardCommon {
	readonly kind: "valid";
}

export const valid: GuardLaw<Valid> = {
	kind: "valid",
	sentence: (guard) => `answers ${statusWords(guard.statuses)} when the input breaks the documented rules`,
	documented: (guard) => `${statusWords(guard.statuses)} when the input is invalid`,
	holds: (guard, scene) => (!guard.enforced || scene.call.flaws.length === 0 ? "yes" : "no"),
	rivals: (guard, behaviour) => (lawOf(behaviour.effect).writes ? leakRivals(guard, ["all", "valid-part"]) : []),
	violate: (_guard, scene) => scene.planning?.flawed(scene.call) ?? [],
};
