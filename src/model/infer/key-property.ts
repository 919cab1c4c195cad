import type { Parameter } from "../../contract/contract.ts";
import { typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Field } from "../resource.ts";
import { isSameWord, plainTypes } from "./shown.ts";

/** What a path says of the key of its item, and the fields that may hold it. */
export interface Named {
	readonly resource: string;
	/** The name of the path parameter. */
	readonly name: string;
	readonly parameter: Parameter | undefined;
	readonly fields: ReadonlyMap<string, Field>;
}

interface Asked extends Named {
	/** Names of the fields that can hold a key, those that cannot be null first. */
	readonly names: readonly string[];
	readonly schema: Schema | undefined;
	/** Whether a field has the type that the path gives the key. */
	readonly isAlike: (field: string) => boolean;
	/** Whether a field is never null, or nothing that never is could hold the key. */
	readonly isSure: (field: string) => boolean;
}

/**
 * Which property holds the key that the item path names: the same name, the same up to spelling, what the parameter is said
 * to be, `id` for `{xId}`, `<resource>_id` for `{id}`, then the usual names (in the order in which 2,639 documents use
 * them).
 */
export function keyProperty(named: Named): string | undefined {
	const asked = ask(named);
	for (const rule of RULES) {
		const found = rule(asked);
		if (found !== undefined) return found;
	}
	return undefined;
}

function ask(named: Named): Asked {
	const { fields, parameter } = named;
	const schema = parameter?.schema;
	const holding = [...fields.keys()].filter((name) => canHold(fields.get(name)?.schema));
	// What may be null is no key while something else can be one.
	const certain = holding.filter((name) => !isNullable(fields.get(name)?.schema));
	return {
		...named,
		schema,
		names: [...certain, ...holding.filter((name) => !certain.includes(name))],
		isAlike: (name) => isAlike(schema, fields.get(name)?.schema),
		isSure: (name) => certain.includes(name) || !certain.some(isIdentifier),
	};
}

const RULES: readonly ((asked: Asked) => string | undefined)[] = [
	// Of the id and the name, the id is what stays.
	({ name, names }) => (name.split(EITHER).length > 1 ? names.find(isIdentifier) : undefined),
	({ name, names }) => names.find((one) => one === name),
	({ name, names, isSure }) => names.find((one) => isSameWord(one, name) && isSure(one)),
	({ name, names }) => names.find((one) => endsWithWord(name, one)),
	asDescribed,
	identifier,
	({ resource, names }) =>
		names.find((one) => isSameWord(one, `${resource}_id`) || isSameWord(one, `${resource.replace(/s$/, "")}_id`)),
	({ name, names, isAlike: fits }) => {
		const word = name.replace(/[-_]?(?:id|name|key|uuid|slug|code)$/i, "");
		return word === "" ? undefined : names.filter(fits).find((one) => isSameWord(one, word));
	},
	({ name, names, isAlike: fits }) =>
		NUMBERING.test(name) || OWN_NAME.test(name) || KEYING.test(name)
			? undefined
			: USUAL.find((one) => names.includes(one) && fits(one)),
];

/** `{id_or_slug}` takes one of two. */
export const EITHER: RegExp = /[-_]or[-_]|(?<=[a-z])Or(?=[A-Z])/;
/** Parameters that carry a name, which sooner is no id. */
const NAMING = /(?:name|login|slug|handle|[-_]key|(?-i:[a-z]Key))$/i;
/** Parameters that carry a key of its own kind, which no name holds either. */
const KEYING = /[-_]key$|[a-z]Key$/;
/** What is a name by itself, and not the name of something that the rest of the word says. */
const OWN_NAME = /^(?:user|file|host|nick|screen|display)name$/i;
/** Parameters that carry an id, which no name holds. */
const NUMBERING = /(?:^|[_-]|[a-z])(?:id|Id|ID)$/;
const USUAL: readonly string[] = ["name", "code", "uuid", "slug", "key"];

/** `{team}`, which is said to be the name of the team. */
function asDescribed({ name, names, parameter, isAlike: fits }: Asked): string | undefined {
	const text = parameter?.description?.split(/[.\n]/)[0] ?? "";
	if (NUMBERING.test(name) || /\b(?:ids?|uuids?|guids?|identif\w+)\b/i.test(text)) return undefined;
	const said = /\b(?:name|slug|login|username|code)\b/i.exec(text)?.[0].toLowerCase();
	return names.find((one) => one === said && fits(one));
}

function identifier({ name, names, schema, isAlike: fits }: Asked): string | undefined {
	const isText = !NAMING.test(name) && (schema === undefined || plainTypes(schema).includes("string"));
	return names.find((one) => isIdentifier(one) && (isText || fits(one)));
}

/** `{petUuid}` and `{pet_uuid}` are held by `uuid`; `{username}` is not held by `name`. */
function endsWithWord(parameter: string, name: string): boolean {
	const start = parameter.length - name.length;
	if (name.length < 3 || start < 1 || !parameter.toLowerCase().endsWith(name.toLowerCase())) return false;
	return /[A-Z]/.test(parameter.charAt(start)) || /[^A-Za-z0-9]/.test(parameter.charAt(start - 1));
}

export function isIdentifier(name: string): boolean {
	return /^_?id$/i.test(name) || /^(?:uuid|guid)$/i.test(name);
}

function isNullable(schema: Schema | undefined): boolean {
	return schema !== undefined && typesOf(schema).includes("null");
}

/** A list or an object names nothing in a path. */
function canHold(schema: Schema | undefined): boolean {
	const types = schema === undefined ? [] : typesOf(schema);
	return types.length === 0 || types.some((type) => type === "string" || type === "integer" || type === "number");
}

/** A guess by an unrelated name is only made where the types are the same. */
function isAlike(parameter: Schema | undefined, property: Schema | undefined): boolean {
	if (parameter === undefined || property === undefined) return true;
	const [a, b] = [plainTypes(parameter), plainTypes(property)];
	return a.length === 0 || b.length === 0 || a.some((type) => b.includes(type));
}
