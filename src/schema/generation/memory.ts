import type { Schema } from "../schema.ts";
import type { Goal } from "./demand.ts";
import type { Built, Place } from "./place.ts";

/** What was built at a place, and all that it depended on besides the seed. */
interface Remembered {
	readonly goal: Goal;
	readonly ancestors: ReadonlySet<Schema>;
	readonly built: Built;
	/** How many values it took. */
	readonly values: number;
}

/**
 * What earlier rounds built. A round differs from the one before only at the places that were wrong and on the way to
 * them, so everything beside that way comes out the same and need not be built again.
 */
export interface Memory {
	/** What a goal came to at a place, when that cost less than the values that are left. */
	recall(goal: Goal, place: Place, values: { left: number }): Built | undefined;
	keep(place: Place, remembered: Remembered): void;
	/** A place is made anew, and with it all that it stands in. */
	forget(pointer: string): void;
	/** Everything is made anew. */
	clear(): void;
}

/** Goals remembered for one place: those of a few alternatives. */
const KEPT_MAX = 6;

/** @example createMemory().recall(goal, place, { left: 300 }) // undefined: nothing was built so far */
export function createMemory(): Memory {
	/** By pointer, then by variant. */
	const places = new Map<string, Map<number, Remembered[]>>();

	function recall(goal: Goal, { pointer, variant, ancestors }: Place, values: { left: number }): Built | undefined {
		const known = places.get(pointer)?.get(variant);
		const same = known?.find((one) => isSameGoal(one.goal, goal) && isSameSet(one.ancestors, ancestors));
		if (same === undefined || same.values >= values.left) return undefined;
		values.left -= same.values;
		return same.built;
	}

	function keep({ pointer, variant }: Place, remembered: Remembered): void {
		const variants = places.get(pointer) ?? new Map<number, Remembered[]>();
		const known = variants.get(variant) ?? [];
		variants.set(variant, [remembered, ...known.slice(0, KEPT_MAX - 1)]);
		places.set(pointer, variants);
	}

	function forget(pointer: string): void {
		for (let end = pointer.length; end >= 0; end = pointer.lastIndexOf("/", end - 1)) {
			places.delete(pointer.slice(0, end));
			if (end === 0) return;
		}
	}

	return { recall, keep, forget, clear: () => places.clear() };
}

function isSameGoal(a: Goal, b: Goal): boolean {
	return isSameList(a.all, b.all) && isSameList(a.none, b.none);
}

function isSameList(a: readonly Schema[], b: readonly Schema[]): boolean {
	return a.length === b.length && a.every((schema, index) => schema === b[index]);
}

function isSameSet(a: ReadonlySet<Schema>, b: ReadonlySet<Schema>): boolean {
	return a === b || (a.size === b.size && [...a].every((schema) => b.has(schema)));
}
