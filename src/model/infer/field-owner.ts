import { annotation, type Property, typesOf } from "../../schema/navigate.ts";
import type { Field } from "../resource.ts";

/** Times that a service keeps by itself, whatever a body may carry. */
const MADE_AT =
	/^_?(?:created|inserted|registered)(?:[-_ ]?(?:at|on|date|time|timestamp))?$|^_?(?:date|time)[-_ ]?(?:created|added|inserted)$|^creation[-_ ]?(?:date|time|timestamp)$/i;
/** When somebody or something came to be where it stands. */
const CAME_AT = /^_?(?:joined|added)[-_ ]?(?:at|on|date|time|timestamp)$/i;
const CHANGED_AT =
	/^_?(?:last[-_ ]?)?(?:updated|modified|changed|edited)(?:[-_ ]?(?:at|on|date|time|timestamp))?$|^_?(?:date|time)[-_ ]?(?:last[-_ ]?)?(?:updated|modified|changed)$|^_?(?:last[-_ ]?)(?:update|modification|change)(?:[-_ ]?(?:date|time|timestamp))?$|^_?deleted[-_ ]?(?:at|on|date)$/i;
/** What a service says about an item and a client cannot decide. */
const OWN = /^(?:_?links|_?self|self[-_ ]?link|href|_?etag|_?rev(?:ision)?|resource[-_ ]?version|@.*|_?embedded)$/i;
const ID = /^(?:_?id|uuid|guid)$/i;

/** Whether a field says when the item was made. */
export function isTimeOfMaking(name: string): boolean {
	return MADE_AT.test(name) || CAME_AT.test(name);
}

/** What nobody writes is the server's: keys and creation times stay, the rest may change at any time. */
export function serverOwner({ name, schema }: Property): Exclude<Field["owner"], "client"> {
	if (ID.test(name)) return "unique";
	return isTimeOfMaking(name) && annotation(schema, "format") === "date-time" ? "stable" : "volatile";
}

/** Whether the server decides a field although bodies may carry it, as where one schema serves for both. */
export function isServersOwn({ name, schema }: Property): boolean {
	if (OWN.test(name) || isSaidToBeServers(schema)) return true;
	return (MADE_AT.test(name) || CHANGED_AT.test(name)) && isTime(schema);
}

/** Descriptions by which the server decides: `Set to "Zone"`, `assigned by the server`, `API endpoint for this zone`. */
const SERVERS =
	/^(?:always )?set to [“"'‘`]|^(?:the )?api endpoint (?:for|of)\b|\bread[- ]only\b|\b(?:assigned|generated|determined|maintained|calculated|computed) (?:automatically )?by the (?:server|service|system|api)\b|\b(?:calculated|computed|inferred|derived) (?:from|using)\b/i;
/** What a client may send instead, or what holds only sometimes, is no such thing. */
const SOMETIMES = /\b(?:if|when|unless|by default|defaults?(?: to)?|optionally|can be|may be)\b(?!-)/i;

function isSaidToBeServers(schema: Property["schema"]): boolean {
	const description = annotation(schema, "description");
	return typeof description === "string" && SERVERS.test(description) && !SOMETIMES.test(description);
}

function isTime(schema: Property["schema"]): boolean {
	const types = typesOf(schema);
	return types.length === 0 || types.includes("string") || types.includes("integer") || types.includes("number");
}

/** The fields, the one that holds a key which the server makes being the server's own. */
export function ownedByServer(
	fields: ReadonlyMap<string, Field>,
	property: string | undefined,
): ReadonlyMap<string, Field> {
	const field = property === undefined ? undefined : fields.get(property);
	if (field === undefined) return fields;
	return new Map(fields).set(field.name, { ...field, owner: "unique", written: false });
}
