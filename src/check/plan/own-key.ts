import type { Model } from "../../model/model.ts";
import type { Value } from "../../model/value.ts";
import { typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";

export interface OwnOptions {
	readonly validation: Validation;
	readonly seed: number;
	readonly marker: string;
	readonly label: string;
}

/**
 * Fields whose values must not meet those of other runs: credentials are drawn, keys and what is unique is named so that
 * it can be told to be ours.
 */
export function fieldsOfOurOwn(model: Model): ReadonlyMap<string, "drawn" | "named"> {
	const guarded = [...model.behaviours.values()].flatMap(({ guards }) => guards);
	const unique = guarded.flatMap((guard) => (guard.kind === "unique" ? [guard.property] : []));
	const resources = [...model.resources.values()];
	const keys = resources.flatMap(({ key }) =>
		key?.made === "client" && key.property !== undefined ? [key.property] : [],
	);
	const credentials = resources.flatMap(({ fields }) =>
		[...fields.values()].flatMap(({ name, credential }) => (credential === undefined ? [] : [name])),
	);
	return new Map([
		...[...unique, ...keys].map((name) => [name, "named"] as const),
		...credentials.map((name) => [name, "drawn"] as const),
	]);
}

/** A key that carries the run's marker, when the key's schema admits one; a number far beyond those that are counted up to. */
export function keyOfOurOwn(
	options: OwnOptions,
	{ schema, name }: { schema: Schema; name: string },
): Value | undefined {
	const { marker, label, validation } = options;
	const chance = hash([options.seed, marker, label, name].join("/"));
	const texts = [`${marker}${label}${name}`, `${marker}-${label}-${name}`];
	const types = typesOf(schema);
	const isNumber = (types.includes("integer") || types.includes("number")) && !types.includes("string");
	const numbers = FAR.map(({ from, span }) => from + (chance % span));
	return (isNumber ? numbers : texts).find(
		(candidate) => validation.validate(schema, candidate, "request").length === 0,
	);
}

/** Within 32 bits, then what smaller limits leave. */
const FAR: readonly { readonly from: number; readonly span: number }[] = [
	{ from: 2_000_000_000, span: 147_000_000 },
	{ from: 900_000_000, span: 99_000_000 },
	{ from: 900_000, span: 99_000 },
	{ from: 60_000, span: 5_000 },
];

/** A whole number from 0 to 2^32 (FNV-1a). */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	return value;
}

/** A value that can name something of ours: a text, or a number that is not met by chance. */
export function isName(value: Value | undefined): value is string | number {
	return typeof value === "string" || (typeof value === "number" && value >= NAME_MIN);
}

const NAME_MIN = 60_000;
