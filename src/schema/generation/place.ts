import type { Schema } from "../schema.ts";
import type { Random } from "./random.ts";

/** A value, or why there is none. */
export type Built = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** Where in the value we are. */
export interface Place {
	/** JSON Pointer into the value. */
	readonly pointer: string;
	/** The name of the property, or of the list that this is an item of; empty when there is none. */
	readonly name: string;
	readonly depth: number;
	/** The schemas of the values around this one: one that comes again is a recursion. */
	readonly ancestors: ReadonlySet<Schema>;
	/** Counts up where the same place needs another value (`uniqueItems`). */
	readonly variant: number;
	/** A stream of its own for this place; begins anew on every call. */
	random(label?: string): Random;
}
