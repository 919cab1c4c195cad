import { annotation, enumeration, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { resourceActedOn } from "../effect.ts";
import type { GuardCommon, GuardLaw } from "../guard.ts";
import { bodySchema, propertiesOf } from "../infer/shown.ts";
import { type Behaviour, type Model, resourceNamed } from "../model.ts";
import { sentItem, withSent } from "../scene.ts";
import { isObject, propertyOf } from "../value.ts";

/** A field that only the server writes: a client that sends it is refused, or what it sent is left out. */
export interface ReadOnly extends GuardCommon {
	readonly kind: "read-only";
	readonly property: string;
}

export const readOnly: GuardLaw<ReadOnly> = {
	kind: "read-only",
	isLocal: () => true,
	sentence: ({ property }) => `takes no ${property} from a client`,
	documented: ({ property }) => `${property} is read-only`,
	// To refuse it and to leave it out are both ways to take none (OpenAPI 3.1, Schema Object: `readOnly`).
	holds: (guard, scene) => {
		const isSent = propertyOf(sentItem(scene), guard.property) !== undefined;
		return guard.enforced && isSent ? "unknown" : "yes";
	},
	rivals: (guard) => [
		{ name: `${guard.property} is taken from the client`, guard: { ...guard, enforced: false }, rule: "effect" },
	],
	violate: (guard, scene) => {
		const name = resourceActedOn(scene.behaviour.effect);
		const field = name === undefined ? undefined : resourceNamed(scene.model, name).fields.get(guard.property);
		if (field === undefined || !isObject(scene.call.body)) return [];
		const value = scene.planning?.value?.(field.schema, guard.property);
		return value === undefined ? [] : [withSent(scene, guard.property, value)];
	},
};

/** Each asks for a write of its own, and one that is not looked after tells of the others. */
const FIELDS_MAX = 2;

const WRITES: ReadonlySet<Behaviour["effect"]["kind"]> = new Set(["create", "upsert", "replace", "merge"]);

/** The fields that are documented to be read-only, where a body that carries one is not invalid for it. */
export function readOnlyGuards(resources: Model["resources"], { operation, effect }: Behaviour): readonly ReadOnly[] {
	const resource = resources.get(resourceActedOn(effect) ?? "");
	const schema = bodySchema(operation);
	if (resource === undefined || schema === undefined || !WRITES.has(effect.kind)) return [];
	const carried = new Set(propertiesOf(schema).map(({ name }) => name));
	const isOpen =
		annotation(schema, "additionalProperties") !== false && annotation(schema, "unevaluatedProperties") !== false;
	const fields = [...resource.fields.values()].filter(
		({ name, owner, schema: own, extension }) =>
			owner !== "client" &&
			annotation(own, "readOnly") === true &&
			extension === undefined &&
			name !== resource.key?.property &&
			(isOpen || carried.has(name)) &&
			isTelling(own),
	);
	return fields.slice(0, FIELDS_MAX).map(({ name, schema: { source } }) => ({
		kind: "read-only",
		property: name,
		statuses: [],
		enforced: true,
		leaks: "no",
		evidence: [{ kind: "schema", text: `${name} is readOnly`, source }],
	}));
}

/** A value of few (a boolean, a word of an enumeration) is met by chance. */
function isTelling(schema: Schema): boolean {
	const types = typesOf(schema).filter((type) => type !== "null");
	return (
		enumeration(schema) === undefined &&
		types.length > 0 &&
		types.every((type) => type === "string" || type === "integer" || type === "number")
	);
}
