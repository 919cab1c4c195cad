import type { Source } from "../problem/source.ts";
import { extendPointer } from "../schema/reference.ts";
import { field, isObject, type RawObject } from "./node.ts";

/** A value of a document together with the place where it stands. */
export interface Part<Value = unknown> {
	readonly value: Value;
	readonly source: Source;
}

/**
 * The part under a key; undefined when nothing stands there.
 *
 * @example child(operation, "responses")?.source.pointer // "/paths/~1x/get/responses"
 */
export function child(part: Part, key: string): Part | undefined {
	const value = field(part.value, key);
	return value === undefined ? undefined : partAt(part, key, value);
}

/** The map under a key; undefined when nothing or something else stands there. */
export function mapChild(part: Part, key: string): Part<RawObject> | undefined {
	const found = child(part, key);
	return found !== undefined && isMapPart(found) ? found : undefined;
}

/** The entries of the map under a key, in document order; none when there is no such map. */
export function entriesOf(part: Part, key: string): readonly (readonly [string, Part])[] {
	const map = mapChild(part, key);
	return map === undefined ? [] : allEntries(map);
}

/** The entries of a part, in document order; none when it is no map. Extensions (`x-…`) are left out. */
export function fieldsOf(part: Part | undefined): readonly (readonly [string, Part])[] {
	if (part === undefined || !isMapPart(part)) return [];
	return allEntries(part).filter(([name]) => !name.startsWith("x-"));
}

function allEntries(map: Part<RawObject>): readonly (readonly [string, Part])[] {
	return Object.entries(map.value).map(([name, value]) => [name, partAt(map, name, value)] as const);
}

/** The items of the list under a key; none when there is no such list. */
export function itemsOf(part: Part, key: string): readonly Part[] {
	const list = child(part, key);
	if (list === undefined || !Array.isArray(list.value)) return [];
	return list.value.map((value: unknown, index) => partAt(list, String(index), value));
}

export function isMapPart(part: Part): part is Part<RawObject> {
	return isObject(part.value);
}

export function partAt(parent: Part, key: string, value: unknown): Part {
	const { file, pointer } = parent.source;
	return { value, source: { file, pointer: extendPointer(pointer, [key]) } };
}
