import type { Change, Entry, View } from "../../model/state.ts";

/** A change as a store applies it: every value concrete, every count with the time after which it begins anew. */
export type StoredChange = Change | (Extract<Change, { kind: "count" }> & { readonly expiresInMs: number });

/**
 * Where a mock keeps what is true. The laws read it only through `view`; it is changed only by `apply`, all or nothing.
 * A store elsewhere (SQLite, Redis) gives a view of what the call at hand needs.
 */
export interface Store {
	/** What it gives is good until the next `apply`. */
	readonly view: View;
	apply(changes: readonly StoredChange[]): void;
	/** Milliseconds until a counter begins anew; undefined when it never does, or is at nothing. */
	remainingMs(counter: string): number | undefined;
	/** How many entries all containers of a resource hold. */
	count(resource: string): number;
	/** The same object as long as a container holds the same; undefined where there is none. */
	stamp(container: string): object | undefined;
	/** All that is true now. It costs the same however much that is: what is written later is written to a copy. */
	save(): SavedState;
	restore(saved: SavedState): void;
	/** Whether nothing was written since this was saved, or restored. */
	isAt(saved: SavedState): boolean;
}

/** What a store held at one moment; only the store that made it can restore it. */
export interface SavedState {
	/** Every container with what it holds, those of parents before those inside. */
	contents(): Iterable<readonly [container: string, entries: readonly Entry[]]>;
}
