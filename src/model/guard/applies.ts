import type { Call } from "../call.ts";
import { resourceActedOn } from "../effect.ts";
import { type GuardCommon, type GuardLaw, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { patchedBy } from "../json-patch.ts";
import { itemIn } from "../law/patch.ts";
import { failingPatches } from "../law/patch-bodies.ts";
import { resourceNamed } from "../model.ts";
import { isAbsent, type Scene } from "../scene.ts";
import type { Value } from "../value.ts";

/** Every operation of a JSON Patch can be applied, and every test holds (RFC 6902, section 5). */
export interface Applies extends GuardCommon {
	readonly kind: "applies";
	/** False in a rival that takes no notice of `test`. */
	readonly tests: boolean;
}

export const applies: GuardLaw<Applies> = {
	kind: "applies",
	looksAtItem: true,
	isLocal: () => true,
	sentence: (guard) => `${refusalWords(guard.statuses)} when an operation cannot be applied, and applies none`,
	documented: (guard) => `${statusWords(guard.statuses)} when an operation cannot be applied`,
	holds: (guard, scene) => {
		if (!guard.enforced) return "yes";
		const applied = failureIn(guard, scene);
		if (applied === undefined) return "yes";
		return applied.kind === "unknown" ? "unknown" : "no";
	},
	// What can be applied may be refused for rules that no document tells.
	speaks: (_guard, scene) => failureIn({ tests: true }, scene)?.kind === "failed",
	rivals: (guard) => [
		{ name: "test is ignored", guard: { ...guard, tests: false }, rule: "guard" },
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		...leakRivals(guard, ["valid-part"]),
	],
	partOf: (guard, { call, ...rest }): Call => {
		const failed = failureIn(guard, { call, ...rest });
		const body = Array.isArray(call.body) ? (call.body as readonly Value[]) : [];
		return { ...call, body: failed?.kind === "failed" ? body.slice(0, failed.at) : [] };
	},
	violate: (guard, scene) => {
		const name = resourceActedOn(scene.behaviour.effect);
		if (name === undefined || isAbsent(scene, name)) return [];
		const resource = resourceNamed(scene.model, name);
		return failingPatches(itemIn({ resource: name }, scene), resource, scene)
			.map((body): Call => ({ ...scene.call, body }))
			.filter((call) => failureIn(guard, { ...scene, call })?.kind === "failed");
	},
};

/** Why a patch cannot be applied, or cannot be told to; undefined where it can, or where nothing stands. */
export function failureIn(
	{ tests }: Pick<Applies, "tests">,
	scene: Scene,
): Exclude<ReturnType<typeof patchedBy>, { kind: "done" }> | undefined {
	const name = resourceActedOn(scene.behaviour.effect);
	if (name === undefined || isAbsent(scene, name)) return undefined;
	const applied = patchedBy(itemIn({ resource: name }, scene), scene.call.body, { tests });
	return applied.kind === "done" ? undefined : applied;
}
