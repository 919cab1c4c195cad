import type { Common, EffectLaw, EffectRival } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { holdsMembers, isDistinct, isOrdered } from "../resource.ts";
import { addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import { hasObjects, type ItemWrite, storeItem } from "./item.ts";
import { answerMembers, type MemberWrite, writeMembers } from "./member.ts";
import { answerItem } from "./show-item.ts";

/** The item, or the whole set or list, is afterwards what was sent. */
export interface Replace extends Common {
	readonly kind: "replace";
	readonly resource: string;
	/** For items. */
	readonly does: ItemWrite;
	/** For sets and lists. */
	readonly members: MemberWrite;
}

export const replace: EffectLaw<Replace> = {
	kind: "replace",
	writes: true,
	isLocal: ({ resource }, model) => !holdsMembers(resourceNamed(model, resource)),
	sentence: (effect, model) =>
		`replaces the ${resourceNamed(model, effect.resource).kind === "collection" ? "item" : resourceNamed(model, effect.resource).kind}`,
	perform: (effect, scene) =>
		holdsMembers(resourceNamed(scene.model, effect.resource))
			? replaceMembers(effect, scene)
			: replaceItem(effect, scene),
	isUnsure: (effect, scene) =>
		!holdsMembers(resourceNamed(scene.model, effect.resource)) && isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) => {
		const resource = resourceNamed(model, effect.resource);
		if (isOrdered(resource))
			return memberRivals(
				effect,
				["append", "prepend", ...(isDistinct(resource) ? [] : ["union" as const]), "ignore", "ignore-empty"],
				MEANINGS.append,
			);
		if (holdsMembers(resource))
			return memberRivals(effect, ["append", "ignore", "ignore-empty"], "adds what is missing and keeps the rest");
		return [
			{ name: "merge", effect: { ...effect, does: "merge" } },
			...(hasObjects(resourceNamed(model, effect.resource))
				? [{ name: "deep merge", effect: { ...effect, does: "deep-merge" } } as const]
				: []),
			{ name: "ignore", effect: { ...effect, does: "ignore" } },
		];
	},
};

/** Where order means nothing, append, prepend and union cannot be told apart: they are one class, called append. */
function memberRivals(effect: Replace, ways: readonly MemberWrite[], appending: string): readonly EffectRival[] {
	return ways.map((members) => ({
		name: members === "ignore-empty" ? "ignores an empty body" : members,
		means: members === "append" ? appending : MEANINGS[members],
		effect: { ...effect, members },
	}));
}

const MEANINGS: Readonly<Record<MemberWrite, string>> = {
	replace: "holds what was sent and nothing else",
	append: "adds what was sent at the end",
	prepend: "adds what was sent at the beginning",
	union: "adds what is missing",
	ignore: "changes nothing",
	"ignore-empty": "changes nothing when nothing is sent",
};

function replaceMembers(effect: Replace, scene: Scene): ReturnType<EffectLaw<Replace>["perform"]> {
	const { resource, container } = addressOf(scene, effect.resource);
	const entries = writeMembers(resource, scene.view.entries(container), { body: scene.call.body, how: effect.members });
	return {
		changes: [{ kind: "fill", container, entries }],
		shows: answerMembers(scene.behaviour, resource, { entries, complete: true }),
	};
}

function replaceItem(effect: Replace, scene: Scene): ReturnType<EffectLaw<Replace>["perform"]> {
	const address = addressOf(scene, effect.resource);
	const { entry, changes } = storeItem(scene, { ...address, key: address.key ?? SINGLE }, effect.does);
	return { changes, shows: answerItem(scene.behaviour, address.resource, { value: entry.value }) };
}
