import type { Common, EffectLaw, EffectRival } from "../effect.ts";
import { ANY } from "../pattern.ts";
import { addressOf, type Scene, SINGLE } from "../scene.ts";
import type { Change } from "../state.ts";

/** Sends something out (a message, a test event); of what can be read nothing changes but a log that records it. */
export interface Emit extends Common {
	readonly kind: "emit";
	/** What it is sent for, or to. */
	readonly resource?: string;
	readonly does: "nothing" | "removes";
}

export const emit: EffectLaw<Emit> = {
	kind: "emit",
	writes: true,
	sends: true,
	// A log that records it tells only by two of them whether it drops one or all.
	actsMin: 2,
	sentence: () => "sends something out and changes nothing that can be read",
	perform: (effect, scene) => ({ changes: effect.does === "removes" ? taken(effect, scene) : [], shows: ANY }),
	rivals: (effect, behaviour): readonly EffectRival[] =>
		effect.resource === undefined || !behaviour.keys.has(effect.resource)
			? []
			: [{ name: "uses up the item", effect: { ...effect, does: "removes" } }],
};

function taken({ resource: name }: Emit, scene: Scene): readonly Change[] {
	if (name === undefined) return [];
	const { container, key = SINGLE } = addressOf(scene, name);
	return scene.view.entry(container, key) === undefined ? [] : [{ kind: "delete", container, key, cascade: true }];
}
