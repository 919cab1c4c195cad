import { lineage } from "../../model/model.ts";
import { addressOf, type Scene, SINGLE } from "../../model/scene.ts";
import { identifyKey, type Value } from "../../model/value.ts";
import type { Desk } from "../desk.ts";
import type { Seeder } from "../scenario/seed-store.ts";
import type { StoredChange } from "../store/store.ts";

/** Makes what a path names exist, for those who want an answer to every id. What was taken away stays away. */
export interface Conjurer {
	/** Makes an item of a resource, and the parents of it, where a call looks for them; false when nothing was made. */
	conjure(scene: Scene, resource: string): boolean;
	/** Takes note of what was taken away. */
	remember(changes: readonly StoredChange[]): void;
}

export function createConjurer({ model, store }: Desk, seeder: Seeder): Conjurer {
	return {
		conjure: (scene, name) => {
			let isMade = false;
			for (const resource of lineage(model, name)) {
				const { container, key = SINGLE } = addressOf(scene, resource.name);
				if (store.view.entry(container, key) !== undefined) continue;
				if (store.view.counter(goneCounter(container, key)) > 0) return isMade;
				seeder.conjure(resource, { container, key });
				isMade = true;
			}
			return isMade;
		},
		remember: (changes) => {
			const gone = changes.flatMap((change) =>
				change.kind === "delete" ? [goneCounter(change.container, change.key)] : [],
			);
			store.apply(gone.map((name) => ({ kind: "count", name, by: 1 })));
		},
	};
}

function goneCounter(container: string, key: Value): string {
	return `gone ${container} ${identifyKey(key)}`;
}
