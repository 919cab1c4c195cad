import { holdsMembers, type Resource } from "../../model/resource.ts";
import { type Entry, resourceOf } from "../../model/state.ts";
import { isServerValue, type Value } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import { showValue } from "../answer/fill-pattern.ts";
import type { Desk } from "../desk.ts";
import type { SavedData } from "../scenario/seed-store.ts";
import { pathOf } from "./snapshot.ts";

/** More than these are not told one by one. */
const TOLD_MAX = 20;

/** What was held that a document has no place for, or does not admit, each as a sentence. */
export function findMisfits(desk: Desk, { state }: SavedData): readonly string[] {
	const misfits: string[] = [];
	for (const [container, entries] of state.contents()) {
		if (entries.length === 0) continue;
		const resource = desk.model.resources.get(resourceOf(container));
		if (resource === undefined) misfits.push(`${pathOf(container)} has no place any more: ${entries.length} dropped`);
		else misfits.push(...entries.flatMap((entry) => misfitOf(desk, resource, { container, entry }) ?? []));
	}
	const rest = misfits.length - TOLD_MAX;
	return rest > 0 ? [...misfits.slice(0, TOLD_MAX), `and ${rest} more`] : misfits;
}

function misfitOf(
	desk: Desk,
	resource: Resource,
	{ container, entry }: { readonly container: string; readonly entry: Entry },
): string | undefined {
	const at = `${pathOf(container)}/${String(entry.key)} no longer fits:`;
	if (holdsMembers(resource)) {
		const fault = faultOf(desk, resource.schema, entry.value);
		return fault === undefined ? undefined : `${at} it ${fault}`;
	}
	for (const [name, value] of Object.entries(entry.value as { readonly [name: string]: Value })) {
		const field = resource.fields.get(name);
		if (field === undefined) return name === resource.key?.property ? undefined : `${at} there is no field "${name}"`;
		const fault = faultOf(desk, field.schema, value);
		if (fault !== undefined) return `${at} ${name} ${fault}`;
	}
	return undefined;
}

function faultOf({ validation }: Desk, schema: Schema | undefined, value: Value): string | undefined {
	if (schema === undefined || isServerValue(value)) return undefined;
	return validation.validate(schema, showValue(value, new Map()), "response")[0]?.message;
}
