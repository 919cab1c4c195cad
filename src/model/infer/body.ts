import type { Operation } from "../../contract/contract.ts";
import { annotation, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { bodySchema, isSameWord, listAt, oneIn, plainTypes, propertiesOf } from "./shown.ts";

/** What a body carries, as far as its schema tells. */
export type Taken =
	| { readonly kind: "nothing" }
	/** An item; `at` is a JSON Pointer, where the body wraps it. */
	| { readonly kind: "item"; readonly at: string; readonly schema: Schema }
	/** Plain values: a bare list of them, or one. */
	| { readonly kind: "members" }
	| { readonly kind: "other"; readonly what: string };

/** @example takenBy(operation, "pets") // { kind: "item", at: "/pet", schema } for a body { pet: { name } } */
export function takenBy(operation: Operation, resource: string): Taken {
	if (operation.body === undefined) return { kind: "nothing" };
	if (isPatchFormat(operation)) return { kind: "other", what: CHANGES };
	const schema = bodySchema(operation);
	if (schema === undefined) return { kind: "other", what: "something that the document does not describe" };
	if (isFile(schema)) return { kind: "other", what: "something that is a file" };
	const types = plainTypes(schema);
	if (types.includes("array") && !types.includes("object")) {
		const element = listAt(schema, "")?.schema;
		if (element !== undefined && isChange(element)) return { kind: "other", what: CHANGES };
		const isPlain = element !== undefined && isScalar(element);
		return isPlain ? { kind: "members" } : { kind: "other", what: "several items at once" };
	}
	if (isScalar(schema)) return { kind: "members" };
	return itemIn(schema, resource);
}

function itemIn(schema: Schema, resource: string): Taken {
	const one = oneIn(schema, resource);
	if (one === undefined || propertiesOf(one.schema).length === 0)
		return { kind: "other", what: "something whose fields the document does not name" };
	if (wrapsItems(one.schema, resource)) return { kind: "other", what: "several items at once" };
	return { kind: "item", at: one.at, schema: one.schema };
}

/** `{ data: [{ … }, { … }] }` */
function wrapsItems(schema: Schema, resource: string): boolean {
	const [member, ...others] = propertiesOf(schema);
	const element = member === undefined || others.length > 0 ? undefined : listAt(member.schema, "")?.schema;
	const isNamed = member !== undefined && (/^(?:data|items)$/i.test(member.name) || isSameWord(member.name, resource));
	return isNamed && element !== undefined && !isScalar(element) && propertiesOf(element).length > 0;
}

const CHANGES = "a list of changes (RFC 6902)";

/** An operation of a JSON Patch. */
function isChange(element: Schema): boolean {
	const names = propertiesOf(element).map(({ name }) => name);
	return names.includes("op") && names.includes("path");
}

function isFile(schema: Schema): boolean {
	return annotation(schema, "format") === "binary";
}

function isScalar(schema: Schema): boolean {
	const types = typesOf(schema);
	return types.length > 0 && types.every((type) => type !== "object" && type !== "array");
}

/** JSON Patch among what the body may be. */
function isPatchFormat({ body }: Operation): boolean {
	const names = body?.content.map(({ name }) => name) ?? [];
	return names.some((name) => name.startsWith("application/json-patch"));
}
