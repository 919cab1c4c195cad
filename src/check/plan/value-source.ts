import { type Model, resourceNamed } from "../../model/model.ts";
import type { Resource } from "../../model/resource.ts";
import { identify, isObject, type Value } from "../../model/value.ts";
import { generate } from "../../schema/generate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";

/** Where the values of one experiment come from: all new, all its own, the same for the same seed and label. */
export interface ValueSource {
	/** A key or member that was not given out before. */
	fresh(resource: string): Value | undefined;
	/** Valid values that begin with this one, that it begins with, or that differ from it in case only. */
	neighbours(resource: string, value: Value): readonly Value[];
	/** A body; fields that are optional are all there, or none. Differs from the bodies given out before. */
	body(schema: Schema, optional: "all" | "none"): Value | undefined;
	/** A value for one schema, new each time. */
	value(schema: Schema, name: string): Value | undefined;
}

export interface SourceOptions {
	readonly model: Model;
	readonly validation: Validation;
	readonly seed: number;
	/** In every key that we choose, so that what is ours can be told. */
	readonly marker: string;
	/** Tells this source from the others of the run. */
	readonly label: string;
}

const ATTEMPTS_MAX = 12;

export function createValueSource(options: SourceOptions): ValueSource {
	const given = new Set<string>();
	let count = 0;
	const draw = (schema: Schema, name: string, optional: "all" | "none" | "some"): Value | undefined => {
		const drawn = generate(schema, {
			seed: `${options.seed}/${options.marker}/${options.label}/${count++}`,
			direction: "request",
			name,
			optional,
		});
		return drawn.ok ? (drawn.value as Value) : undefined;
	};
	const isNew = (value: Value): boolean => !given.has(identify(value));
	const take = (value: Value): Value => {
		given.add(identify(value));
		return value;
	};
	const firstNew = (make: () => Value | undefined): Value | undefined => {
		for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
			const value = make();
			if (value !== undefined && isNew(value)) return take(value);
		}
		return undefined;
	};
	return {
		fresh: (name) => {
			const resource = resourceNamed(options.model, name);
			const schema = memberSchema(resource);
			if (schema === undefined) return take(`${options.marker}${options.label}${count++}`);
			return (
				firstNew(() => marked(options, { schema, name: String(count++) })) ?? firstNew(() => draw(schema, name, "some"))
			);
		},
		neighbours: (name, value) => {
			const schema = memberSchema(resourceNamed(options.model, name));
			if (typeof value !== "string") return [];
			return alike(value)
				.filter((other) => isNew(other) && isValid(options.validation, schema, other))
				.map(take);
		},
		body: (schema, optional) => bodyUnlike(given, () => draw(schema, "body", optional)),
		value: (schema, name) => firstNew(() => draw(schema, name, "some")),
	};
}

/** The schema of what names an item, or of a member. */
function memberSchema(resource: Resource): Schema | undefined {
	return resource.kind === "set" || resource.kind === "list"
		? (resource.schema ?? resource.key?.schema)
		: resource.key?.schema;
}

/** A key that carries the run's marker, when the key's schema admits one. */
function marked(
	{ marker, label, validation }: SourceOptions,
	{ schema, name }: { schema: Schema; name: string },
): Value | undefined {
	return [`${marker}${label}${name}`, `${marker}-${label}-${name}`].find((candidate) =>
		isValid(validation, schema, candidate),
	);
}

function isValid(validation: Validation, schema: Schema | undefined, value: Value): boolean {
	return schema === undefined || validation.validate(schema, value, "request").length === 0;
}

function alike(value: string): readonly string[] {
	const swapped = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
	return [
		...["0", "x", "5"].map((end) => value + end),
		value.slice(0, -1),
		...(swapped === value ? [] : [swapped]),
	].filter((text) => text !== "");
}

/** The body of several that repeats the fewest values of earlier ones: a field that is the same tells nothing. */
function bodyUnlike(given: Set<string>, make: () => Value | undefined): Value | undefined {
	let best: { value: Value; repeats: number } | undefined;
	for (let attempt = 0; attempt < ATTEMPTS_MAX && best?.repeats !== 0; attempt++) {
		const value = make();
		if (value === undefined) continue;
		const repeats = parts(value).filter((part) => given.has(part)).length;
		if (best === undefined || repeats < best.repeats) best = { value, repeats };
	}
	for (const part of best === undefined ? [] : parts(best.value)) given.add(part);
	return best?.value;
}

/** What a body sets, field by field. Empty values count as seen: they look like what an unset field holds. */
function parts(body: Value): readonly string[] {
	if (!isObject(body)) return [identify(body)];
	return Object.entries(body).map(([name, value]) => `${name}=${identify(value)}`);
}
