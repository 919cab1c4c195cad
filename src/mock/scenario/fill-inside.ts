import { partsOf, resourceActedOn } from "../../model/effect.ts";
import { type Behaviour, type Model, resourceNamed } from "../../model/model.ts";
import type { Resource } from "../../model/resource.ts";
import { addressOf, type Scene, SINGLE } from "../../model/scene.ts";
import { counterPrefix } from "../../model/state.ts";
import type { Desk } from "../desk.ts";
import type { FillPlace } from "./seed-store.ts";

/**
 * What lives inside an item and that nobody can put there (the refunds of a payment, the versions of a file) is made up
 * when it is asked for first: else nothing would ever stand inside what clients make.
 *
 * @example createInsideFiller(desk, fillPlace)(scene) // after POST /payments, GET /payments/7/refunds shows some
 */
export function createInsideFiller({ model, store }: Pick<Desk, "model" | "store">, fill: FillPlace): FillInside {
	const looked = new WeakMap<Behaviour, readonly Resource[]>();
	const insideOf = (behaviour: Behaviour): readonly Resource[] => {
		const known = looked.get(behaviour);
		if (known !== undefined) return known;
		const own = resourceActedOn(behaviour.effect);
		const names = new Set([...behaviour.keys.keys(), ...(own === undefined ? [] : [own])]);
		const found = [...names].map((name) => resourceNamed(model, name)).filter((resource) => isClosed(model, resource));
		looked.set(behaviour, found);
		return found;
	};
	return (scene) => {
		for (const resource of insideOf(scene.behaviour)) {
			const { container } = addressOf(scene, resource.name);
			const parent = resourceNamed(model, resource.parent ?? "");
			const at = addressOf(scene, parent.name);
			const { key = SINGLE } = at;
			const mark = `${counterPrefix(at.container, key)}filled/${resource.name}`;
			if (store.view.counter(mark) > 0) continue;
			if (parent.passedOnly !== true && store.view.entry(at.container, key) === undefined) continue;
			store.apply([{ kind: "count", name: mark, by: 1 }]);
			if (store.view.entries(container).length === 0) fill(resource, container);
		}
	};
}

export type FillInside = (scene: Scene) => void;

/** Whether a resource lives inside another and nobody can put anything there. */
function isClosed(model: Model, { name, parent, passedOnly, unlisted }: Resource): boolean {
	return parent !== undefined && passedOnly !== true && unlisted !== true && !canBeFilled(model, name);
}

const fillable = new WeakMap<Model["behaviours"], ReadonlySet<string>>();

/** Whether some operation puts something there. */
export function canBeFilled(model: Model, name: string): boolean {
	const known = fillable.get(model.behaviours) ?? fillableIn(model);
	fillable.set(model.behaviours, known);
	return known.has(name);
}

const MAKES: ReadonlySet<string> = new Set(["create", "upsert", "append", "rotate"]);

function fillableIn({ behaviours, resources }: Model): ReadonlySet<string> {
	// What a log records puts its entries there.
	const names = new Set([...resources.values()].filter(({ records }) => records !== undefined).map(({ name }) => name));
	for (const part of [...behaviours.values()].flatMap(({ effect }) => partsOf(effect))) {
		const name = resourceActedOn(part);
		const isReplaced = part.kind === "replace" && resources.get(name ?? "")?.kind !== "collection";
		if (name !== undefined && (MAKES.has(part.kind) || isReplaced)) names.add(name);
	}
	return names;
}
