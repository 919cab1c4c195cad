import type { Direction, Schema } from "../schema.ts";
import type { Goal } from "./demand.ts";
import type { Built, Place } from "./place.ts";

/** How much of what may be left out is there. */
export type Optional = "all" | "some" | "none";

/** One generation: what the builders of lists and objects need from the whole. */
export interface Builder {
	readonly direction: Direction;
	readonly optional: Optional;
	/** Builds a value for a goal at a place. */
	build(goal: Goal, place: Place): Built;
	/** The place of a property or item. */
	inside(place: Place, token: string | number, variant?: number): Place;
	/** Whether a text is admitted as a name. */
	admitsName(goal: Goal, name: string): boolean;
	/** Whether this is deep enough, or the value large enough, to leave out what can be left out. */
	isSparing(place: Place): boolean;
	/** Whether a value of this goal would stand inside another of the same schema. */
	isRecursion(goal: Goal, place: Place): boolean;
	/** Documented examples, when they may be used. */
	examplesOf(sources: readonly Schema[]): readonly unknown[];
}
