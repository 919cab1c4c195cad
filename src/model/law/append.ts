import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { isDistinct, isOrdered } from "../resource.ts";
import { addressOf } from "../scene.ts";
import { answerMembers, type MemberWrite, writeMembers } from "./member.ts";

/** What was sent is added to what stands there. */
export interface Append extends Common {
	readonly kind: "append";
	readonly resource: string;
	readonly members: MemberWrite;
}

export const append: EffectLaw<Append> = {
	kind: "append",
	writes: true,
	sentence: (effect, model) => `adds to the ${resourceNamed(model, effect.resource).kind}`,
	perform: (effect, scene) => {
		const { resource, container, key } = addressOf(scene, effect.resource);
		const entries = writeMembers(resource, scene.view.entries(container), {
			body: key ?? scene.call.body,
			how: effect.members,
		});
		return {
			changes: [{ kind: "fill", container, entries }],
			shows: answerMembers(scene.behaviour, resource, { entries, complete: scene.view.isComplete(container) }),
		};
	},
	rivals: (effect, _behaviour, model) => {
		const resource = resourceNamed(model, effect.resource);
		const union: readonly MemberWrite[] = isDistinct(resource) ? [] : ["union"];
		const ways: readonly MemberWrite[] = isOrdered(resource)
			? ["replace", "prepend", ...union, "ignore"]
			: ["replace", "ignore"];
		return ways.map((members) => ({ name: members, effect: { ...effect, members } }));
	},
};
