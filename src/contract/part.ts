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

/** The entries of a map, in document order; none when there is no map. */
export function entriesOf(part: Part | undefined): readonly (readonly [string, Part])[] {
	return part === undefined || !isMapPart(part) ? [] : allEntries(part);
}

/** The entries of a map that are no extensions (`x-…`). */
export function fieldsOf(part: Part | undefined): readonly (readonly [string, Part])[] {
	return entriesOf(part).filter(([name]) => !name.startsWith("x-"));
}

function allEntries(map: Part<RawObject>): readonly (readonly [string, Part])[] {
	return Object.entries(map.value).map(([name, value]) => [name, partAt(map, name, value)] as const);
}

/** The items of a list; none when there is no list. */
export function itemsOf(list: Part | undefined): readonly Part[] {
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
