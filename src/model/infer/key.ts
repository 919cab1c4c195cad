import { typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Field, Key } from "../resource.ts";
import { readFields } from "./fields.ts";
import type { Place, Segment } from "./path-shape.ts";
import { bodySchema, isSameWord, plainTypes, propertiesOf } from "./shown.ts";
import type { Spot } from "./spots.ts";

type Fields = ReadonlyMap<string, Field>;

/** The key of a spot's items: the property that holds it, who makes it, and the schema that the path gives it. */
export function keyOf(spot: Spot, fields: Fields): Key | undefined {
	const place = spot.items.find(({ shape }) => !isEither(shape.segments.at(-1))) ?? spot.items[0];
	const last = place?.shape.segments.at(-1);
	if (place === undefined || last?.kind !== "parameter") return keyWithoutPath(spot, fields);
	const schema = place.operation.parameters.find(
		({ name, in: where }) => where === "path" && name === last.name,
	)?.schema;
	const named = { parameter: last.name, schema };
	// What a reader shows is sooner the key than what only the answer of a write carries.
	const property =
		keyProperty(spot.name, { ...named, fields: readFields(spot, fields) }) ??
		keyProperty(spot.name, { ...named, fields });
	return {
		made: madeBy(spot, property),
		...(property === undefined ? {} : { property }),
		...(schema === undefined ? {} : { schema }),
	};
}

/** `{id_or_slug}` takes one of two, and tells less than a path that takes the id alone. */
function isEither(segment: Segment | undefined): boolean {
	return segment?.kind === "parameter" && EITHER.test(segment.name);
}

const EITHER = /[-_]or[-_]|(?<=[a-z])Or(?=[A-Z])/;

/** Items that no path names can still be told by their id. */
function keyWithoutPath(spot: Spot, fields: Fields): Key | undefined {
	const property = [...fields.keys()].find(isIdentifier);
	return property === undefined ? undefined : { made: madeBy(spot, property), property };
}

interface Named {
	readonly parameter: string;
	readonly schema: Schema | undefined;
	readonly fields: Fields;
}

/**
 * Which property holds the key that the item path names: the same name, the same up to spelling, `id` for `{xId}`,
 * `<resource>_id` for `{id}`, then the usual names (in the order in which 2,639 documents use them).
 */
function keyProperty(resource: string, { parameter, schema, fields }: Named): string | undefined {
	const holding = [...fields.keys()].filter((name) => canHold(fields.get(name)?.schema));
	// What may be null is no key while something else can be one.
	const certain = holding.filter((name) => !isNullable(fields.get(name)?.schema));
	const names = [...certain, ...holding.filter((name) => !certain.includes(name))];
	const sure = (name: string): boolean => certain.includes(name) || !certain.some(isIdentifier);
	const isText = !NAMING.test(parameter) && (schema === undefined || plainTypes(schema).includes("string"));
	const word = parameter.replace(/[-_]?(?:id|name|key|uuid|slug|code)$/i, "");
	// Of the id and the name, the id is what stays.
	const either = parameter.split(EITHER);
	const own = either.length > 1 ? names.find(isIdentifier) : undefined;
	return (
		own ??
		names.find((name) => name === parameter) ??
		names.find((name) => isSameWord(name, parameter) && sure(name)) ??
		names.find((name) => parameter.length > name.length && endsWithWord(parameter, name)) ??
		names.find((name) => isIdentifier(name) && (isText || isAlike(schema, fields.get(name)?.schema))) ??
		names.find((name) => isSameWord(name, `${resource}_id`) || isSameWord(name, `${singularOf(resource)}_id`)) ??
		names
			.filter((name) => isAlike(schema, fields.get(name)?.schema))
			.find((name) => word !== "" && isSameWord(name, word)) ??
		(NUMBERING.test(parameter) ? [] : USUAL).find(
			(name) => names.includes(name) && isAlike(schema, fields.get(name)?.schema),
		)
	);
}

/** Parameters that carry a name, and those that carry an id, which no name holds. */
const NAMING = /(?:name|login|slug|handle)$/i;
const NUMBERING = /(?:^|[_-]|[a-z])(?:id|Id|ID)$/;

const USUAL: readonly string[] = ["name", "code", "uuid", "slug", "key"];

function singularOf(resource: string): string {
	return resource.replace(/s$/, "");
}

/** `{petUuid}` is held by `uuid`. */
function endsWithWord(parameter: string, name: string): boolean {
	return (
		name.length > 2 &&
		parameter
			.toLowerCase()
			.replaceAll(/[^a-z0-9]/g, "")
			.endsWith(name.toLowerCase())
	);
}

function isNullable(schema: Schema | undefined): boolean {
	return schema !== undefined && typesOf(schema).includes("null");
}

/** A list or an object names nothing in a path. */
function canHold(schema: Schema | undefined): boolean {
	const types = schema === undefined ? [] : typesOf(schema);
	return types.length === 0 || types.some((type) => type === "string" || type === "integer" || type === "number");
}

/** A guess by an unrelated name is only made where the types are the same. */
function isAlike(parameter: Schema | undefined, property: Schema | undefined): boolean {
	if (parameter === undefined || property === undefined) return true;
	const [a, b] = [plainTypes(parameter), plainTypes(property)];
	return a.length === 0 || b.length === 0 || a.some((type) => b.includes(type));
}

function isIdentifier(name: string): boolean {
	return /^_?id$/i.test(name) || /^(?:uuid|guid)$/i.test(name);
}

/**
 * Clients choose the key when nothing but a path creates items, when a creating body must carry it, or when it may carry
 * a name; an id that a body may carry is the server's all the same, as most services have it.
 */
function madeBy({ own, items }: Spot, property: string | undefined): Key["made"] {
	const creators = own.filter(({ operation }) => operation.method === "POST");
	if (creators.length === 0) return [...items, ...own].some(canCreate) ? "client" : "server";
	const carried = creators.flatMap(({ operation }) => {
		const schema = bodySchema(operation);
		return schema === undefined
			? []
			: propertiesOf(schema).filter(({ name, readOnly }) => name === property && !readOnly);
	});
	const isChosen = carried.some(({ name, required }) => required || !isIdentifier(name));
	return isChosen ? "client" : "server";
}

function canCreate({ operation }: Place): boolean {
	return operation.method === "PUT" || operation.method === "POST";
}
