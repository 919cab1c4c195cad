import { callerOf } from "../credential.ts";
import type { Evidence } from "../evidence.ts";
import { type Behaviour, type Model, resourceNamed } from "../model.ts";
import type { Pattern } from "../pattern.ts";
import type { Scene } from "../scene.ts";
import type { Change } from "../state.ts";
import { identify, propertyOf, type Value } from "../value.ts";

/** A number that a service keeps of the calls that were made with credentials which it has issued. */
export interface Counting {
	readonly calls: "accepted" | "all";
	/** The parameter that says whose calls are asked for, and the field of a credential's item that says whose it is. */
	readonly parameter: string;
	readonly holder: string;
	readonly evidence: readonly Evidence[];
}

/** A counting field of what an operation shows. */
export interface Counted {
	readonly field: string;
	readonly counting: Counting;
}

/** The fields that an operation shows and that count calls. No short sequence tells whether they do: they are counted after. */
export function countedBy(model: Model, { effect, answer }: Behaviour): readonly Counted[] {
	if (effect.kind !== "read" || answer.shows !== "item") return [];
	const { fields } = resourceNamed(model, effect.resource);
	return answer.fields.flatMap((field) => {
		const counting = fields.get(field)?.counts;
		return counting === undefined ? [] : [{ field, counting }];
	});
}

/** `requests counts the calls that are accepted`. */
export function countWords({ field, counting }: Counted): string {
	return `${field} counts ${counting.calls === "accepted" ? "the calls that are accepted" : "all calls"}`;
}

/** What a call adds to the numbers that count it. */
export function usedChanges(scene: Scene, passed: boolean): readonly Change[] {
	const countings = countingsOf(scene.model).filter(({ counting }) => passed || counting.calls === "all");
	const holder = countings.length === 0 ? undefined : callerOf(scene);
	if (holder === undefined) return [];
	return countings.flatMap((one): readonly Change[] => {
		const whose = propertyOf(holder.entry.value, one.counting.holder);
		return whose === undefined ? [] : [{ kind: "count", name: counterOf(one, whose), by: 1 }];
	});
}

/** What who serves says of the calls that were counted; who judges counts after in another way. */
export function withUsed(scene: Scene, resource: string, shows: Pattern): Pattern {
	const members = countingsOf(scene.model).flatMap((one): [string, Pattern][] => {
		const whose = one.resource === resource ? scene.call.query[one.counting.parameter] : undefined;
		if (whose === undefined) return [];
		return [[one.field, { kind: "hint", value: scene.view.counter(counterOf(one, whose)) }]];
	});
	if (members.length === 0 || (shows.kind !== "any" && shows.kind !== "object")) return shows;
	const known = shows.kind === "object" ? shows.members : {};
	return { kind: "object", members: { ...known, ...Object.fromEntries(members) } };
}

interface NamedCounting extends Counted {
	readonly resource: string;
}

function counterOf({ resource, field }: NamedCounting, whose: Value): string {
	return `used ${resource}.${field} ${identify(whose)}`;
}

/** Every call asks for them. */
const countings = new WeakMap<Model["resources"], readonly NamedCounting[]>();

/** The numbers of a model that count calls. */
export function countingsOf({ resources }: Model): readonly NamedCounting[] {
	const known = countings.get(resources);
	if (known !== undefined) return known;
	const found = [...resources.values()].flatMap(({ name: resource, fields }) =>
		[...fields.values()].flatMap(({ name: field, counts: counting }) =>
			counting === undefined ? [] : [{ resource, field, counting }],
		),
	);
	countings.set(resources, found);
	return found;
}
