import type { Operation } from "../../../src/contract/contract.ts";
import { placesOf, shapeOf } from "../path-values.ts";

/** A collection as any reader of the document's paths and methods sees it: `/pets` with `/pets/{id}`. */
export interface Collection {
	/** The template of the collection. */
	readonly path: string;
	/** The parameter of the item's path that names the item. */
	readonly parameter: string;
	readonly list: Operation | undefined;
	readonly create: Operation | undefined;
	/** Reads one item. */
	readonly get: Operation | undefined;
	readonly replace: Operation | undefined;
	readonly merge: Operation | undefined;
	readonly remove: Operation | undefined;
}

/**
 * Every path that ends in a parameter of its own is an item of what stands in front of it, where that has a POST or a
 * GET. Nothing but paths and methods is looked at.
 */
export function collectionsOf(operations: readonly Operation[]): readonly Collection[] {
	const byPlace = new Map<string, Operation>();
	for (const operation of operations) {
		const place = `${operation.method} ${shapeOf(operation.path)}`;
		if (!byPlace.has(place)) byPlace.set(place, operation);
	}
	const found = new Map<string, Collection>();
	for (const { path } of operations) {
		const last = placesOf(path).at(-1);
		const shape = shapeOf(path);
		if (last === undefined || last.prefix === "" || shape !== `${shapeOf(last.prefix)}/{}`) continue;
		const at = (method: string, where: string): Operation | undefined => byPlace.get(`${method} ${where}`);
		const above = shapeOf(last.prefix);
		const [list, create] = [at("GET", above), at("POST", above)];
		if (found.has(above) || (list === undefined && create === undefined)) continue;
		found.set(above, {
			path: last.prefix,
			parameter: last.name,
			list,
			create,
			get: at("GET", shape),
			replace: at("PUT", shape),
			// Some update an item by POST.
			merge: at("PATCH", shape) ?? at("POST", shape),
			remove: at("DELETE", shape),
		});
	}
	return [...found.values()];
}
