import type { Json } from "../../http/exchange.ts";
import { generate } from "../../schema/generate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Notes } from "../notes.ts";

/** Makes up what the model leaves open. */
export interface Inventor {
	/** A value that the schema admits in an answer; undefined when there is none, which is noted. */
	invent(schema: Schema, wish?: Wish): Json | undefined;
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
	return {
		invent: (schema, { name = "", label = "", optional = "none" } = {}) => {
			const known = made.get(schema) ?? new Map<string, Json | undefined>();
			made.set(schema, known);
			const key = `${optional} ${name} ${label}`;
			if (known.has(key)) return known.get(key);
			const generated = generate(schema, { seed: `${seed} ${label}`, direction: "response", name, optional });
			if (!generated.ok) {
				const message = `no value can be made for an answer: ${generated.reason}`;
				notes.add({ code: "no-valid-value", message, source: schema.source });
			}
			const value = generated.ok ? (generated.value as Json) : undefined;
			known.set(key, value);
			return value;
		},
	};
}
