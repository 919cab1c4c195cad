import { enumeration } from "../schema/navigate.ts";
import { type Governed, partsOf, resourceActedOn } from "./effect.ts";
import { lawOf } from "./effect-laws.ts";
import type { Behaviour } from "./model.ts";
import type { Field, Resource } from "./resource.ts";
import { identify, type Value } from "./value.ts";

type Resources = ReadonlyMap<string, Resource>;

/**
 * Fields that some effect gives a value of its own are no longer the server's to change at any time: what they hold stays
 * until that effect. What they hold at first is most likely what the effect asks for, and not what it makes of them.
 */
export function withGoverned(resources: Resources, behaviours: readonly Behaviour[]): Resources {
	const governed = new Map(resources);
	for (const { effect } of behaviours) {
		for (const part of partsOf(effect)) {
			const fields = lawOf(part).governs?.(part);
			const resource = fields === undefined ? undefined : governed.get(fields.resource);
			if (fields === undefined || resource === undefined) continue;
			const asked = askedAtFirst(behaviours, resource.name);
			governed.set(resource.name, { ...resource, fields: owned(resource.fields, fields, asked) });
		}
	}
	return governed;
}

/** What guards want the items of a resource to hold before something is done with them. */
function askedAtFirst(behaviours: readonly Behaviour[], name: string): ReadonlyMap<string, Value> {
	const asked = behaviours.flatMap(({ guards, effect }) =>
		guards.flatMap((guard) =>
			guard.kind === "when" && guard.isNot !== true && (guard.of ?? resourceActedOn(effect)) === name
				? Object.entries(guard.fields)
				: [],
		),
	);
	return new Map(asked.toReversed().map(([name, value]) => [name, [value].flat()[0] ?? value]));
}

function owned(
	fields: Resource["fields"],
	{ owners, made }: Governed,
	asked: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Field> {
	return new Map(
		[...fields].map(([name, field]) => {
			const owner = field.owner === "volatile" ? owners[name] : undefined;
			if (owner === undefined) return [name, field];
			const first = asked.get(name) ?? otherThan(field, made[name]);
			return [name, { ...field, owner, ...(first === undefined ? {} : { first }) }];
		}),
	);
}

/** The first word of its enumeration that the effect does not make of it. */
function otherThan({ schema }: Field, made: Value | undefined): Value | undefined {
	const words = enumeration(schema) as readonly Value[] | undefined;
	return made === undefined ? undefined : words?.find((word) => word !== null && identify(word) !== identify(made));
}
