import { properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Evidence } from "../evidence.ts";
import type { Key, Resource } from "../resource.ts";
import { fieldsOf } from "./fields.ts";
import { normalOf, type Place } from "./path-shape.ts";
import { bodySchema, isSameWord, listIn, oneIn, type Shown, successSchema } from "./shown.ts";

/** What stands at one base path: operations on the collection itself, and on its items. */
export interface Spot {
	readonly base: string;
	readonly name: string;
	readonly own: readonly Place[];
	readonly items: readonly Place[];
}

/** Groups operations by what they act on. A base whose last segment is a parameter's text gives no resource. */
export function spotsOf(places: readonly Place[]): readonly Spot[] {
	const bases = new Map<string, { own: Place[]; items: Place[] }>();
	for (const place of places) {
		for (const base of [...parentBases(place), place.base])
			if (!bases.has(base)) bases.set(base, { own: [], items: [] });
		bases.get(place.base)?.[place.onItem ? "items" : "own"].push(place);
	}
	const names = uniqueNames([...bases.keys()]);
	return [...bases].map(([base, held]) => ({ base, name: names.get(base) ?? base, ...held }));
}

/** `/apps/{}/cids/{}` lies inside an item of `/apps`. */
function parentBases(place: Place): readonly string[] {
	const { segments } = place.shape;
	return segments.flatMap((segment, index) => {
		const isOwnItem = place.onItem && index === segments.length - 1;
		return segment.kind === "parameter" && index > 0 && !isOwnItem ? [normalOf(segments.slice(0, index))] : [];
	});
}

/** The last literal of each base; when two share it, their parents' names go in front. */
function uniqueNames(bases: readonly string[]): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	const taken = new Set<string>();
	for (const base of bases) {
		const words = base.split("/").filter((word) => word !== "" && word !== "{}");
		let length = 1;
		while (length < words.length && taken.has(words.slice(-length).join("."))) length++;
		let name = words.slice(-length).join(".") || "root";
		while (taken.has(name)) name = `${name}+`;
		taken.add(name);
		names.set(base, name);
	}
	return names;
}

/** The resource at a spot, or undefined when nothing there holds state: an action, an answer of another kind. */
export function inferResource(spot: Spot, spots: readonly Spot[]): Resource | undefined {
	const shown = shownAt(spot);
	const kind = kindOf(spot, shown);
	if (kind === undefined) return undefined;
	const parent = parentOf(spot, spots);
	const itemPath = spot.items[0]?.operation.path;
	const fields = kind === "set" || kind === "list" ? new Map() : fieldsOf(spot);
	const key = keyOf(spot, [...fields.keys()]);
	const path = spot.own[0]?.operation.path ?? itemPath?.replace(/\/[^/]*$/, "") ?? spot.base;
	return {
		name: spot.name,
		kind,
		path,
		fields,
		cascade: true,
		evidence: evidenceOf(spot, kind),
		...(parent === undefined ? {} : { parent: parent.name }),
		...(itemPath === undefined ? {} : { itemPath }),
		...(key === undefined ? {} : { key }),
		...(shown === undefined ? {} : { schema: shown.schema }),
	};
}

function parentOf(spot: Spot, spots: readonly Spot[]): Spot | undefined {
	const holders = spots.filter(({ base }) => spot.base.startsWith(`${base}/{}/`));
	return holders.sort((a, b) => b.base.length - a.base.length)[0];
}

/** What a spot's readers show: its list, else one item, else what its writers take. */
function shownAt(spot: Spot): Shown | undefined {
	const list = shownBy(spot.own, "GET", (schema) => listIn(schema, spot.name));
	const one = shownBy(spot.items, "GET", (schema) => oneIn(schema, spot.name));
	const body = spot.own.map(({ operation }) => bodySchema(operation)).find((schema) => schema !== undefined);
	return list ?? one ?? (body === undefined ? undefined : listIn(body, spot.name));
}

function shownBy(
	places: readonly Place[],
	method: string,
	find: (schema: Schema) => Shown | undefined,
): Shown | undefined {
	for (const { operation } of places) {
		const schema = operation.method === method ? successSchema(operation) : undefined;
		const shown = schema === undefined ? undefined : find(schema);
		if (shown !== undefined) return shown;
	}
	return undefined;
}

function kindOf(spot: Spot, shown: Shown | undefined): Resource["kind"] | undefined {
	const isList = shown?.kind === "list";
	if (isList && isPlain(shown.schema)) return shown.unique ? "set" : "list";
	if (spot.items.length > 0) return "collection";
	const writers = spot.own.filter(({ operation }) => operation.method !== "GET" && operation.method !== "HEAD");
	if (isList) return writers.length === 0 ? "log" : "collection";
	const reads = spot.own.some(({ operation }) => operation.method === "GET" && successSchema(operation) !== undefined);
	if (reads && writers.some(({ operation }) => ["PUT", "PATCH", "DELETE"].includes(operation.method)))
		return "singleton";
	return spot.own.length === 0 ? "collection" : undefined;
}

function isPlain(schema: Schema): boolean {
	const types = typesOf(schema);
	return types.length > 0 && types.every((type) => type !== "object" && type !== "array");
}

function evidenceOf(spot: Spot, kind: Resource["kind"]): readonly Evidence[] {
	const [first] = [...spot.own, ...spot.items];
	const text = kind === "set" ? `${spot.base}, array of plain values, uniqueItems` : spot.base;
	return first === undefined ? [] : [{ kind: "schema", text, source: first.operation.source }];
}

/**
 * Which property holds the key that the item path names: the same name, the same up to spelling, `id` for `{xId}`,
 * `<resource>_id` for `{id}`, then the usual names (in the order in which 2,639 documents use them).
 */
function keyOf(spot: Spot, fields: readonly string[]): Key | undefined {
	const [place] = spot.items;
	const last = place?.shape.segments.at(-1);
	if (place === undefined || last?.kind !== "parameter") return undefined;
	const parameter = last.name;
	const property =
		fields.find((name) => name === parameter) ??
		fields.find((name) => isSameWord(name, parameter)) ??
		fields.find((name) => name.toLowerCase() === "id" || name === "_id") ??
		fields.find(
			(name) => isSameWord(name, `${spot.name}_id`) || isSameWord(name, `${spot.name.replace(/s$/, "")}_id`),
		) ??
		fields.find((name) => isSameWord(name, `${parameter}`.replace(/_?(id|name|key)$/i, ""))) ??
		["name", "code", "uuid", "slug", "key"].find((name) => fields.includes(name));
	const schema = place.operation.parameters.find(
		({ name, in: where }) => where === "path" && name === parameter,
	)?.schema;
	const made = madeBy(spot, property);
	return { made, ...(property === undefined ? {} : { property }), ...(schema === undefined ? {} : { schema }) };
}

/** Clients choose the key when nothing creates items on the collection, or when the body must carry it. */
function madeBy(spot: Spot, property: string | undefined): Key["made"] {
	const creators = spot.own.filter(({ operation }) => operation.method === "POST");
	if (creators.length === 0) return "client";
	const required = creators.some(({ operation }) => {
		const schema = bodySchema(operation);
		return (
			schema !== undefined &&
			properties(schema).some(({ name, required: needed, readOnly }) => name === property && needed && !readOnly)
		);
	});
	return required ? "client" : "server";
}
