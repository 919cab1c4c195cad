import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
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
		const { resource, container } = addressOf(scene, effect.resource);
		const entries = writeMembers(resource, scene.view.entries(container), {
			body: scene.call.body,
			how: effect.members,
		});
		return {
			changes: [{ kind: "fill", container, entries }],
			shows: answerMembers(scene.behaviour, resource, entries),
		};
	},
	rivals: (effect, _behaviour, model) => {
		const ways: readonly MemberWrite[] =
			resourceNamed(model, effect.resource).kind === "set"
				? ["replace", "ignore"]
				: ["replace", "prepend", "union", "ignore"];
		return ways.map((members) => ({ name: members, effect: { ...effect, members } }));
	},
};
