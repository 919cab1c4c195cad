import type { Field, Key } from "../resource.ts";
import { readFields } from "./fields.ts";
import { EITHER, isIdentifier, keyProperty } from "./key-property.ts";
import { keyLinkOf } from "./leads.ts";
import type { Place, Segment } from "./path-shape.ts";
import { bodySchema, propertiesOf } from "./shown.ts";
import type { Spot } from "./spots.ts";

type Fields = ReadonlyMap<string, Field>;

/** The key of a spot's items: the property that holds it, who makes it, and the schema that the path gives it. */
export function keyOf(spot: Spot, fields: Fields): Key | undefined {
	const place = spot.items.find(({ shape }) => !isEither(shape.segments.at(-1))) ?? spot.items[0];
	const last = place?.shape.segments.at(-1);
	if (place === undefined || last?.kind !== "parameter") return keyWithoutPath(spot, fields);
	const parameter = place.operation.parameters.find(({ name, in: where }) => where === "path" && name === last.name);
	const schema = parameter?.schema;
	const named = { resource: spot.name, name: last.name, parameter };
	// What a reader shows is sooner the key than what only the answer of a write carries.
	const property =
		linkedProperty(spot, last.name, fields) ??
		keyProperty({ ...named, fields: readFields(spot, fields) }) ??
		keyProperty({ ...named, fields });
	return {
		made: madeBy(spot, property),
		...(property === undefined ? {} : { property }),
		...(schema === undefined ? {} : { schema }),
	};
}

/** The field that a link hands to the path parameter. */
function linkedProperty(spot: Spot, parameter: string, fields: Fields): string | undefined {
	const property = keyLinkOf(spot, parameter)?.property;
	return property !== undefined && fields.has(property) ? property : undefined;
}

/** `{id_or_slug}` takes one of two, and tells less than a path that takes the id alone. */
function isEither(segment: Segment | undefined): boolean {
	return segment?.kind === "parameter" && EITHER.test(segment.name);
}

/** Items that no path names can still be told by their id. */
function keyWithoutPath(spot: Spot, fields: Fields): Key | undefined {
	const property = [...fields.keys()].find(isIdentifier);
	return property === undefined ? undefined : { made: madeBy(spot, property), property };
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
