import type { Address } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { propertyOf } from "../value.ts";

/** The changes by which the credentials of an item outlive it. */
export function survivingCredentials({ container, resource }: Address, entry: Entry): readonly Change[] {
	const changes: Change[] = [];
	for (const field of resource.fields.values()) {
		const value = propertyOf(entry.value, field.name);
		if (field.credential === undefined || value === undefined) continue;
		changes.push({ kind: "alias", resource: resource.name, field: field.name, value, held: { container, entry } });
	}
	return changes;
}
