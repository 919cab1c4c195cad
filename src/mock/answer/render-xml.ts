import type { Json } from "../../http/exchange.ts";
import { element, escapeXml } from "../../http/xml.ts";
import { isObject } from "../../model/value.ts";
import { annotation, nodeOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { elementOf, objectShapeOf } from "./object-shape.ts";

/**
 * Writes a value as XML, as the `xml` of its schema says (OpenAPI 3.2, XML Object; `attribute` and `wrapped` of older
 * versions mean the same as ever).
 *
 * @example renderXml({ id: 7, name: "Rex" }, petSchema) // '<?xml version="1.0" encoding="UTF-8"?><Pet id="7"><name>Rex</name></Pet>'
 */
export function renderXml(value: Json, schema: Schema | undefined): string {
	const name = rootName(schema);
	const content = Array.isArray(value)
		? element(name, {}, writeList(value, { name: elementName(elementSchema(schema), "item"), schema }))
		: writeElement(value, { name, schema });
	return `<?xml version="1.0" encoding="UTF-8"?>${content}`;
}

interface Place {
	readonly name: string;
	readonly schema: Schema | undefined;
}

interface XmlObject {
	readonly name?: unknown;
	readonly prefix?: unknown;
	readonly namespace?: unknown;
	readonly attribute?: unknown;
	readonly wrapped?: unknown;
	readonly nodeType?: unknown;
}

function xmlOf(schema: Schema | undefined): XmlObject {
	const said = schema === undefined ? undefined : annotation(schema, "xml");
	return typeof said === "object" && said !== null ? said : {};
}

/** What an element is: the way that its schema gives, else the way of its version. */
export function nodeTypeOf(schema: Schema | undefined): string {
	const { nodeType, attribute } = xmlOf(schema);
	if (typeof nodeType === "string") return nodeType;
	return attribute === true ? "attribute" : "element";
}

/** The name of the component, as most documents mean it, where nothing else is said. */
function rootName(schema: Schema | undefined): string {
	const reference = schema === undefined ? undefined : nodeOf(schema).$ref;
	const component = typeof reference === "string" ? reference.split("/").at(-1) : undefined;
	return elementName(schema, component ?? "root");
}

export function elementName(schema: Schema | undefined, name: string): string {
	const { name: own, prefix } = xmlOf(schema);
	const plain = nameFrom(typeof own === "string" ? own : name);
	return typeof prefix === "string" && prefix !== "" ? `${nameFrom(prefix)}:${plain}` : plain;
}

/** Anything as the name of an element (XML 1.0, 2.3). */
function nameFrom(text: string): string {
	const plain = text.replaceAll(/[^\p{L}\p{N}_.-]/gu, "_");
	return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
}

function namespaceOf(schema: Schema | undefined): Readonly<Record<string, string>> {
	const { namespace, prefix } = xmlOf(schema);
	if (typeof namespace !== "string") return {};
	return { [typeof prefix === "string" && prefix !== "" ? `xmlns:${nameFrom(prefix)}` : "xmlns"]: namespace };
}

function writeElement(value: Json, { name, schema }: Place): string {
	const attributes: Record<string, string> = { ...namespaceOf(schema) };
	if (!isObject(value)) return element(name, attributes, value === null ? [] : [textOf(value)]);
	const content: string[] = [];
	for (const [member, inner] of Object.entries(value as { readonly [name: string]: Json })) {
		const own = schema === undefined ? undefined : objectShapeOf(schema).byName.get(member)?.schema;
		const place = { name: elementName(own, member), schema: own };
		const nodeType = nodeTypeOf(own);
		if (nodeType === "attribute" && !isObject(inner)) attributes[place.name] = plainText(inner);
		else content.push(...writeMember(inner, place, nodeType));
	}
	return element(name, attributes, content);
}

function writeMember(value: Json, place: Place, nodeType: string): readonly string[] {
	if (nodeType === "text") return [textOf(value)];
	if (nodeType === "cdata") return [`<![CDATA[${plainText(value).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`];
	if (!Array.isArray(value)) return [writeElement(value, place)];
	const { schema } = place;
	const items = writeList(value, { name: elementName(elementSchema(schema), place.name), schema });
	return isWrapped(schema) ? [element(place.name, namespaceOf(schema), items)] : items;
}

/** Whether the items of a list stand inside an element of the list's own. */
export function isWrapped(schema: Schema | undefined): boolean {
	return xmlOf(schema).wrapped === true || xmlOf(schema).nodeType === "element";
}

function writeList(value: readonly Json[], { name, schema }: Place): readonly string[] {
	const inner = elementSchema(schema);
	return value.flatMap((item) => writeMember(item, { name, schema: inner }, nodeTypeOf(inner)));
}

export function elementSchema(schema: Schema | undefined): Schema | undefined {
	return schema === undefined ? undefined : elementOf(schema);
}

function textOf(value: Json): string {
	return escapeXml(plainText(value));
}

function plainText(value: Json): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}
