import type { Json } from "../../http/exchange.ts";
import type { Pattern } from "../../model/pattern.ts";
import { nodeOf, parts, resolve } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Desk } from "../desk.ts";
import { elementOf, schemaInside } from "./object-shape.ts";
import { repair } from "./repair.ts";

/**
 * What was made of items that are shown again and again. An item's pattern is the same object as long as the item stays
 * as it is, so that filling it in and checking it is paid for once.
 */
export interface KeptAnswers {
	/** The value that a pattern was filled in with, admitted by the schema; made when it is asked for first. */
	find(pattern: Pattern, schema: Schema, make: () => Json): Json;
	/** Whether a schema is known to admit a value without looking at all of it again. */
	isAdmitted(value: Json, schema: Schema, at: readonly string[]): boolean;
	/** The value as JSON. */
	render(value: Json): string;
}

export function createKeptAnswers(desk: Pick<Desk, "validation" | "inventor" | "notes">): KeptAnswers {
	const values = new WeakMap<Pattern, { readonly schema: Schema; readonly value: Json }>();
	const admitted = new WeakMap<object, Schema>();
	const isKnown = (value: Json, schema: Schema): boolean =>
		typeof value === "object" && value !== null && admitted.get(value) === schema;
	const admit = (value: Json, schema: Schema): Json => {
		const valid = makeValid(desk, value, schema);
		if (typeof valid === "object" && valid !== null && isValid(desk, valid, schema)) admitted.set(valid, schema);
		return valid;
	};
	const texts = new WeakMap<object, string>();
	const render = (value: Json): string => {
		if (typeof value !== "object" || value === null) return JSON.stringify(value);
		if (Array.isArray(value)) return `[${value.map(render).join(",")}]`;
		if (!admitted.has(value)) return JSON.stringify(value);
		const text = texts.get(value) ?? JSON.stringify(value);
		texts.set(value, text);
		return text;
	};
	return {
		render,
		find: (pattern, schema, make) => {
			const known = values.get(pattern);
			if (known?.schema === schema) return known.value;
			const value = admit(make(), schema);
			values.set(pattern, { schema, value });
			return value;
		},
		isAdmitted: (value, schema, at) => {
			if (isKnown(value, schema)) return true;
			const list = schemaInside(schema, at);
			const element = list === undefined || !isPlainList(list) ? undefined : elementOf(list);
			if (element === undefined) return isValid(desk, value, schema);
			const items = valueInside(value, at);
			if (!Array.isArray(items)) return isValid(desk, value, schema);
			const areAdmitted = items.every((item: Json) => isKnown(item, element) || isValid(desk, item, element));
			return areAdmitted && (at.length === 0 || isValid(desk, emptied(value, at), schema));
		},
	};
}

function isValid({ validation }: Pick<Desk, "validation">, value: Json, schema: Schema): boolean {
	return validation.validate(schema, value, "response").length === 0;
}

function makeValid(desk: Pick<Desk, "validation" | "inventor" | "notes">, value: Json, schema: Schema): Json {
	const check = desk.validation.compile(schema, "response");
	const [violation] = check(value);
	if (violation === undefined) return value;
	const message = `an answer cannot show what is stored: ${violation.pointer || "it"} ${violation.message}`;
	desk.notes.add({ code: "contradiction", message, source: schema.source });
	return repair(value, { schema, check, inventor: desk.inventor }) ?? value;
}

const ASSERTIONS =
	/^(?:minItems|maxItems|uniqueItems|contains|minContains|maxContains|prefixItems|unevaluatedItems|not|if|then|else|enum|const|allOf|anyOf|oneOf|\$dynamicRef)$/;

const plain = new WeakMap<Schema, boolean>();

/** Whether a list is valid exactly when each of its items is: nothing is said of it as a whole. */
function isPlainList(schema: Schema): boolean {
	const known = plain.get(schema);
	if (known !== undefined) return known;
	const nodes = parts(schema).map((part) => nodeOf(part.schema));
	const isPlain =
		nodes.every((node) => !Object.keys(node).some((keyword) => ASSERTIONS.test(keyword))) &&
		nodeOf(resolve(schema)).type === "array";
	plain.set(schema, isPlain);
	return isPlain;
}

function valueInside(value: Json, at: readonly string[]): Json | undefined {
	let current: Json | undefined = value;
	for (const name of at) current = memberOf(current, name);
	return current;
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
	if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
		return undefined;
	return (value as { readonly [name: string]: Json })[name];
}

/** The value with an empty list where its list stands. */
function emptied(value: Json, [name, ...rest]: readonly string[]): Json {
	if (name === undefined) return [];
	return { ...(value as { readonly [name: string]: Json }), [name]: emptied(memberOf(value, name) ?? null, rest) };
}
