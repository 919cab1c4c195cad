import { partsOf } from "./effect.ts";
import { lawOf } from "./effect-laws.ts";
import type { Behaviour } from "./model.ts";
import type { Field, Resource } from "./resource.ts";

/**
 * Fields that some effect gives a value of its own are no longer the server's to change at any time: what they hold stays
 * until that effect.
 */
export function withGoverned(
	resources: ReadonlyMap<string, Resource>,
	behaviours: Iterable<Behaviour>,
): ReadonlyMap<string, Resource> {
	const governed = new Map(resources);
	for (const { effect } of behaviours) {
		for (const part of partsOf(effect)) {
			const fields = lawOf(part).governs?.(part);
			const resource = fields === undefined ? undefined : governed.get(fields.resource);
			if (fields === undefined || resource === undefined) continue;
			governed.set(resource.name, { ...resource, fields: owned(resource.fields, fields.owners) });
		}
	}
	return governed;
}

function owned(
	fields: Resource["fields"],
	owners: Readonly<Record<string, "stable" | "unique">>,
): ReadonlyMap<string, Field> {
	return new Map(
		[...fields].map(([name, field]) => {
			const owner = field.owner === "volatile" ? owners[name] : undefined;
			return [name, owner === undefined ? field : { ...field, owner }];
		}),
	);
}
