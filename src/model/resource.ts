import type { Source } from "../problem/source.ts";
import type { Schema } from "../schema/schema.ts";
import type { Evidence } from "./evidence.ts";
import type { Counting } from "./law/counts.ts";
import type { Partition } from "./partition.ts";
import type { Owner, Value } from "./value.ts";

/** What operations act on. */
export interface Resource {
	/** The last literal segment of its path (`apps`), made unique by its parents when two share it. */
	readonly name: string;
	readonly kind: "collection" | "set" | "list" | "singleton" | "log";
	/** The resource inside whose items it lives. */
	readonly parent?: string;
	/** The template of the collection, and of an item where there is one. */
	readonly path: string;
	readonly itemPath?: string;
	readonly key?: Key;
	/** Fields of an item, by name; empty for a set or list of plain values. */
	readonly fields: ReadonlyMap<string, Field>;
	/** Schema of an item, or of a member. */
	readonly schema?: Schema;
	readonly evidence: readonly Evidence[];
	/** False when it outlives the item that it lives in. */
	readonly cascade: boolean;
	/** Of a log: what leaves an entry in it. */
	readonly records?: Recording;
	/** Fields that hold the key of an item elsewhere. */
	readonly refers?: ReadonlyMap<string, Reference>;
	/** Of a list: its order means something. */
	readonly ordered?: boolean;
	/** Of a list: what is added is left out when it stands there already. */
	readonly distinct?: boolean;
	/** Of a set or a list: the field of the item that it lives in by which that shows the members too. */
	readonly shownIn?: string;
	/** Of a resource at the top: each part of it is a world of its own. */
	readonly partition?: Partition;
	/** Nothing reads or writes it: paths only pass through its items, and nobody can say which there are. */
	readonly passedOnly?: boolean;
	/** Nothing tells which items there are: no list shows their keys, and nothing that makes one does. */
	readonly unlisted?: boolean;
}

/** What a log records: all that changes something, all that is asked, or certain operations. */
export interface Recording {
	readonly what: "writes" | "requests" | readonly string[];
	readonly evidence: readonly Evidence[];
}

/** A field that names an item of another resource. */
export interface Reference {
	readonly resource: string;
	/** What becomes of the item when the one that it names is removed; undefined where nothing says so. */
	readonly removal?: "cascade" | "unset" | "stay";
	readonly evidence: readonly Evidence[];
}

export interface Key {
	/** The property of an item that holds it, when one does. */
	readonly property?: string;
	/** Who chooses it. */
	readonly made: "client" | "server";
	readonly schema?: Schema;
}

/** Whether it holds plain values, and no items with fields. */
export function holdsMembers({ kind }: Resource): boolean {
	return kind === "set" || kind === "list";
}

/** Whether each member stands there once. */
export function isDistinct({ kind, distinct }: Resource): boolean {
	return kind === "set" || distinct === true;
}

/** Whether its members stand in an order that means something; a list whose order nothing explains is like a set. */
export function isOrdered({ kind, ordered }: Resource): boolean {
	return kind === "list" && ordered === true;
}

/** One property of an item. */
export interface Field {
	readonly name: string;
	readonly schema: Schema;
	/** `client`: what was written is what is read. */
	readonly owner: "client" | Owner;
	/** Required whenever the item is written whole. */
	readonly required: boolean;
	/** Some operation writes it. */
	readonly written: boolean;
	/** Never returned. */
	readonly writeOnly: boolean;
	/** The value it has when nobody set it: documented, learned to be one for all items or different for each, or not. */
	readonly whenUnset:
		| { readonly kind: "documented"; readonly value: unknown }
		| { readonly kind: "same" }
		| { readonly kind: "varies" }
		| { readonly kind: "unknown" };
	/** It is written once, and why we believe so. */
	readonly immutable?: readonly Evidence[];
	/** What the server most likely gives it at first, where an effect depends on it; nothing is claimed of that. */
	readonly first?: Value;
	/** `free` for a set of values, whose order means nothing. */
	readonly order: "kept" | "free";
	/** False once its echo deviated: it is one finding and poisons nothing else. */
	readonly compared: boolean;
	/** What the service is known to do to it on the way in. */
	readonly habit?: Habit;
	/** The security scheme that this value satisfies. */
	readonly credential?: string;
	/** Of a credential: the field of the same item that holds what it is good for. */
	readonly scopes?: string;
	/** Of a number: which calls it counts. */
	readonly counts?: Counting;
	/** `once`: the answer that makes it shows it, and no later one does. */
	readonly reveal?: "once" | "never";
	/** `x-holdfast` as the document or an overlay has it. */
	readonly extension?: { readonly value: unknown; readonly source: Source };
}

/** Harmless habits, a closed list; each is idempotent. */
export type Habit =
	| "trim"
	| "lower-case"
	| "upper-case"
	| "unicode-nfc"
	| "number"
	| "date"
	| "sorted"
	| "default-filled";
