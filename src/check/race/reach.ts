import type { Call } from "../../model/call.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { guardLawOf } from "../../model/guard-laws.ts";
import { behaviourOf, type Model } from "../../model/model.ts";
import { addressOf, sceneOf } from "../../model/scene.ts";
import { emptyState, viewOf } from "../../model/state.ts";
import { identifyKey } from "../../model/value.ts";

/** The one item that a request looks at and changes: where it stands, and which it is. */
export interface Reach {
	readonly container: string;
	readonly key: string;
}

/** How far a request reaches; undefined where it may look at or change more than the item that its path names. */
export function reachOf(model: Model, call: Call): Reach | undefined {
	const { effect, guards } = behaviourOf(model, call.operation);
	const resource = resourceActedOn(effect);
	if (resource === undefined || lawOf(effect).isLocal?.(effect, model) !== true) return undefined;
	if (!guards.every((guard) => guardLawOf(guard).isLocal?.(guard, call) === true)) return undefined;
	const { container, key } = addressOf(sceneOf(model, viewOf(emptyState(true)), call), resource);
	return key === undefined ? undefined : { container, key: identifyKey(key) };
}

/** Whether two requests come to the same in whichever order they are done: each has an item of its own. */
export function areApart(a: Reach | undefined, b: Reach | undefined): boolean {
	return a !== undefined && b !== undefined && a.container === b.container && a.key !== b.key;
}
