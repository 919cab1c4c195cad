import type { Operation } from "../../contract/contract.ts";
import { enumeration, typesOf } from "../../schema/navigate.ts";
import type { Field, Resource } from "../resource.ts";
import type { Entry } from "../state.ts";
import { propertyOf, serverValue, type Value } from "../value.ts";

/** What an entry of a log was written for. */
export interface Recorded {
	/** What names the item that the request was about. */
	readonly about: Value | undefined;
	/** Of a rival: it was done, and is not in the log. */
	readonly omitted: boolean;
	readonly operation: Operation;
}

/** Names under which entries tell which item they are about, and how it was reached. */
const ABOUT = /^(?:resource|target|entity|object|item|subject)_?id$/i;

/** What of an entry is no field of it. No property of a document is called so. */
const HIDDEN = { about: " about", omitted: " omitted" } as const;

/** The entry that a request leaves: what names it, what it is about, and the rest as the server likes. */
export function entryAbout(resource: Resource, key: Value, { about, omitted, operation }: Recorded): Entry {
	const name = typeof key === "object" && key !== null && "name" in key ? String(key.name) : "";
	const fields = [...resource.fields.values()].map((field): [string, Value] => {
		if (field.name === resource.key?.property) return [field.name, key];
		return [field.name, told(field, { about, operation }) ?? serverValue("volatile", `${name}.${field.name}`)];
	});
	const hidden = {
		...(about === undefined ? {} : { [HIDDEN.about]: about }),
		...(omitted ? { [HIDDEN.omitted]: true } : {}),
	};
	return { key, value: { ...Object.fromEntries(fields), ...hidden } };
}

/** What a reader of the log expects to find there; nothing is claimed of it. */
function told({ name, schema }: Field, { about, operation }: Omit<Recorded, "omitted">): Value | undefined {
	if (!typesOf(schema).includes("string") || enumeration(schema) !== undefined) return undefined;
	if (ABOUT.test(name)) return about;
	if (/^(?:http_?)?method$/i.test(name)) return operation.method;
	return /^(?:action|operation|event|event_?type)$/i.test(name) ? operation.id : undefined;
}

/** What an entry is about, as the judge of a log reads it. */
export function aboutOf({ value }: Entry): Value | undefined {
	return propertyOf(value, HIDDEN.about);
}

export function isOmitted({ value }: Entry): boolean {
	return propertyOf(value, HIDDEN.omitted) === true;
}
