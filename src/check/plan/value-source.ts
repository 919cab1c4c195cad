import { type Model, resourceNamed } from "../../model/model.ts";
import type { Resource } from "../../model/resource.ts";
import { identify, type Value } from "../../model/value.ts";
import { generate } from "../../schema/generate.ts";
import type { Schema } from "../../schema/schema.ts";
import { ALIKE_KEYS, alike } from "./alike.ts";
import { type Bodies, createBodies, type Drawing, isValid, type SourceOptions } from "./body-source.ts";
import { fieldsOfOurOwn, isName, keyOfOurOwn } from "./own-key.ts";
import type { Recipe, Recipes } from "./recipe.ts";
import { createWords, isWord } from "./words.ts";

/** Where the values of one experiment come from: all new, all its own, the same for the same seed and label. */
export interface ValueSource extends Bodies {
	/** A key or member that was not given out before. */
	fresh(resource: string): Value | undefined;
	/** Valid values that begin with this one, that it begins with, or that differ from it in case only. */
	neighbours(resource: string, value: Value): readonly Value[];
	/** The same text in another case; undefined where there is none. */
	inOtherCase(value: Value): Value | undefined;
	/** The text without its beginning; undefined where nothing is left. */
	withoutFirst(value: Value): Value | undefined;
	/** A value for one schema, new each time as long as there are others. */
	value(schema: Schema, name: string, marked?: boolean): Value | undefined;
	/** Texts that carry the run's marker, and others that a careless comparison takes for the first; none where none is valid. */
	words(schema: Schema, name: string): readonly string[];
	/** Whether a schema admits a value in a request. */
	admits(schema: Schema, value: Value): boolean;
	/** Whether a value was made so that nobody else has it. */
	isOurs(value: Value): boolean;
	/** How every text and number that must be another in another run of the same calls was made. */
	readonly recipes: Recipes;
}

const ATTEMPTS_MAX = 5;

export function createValueSource(options: SourceOptions): ValueSource {
	const given = new Set<string>();
	const { take, firstNew } = newIn(given);
	const recipes = new Map<string | number, Recipe>();
	const note = noterIn(recipes);
	const noteAlike = ({ text, ...recipe }: Alike): string => {
		if (recipes.has(recipe.of)) note(text, recipe);
		return text;
	};
	let count = 0;
	const draw = (
		schema: Schema,
		name: string,
		{ optional = "some", marked = false }: Drawing = {},
	): Value | undefined => {
		// What must be the run's own carries its marker; everything else is the same in every run of one seed.
		const seed = [options.seed, ...(marked ? [options.marker] : []), options.label, count++].join("/");
		const drawn = generate(schema, { seed, direction: "request", name, optional });
		return drawn.ok ? (drawn.value as Value) : undefined;
	};
	const ownFields = fieldsOfOurOwn(options.model);
	const ownValue = (schema: Schema, name: string): Value | undefined =>
		firstNew(() => {
			const isNamed = ownFields.get(name) === "named";
			const named = isNamed ? keyOfOurOwn(options, { schema, name: String(count++) }) : undefined;
			return named ?? draw(schema, name, { marked: true });
		});
	const words = createWords(options, { note, mint: (make) => firstNew(make), number: () => count++ });
	return {
		recipes,
		words,
		isOurs: (value) => isWord(recipes, value),
		admits: (schema, value) => isValid(options.validation, schema, value),
		fresh: (name) => {
			const schema = memberSchema(resourceNamed(options.model, name));
			if (schema === undefined)
				return note(take(`${options.marker}${options.label}${count++}`), { kind: "fresh", resource: name });
			const key = firstNew(() => keyOfOurOwn(options, { schema, name: String(count++) }));
			if (key !== undefined) return note(key, { kind: "fresh", resource: name });
			const own = isTop(options.model, name);
			const drawn = firstNew(() => draw(schema, name, { marked: own }));
			// Members of what is inside an item of ours need not be ours alone.
			return own ? note(drawn, { kind: "fresh", resource: name }) : drawn;
		},
		neighbours: (name, value) => validAlike(options, name, value).map(noteAlike),
		inOtherCase: (value) => {
			const other = formOf(value, OTHER_CASE);
			return other === undefined ? undefined : noteAlike(other);
		},
		withoutFirst: (value) => {
			const rest = formOf(value, WITHOUT_FIRST);
			return rest === undefined ? undefined : noteAlike(rest);
		},
		...createBodies(options, { draw, ownValue, note, take, given, number: () => count++ }),
		value: (schema, name, own = false) =>
			own ? ownValue(schema, name) : (firstNew(() => draw(schema, name)) ?? draw(schema, name)),
	};
}

export interface Taking {
	readonly take: (value: Value) => Value;
	/** The first of a few values that was not given out before. */
	readonly firstNew: (make: () => Value | undefined) => Value | undefined;
}

function newIn(given: Set<string>): Taking {
	const take = (value: Value): Value => {
		given.add(identify(value));
		return value;
	};
	return {
		take,
		firstNew: (make) => {
			for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
				const value = make();
				if (value !== undefined && !given.has(identify(value))) return take(value);
			}
			return undefined;
		},
	};
}

/** Remembers how a value was made, when it names something of ours, and gives it back. */
function noterIn(
	recipes: Map<string | number, Recipe>,
): (value: Value | undefined, recipe: Recipe) => Value | undefined {
	return (value, recipe) => {
		if (isName(value) && !recipes.has(value)) recipes.set(value, recipe);
		return value;
	};
}

function isTop(model: Model, resource: string): boolean {
	return resourceNamed(model, resource).parent === undefined;
}

/** The schema of what names an item, or of a member. */
function memberSchema(resource: Resource): Schema | undefined {
	return resource.kind === "set" || resource.kind === "list"
		? (resource.schema ?? resource.key?.schema)
		: resource.key?.schema;
}

type Alike = Extract<Recipe, { kind: "neighbour" }> & { readonly text: string };

/** Texts that look like this one and can name an item of a resource as well. */
function validAlike({ model, validation }: SourceOptions, resource: string, value: Value): readonly Alike[] {
	const schema = memberSchema(resourceNamed(model, resource));
	const texts = typeof value === "string" ? alike(value).slice(0, ALIKE_KEYS) : [];
	return texts.flatMap((text, index) =>
		text === undefined || !isValid(validation, schema, text)
			? []
			: [{ kind: "neighbour", of: String(value), alike: index, text }],
	);
}

/** The first form that a text has among these, with how it is made of the one that is there. */
function formOf(value: Value, places: readonly number[]): Alike | undefined {
	if (typeof value !== "string") return undefined;
	const forms = alike(value);
	return places.flatMap((index) => {
		const text = forms[index];
		return text === undefined ? [] : [{ kind: "neighbour" as const, of: value, alike: index, text }];
	})[0];
}

/** Where in `alike` the forms stand that differ in case only, the one to try first. */
const OTHER_CASE: readonly number[] = [6, 4];
const WITHOUT_FIRST: readonly number[] = [7];
