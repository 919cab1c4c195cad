import { properties, typesOf } from "../../schema/navigate.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { bodySchema } from "../infer/shown.ts";
import type { Behaviour } from "../model.ts";

/** The input keeps the documented rules: parameters, body, media type. */
export interface Valid extends GuardCommon {
	readonly kind: "valid";
	/** In a rival that leaks: only when this member of the body is what is wrong. */
	readonly leaksAt?: string;
}

export const valid: GuardLaw<Valid> = {
	kind: "valid",
	sentence: (guard) => `${refusalWords(guard.statuses)} when the input breaks the documented rules`,
	documented: (guard) => `${statusWords(guard.statuses)} when the input is invalid`,
	holds: (guard, scene) => (!guard.enforced || scene.call.flaws.length === 0 ? "yes" : "no"),
	rivals: (guard, behaviour) => {
		if (!lawOf(behaviour.effect).writes) return [];
		// Services look at one member after another, so each can be the one at which it is too late to refuse.
		const members = membersOf(behaviour);
		const partly = members.length === 0 ? [guard] : members.map((leaksAt): Valid => ({ ...guard, leaksAt }));
		return [...leakRivals(guard, ["all"]), ...partly.flatMap((one) => leakRivals(one, ["valid-part"]))];
	},
	violate: (_guard, scene) => scene.planning?.flawed(scene.call) ?? [],
};

const MEMBERS_MAX = 6;

function membersOf({ operation }: Behaviour): readonly string[] {
	const schema = bodySchema(operation);
	if (schema === undefined || typesOf(schema).includes("array")) return [];
	return properties(schema)
		.filter(({ readOnly }) => !readOnly)
		.slice(0, MEMBERS_MAX)
		.map(({ name }) => name);
}
