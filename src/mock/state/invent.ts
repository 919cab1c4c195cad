import type { Json } from "../../http/exchange.ts";
import { generate } from "../../schema/generate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Notes } from "../notes.ts";

/** Makes up what the model leaves open. */
export interface Inventor {
	/** A value that the schema admits in an answer; undefined when there is none, which is noted. */
	invent(schema: Schema, wish?: Wish): Json | undefined;
	/** Another value for every label, with its optional parts; none of them is kept. */
	inventAnew(schema: Schema, label: string): Json | undefined;
}

export interface Wish {
	/** What the value is called: texts look accordingly. */
	readonly name?: string;
	/** Another label, another value. */
	readonly label?: string;
	/** Which optional properties are there; `none` when not given. */
	readonly optional?: "all" | "some" | "none";
}

/**
 * Inventing takes milliseconds, so what was made once is kept: callers ask with few labels.
 *
 * @param seed the same seed gives the same values
 */
export function createInventor(seed: number, notes: Notes): Inventor {
	const made = new WeakMap<Schema, Map<string, Json | undefined>>();
	const make = (schema: Schema, { name = "", label = "", optional = "none" }: Wish): Json | undefined => {
		const generated = generate(schema, { seed: `${seed} ${label}`, direction: "response", name, optional });
		if (generated.ok) return generated.value as Json;
		const message = `no value can be made for an answer: ${generated.reason}`;
		notes.add({ code: "no-valid-value", message, source: schema.source });
		return undefined;
	};
	return {
		inventAnew: (schema, label) => make(schema, { label, optional: "all" }),
		invent: (schema, { name = "", label = "", optional = "none" } = {}) => {
			const known = made.get(schema) ?? new Map<string, Json | undefined>();
			made.set(schema, known);
			const key = `${optional} ${name} ${label}`;
			if (known.has(key)) return known.get(key);
			const value = make(schema, { name, label, optional });
			known.set(key, value);
			return value;
		},
	};
}
