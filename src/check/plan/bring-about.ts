import { partsOf, resourceActedOn } from "../../model/effect.ts";
import type { Guard } from "../../model/guard.ts";
import { guardLawOf } from "../../model/guard-laws.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { holdsFields } from "../../model/law/fields.ts";
import { type Behaviour, lineage, type Model } from "../../model/model.ts";
import { containerOf, keysIn, viewOf } from "../../model/state.ts";
import { identify, type Value } from "../../model/value.ts";
import { compose, entriesOf, type Made, make, makeSomewhere, placeOf, type Story, satisfied, tell } from "./story.ts";

/** Makes what must be there before a guard can be violated: an item that holds what the guard refuses. */
export function bringAbout(story: Story, { guard, chain }: { guard: Guard; chain: readonly Made[] }): void {
	for (const { of, fields } of guardLawOf(guard).against?.(guard) ?? []) {
		const parents = lineage(story.model, of).slice(0, -1);
		const inside = parents.flatMap(({ name }) => chain.find(({ resource }) => resource === name) ?? []);
		const isBeside = inside.length === parents.length;
		const known = isBeside ? entriesOf(story, placeOf(story.model, of, inside)) : viewOf(story.state).everywhere(of);
		if (known.some((entry) => holdsFields(entry, fields) === "yes")) continue;
		const mover = moverTo(story.model, of, fields);
		if (mover === undefined && Object.keys(fields).length > 0) continue;
		const made = isBeside ? make(story, of, inside) : makeSomewhere(story, of, () => false);
		if (mover !== undefined && made !== undefined) move(story, mover, made);
	}
}

/** The operation after which an item holds one of these values in each of the fields. */
function moverTo({ behaviours }: Model, of: string, fields: Readonly<Record<string, Value>>): Behaviour | undefined {
	return [...behaviours.values()].find(({ effect, keys }) =>
		partsOf(effect).some((part) => {
			const left = part.kind === "remove" ? part.keeps : part.kind === "set" ? part.to : undefined;
			return resourceActedOn(part) === of && keys.has(of) && left !== undefined && isAmong(left, fields);
		}),
	);
}

function isAmong(left: Readonly<Record<string, Value>>, fields: Readonly<Record<string, Value>>): boolean {
	const all = Object.entries(fields);
	return (
		all.length > 0 &&
		all.every(([name, wanted]) => [wanted].flat().some((one) => identify(one as Value) === identify(left[name])))
	);
}

function move(story: Story, { operation }: Behaviour, made: Made): void {
	const inside: Made[] = [];
	for (const [resource, key] of keysIn(made.container)) {
		inside.push({ resource, container: containerOf(resource, inside.at(-1)), key });
	}
	const body = bodySchema(operation) === undefined ? undefined : story.source.body(operation.id, "all");
	tell(story, satisfied(story, compose(story, operation.id, { inside, key: made.key, body })));
}
