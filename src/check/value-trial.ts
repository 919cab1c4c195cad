import type { Call } from "../model/call.ts";
import type { Value } from "../model/value.ts";
import type { Source } from "../problem/source.ts";
import { boundaries } from "../schema/boundaries.ts";
import { nearMisses } from "../schema/near-misses.ts";
import type { Schema } from "../schema/schema.ts";
import type { Desk } from "./desk.ts";
import { type BrokenKeyword, brokenAt } from "./mend-schema.ts";

/** One value that is tried in one place of an otherwise good request. */
export interface Trial {
	readonly call: Call;
	/** `rate_limit`, `app_id`, or `body`. */
	readonly subject: string;
	/** Whether it is the body, or something in it, that is tried. */
	readonly place?: "body";
	/** What the value is, in words: `exactly 16 characters long`. */
	readonly why: string;
	readonly valid: boolean;
	/** False where only words of the document make a rule of it, of which its schema knows nothing. */
	readonly bySchema?: false;
	/** It is valid because nothing is said about it. */
	readonly implied?: boolean;
	readonly keyword: string;
	/** The same request with an ordinary value in that place: when this is refused too, it is not the edge that is. */
	readonly control?: Call;
	/** The rule that its acceptance breaks, where that is not the usual one. */
	readonly rule?: "missing-required-header";
	/** The place of the rule in the document. */
	readonly source: Source;
	/** The keyword that the value breaks, where that is one of a schema of the document. */
	readonly breaks?: BrokenKeyword;
}

export interface Placing {
	readonly subject: string;
	readonly place: (value: Value) => Call;
	readonly source: Source;
}

/** The edges of a schema, and values just beyond them, each in its place in a request. */
export function valueTrials(desk: Desk, schema: Schema, { subject, place, source }: Placing): readonly Trial[] {
	const options = { seed: `${desk.seed}/${desk.marker}/${subject}`, direction: "request" as const };
	const at = (pointer: string): string => subjectAt(subject, pointer);
	return [
		...boundaries(schema, options).map(({ value, why, pointer, implied = false }) => {
			return { call: place(value as Value), subject: at(pointer), why, valid: true, implied, keyword: "", source };
		}),
		...nearMisses(schema, options).map(({ value, why, keyword, pointer }) => {
			const breaks = brokenAt(schema, pointer, keyword);
			const trial = { call: place(value as Value), subject: at(pointer), why, valid: false, keyword, source };
			return breaks === undefined ? trial : { ...trial, breaks };
		}),
	];
}

/** An element is told as its list, a member with its object in front: `events`, `source.name`. */
function subjectAt(subject: string, pointer: string): string {
	const names = pointer.split("/").filter((name) => name !== "" && !/^\d+$/.test(name));
	return [subject, ...names].join(".");
}
