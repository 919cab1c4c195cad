import { createRequire } from "node:module";
import { lazy } from "../../contract/lazy.ts";
import { valueShapeOf } from "../../contract/value-shape.ts";
import type { DecodedBody } from "../../http/decode-body.ts";
import type { Json } from "../../http/exchange.ts";
import { parseText } from "../../http/parse-scalar.ts";
import { typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { objectShapeOf } from "../answer/object-shape.ts";
import { elementName, elementSchema, isWrapped, nodeTypeOf } from "../answer/render-xml.ts";

const ATTRIBUTE = "@";
const TEXT = "#text";
const DEPTH_MAX = 100;

/** Few APIs speak XML, so its parser is loaded when the first body of it comes. */
const loadXml = lazy(() => {
	const load = createRequire(import.meta.url);
	const { XMLParser, XMLValidator } = load("fast-xml-parser") as typeof import("fast-xml-parser");
	const parser = new XMLParser({
		ignoreAttributes: false,
		attributeNamePrefix: ATTRIBUTE,
		textNodeName: TEXT,
		parseTagValue: false,
		parseAttributeValue: false,
		trimValues: true,
		maxNestedTags: DEPTH_MAX,
		// A document type may declare entities that grow without end: only those of XML itself are known.
		processEntities: { enabled: true, maxEntityCount: 0 },
		// Characters by their number are of XML itself, and the parser has them here.
		htmlEntities: true,
		// Whether something is a list is said by the schema, not by how often it happens to stand there.
		isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
	});
	return { parser, XMLValidator };
});

type Element = string | { readonly [name: string]: string | readonly Element[] };

/**
 * Reads a body of XML as the `xml` of its schema says: the inverse of `renderXml`. What the schema does not name keeps
 * its own name, so that it can be judged.
 *
 * @example readXml('<Pet id="7"><name>Rex</name></Pet>', petSchema) // { kind: "value", value: { id: 7, name: "Rex" } }
 */
export function readXml(text: string, schema: Schema | undefined): DecodedBody {
	const { parser, XMLValidator } = loadXml();
	const fault = XMLValidator.validate(text);
	if (fault !== true) return { kind: "malformed", message: `is not XML: ${fault.err.msg} (line ${fault.err.line})` };
	try {
		const document = parser.parse(text) as Readonly<Record<string, readonly Element[]>>;
		const root = Object.entries(document).find(([name]) => !name.startsWith("?"))?.[1]?.[0];
		return root === undefined
			? { kind: "malformed", message: "has no element" }
			: { kind: "value", value: readElement(root, schema) };
	} catch (error) {
		return { kind: "malformed", message: `is not XML: ${error instanceof Error ? error.message : String(error)}` };
	}
}

function readElement(element: Element, schema: Schema | undefined): Json {
	if (schema === undefined) return plainValue(element);
	const types = typesOf(schema);
	if (types.includes("array")) return listIn(element, elementName(elementSchema(schema), "item"), schema);
	if (types.includes("object") || objectShapeOf(schema).byName.size > 0) return objectOf(element, schema);
	return scalarOf(textOf(element), schema);
}

function scalarOf(text: string, schema: Schema): Json {
	const shape = valueShapeOf(schema);
	return shape.kind === "scalar" ? parseText(text, shape) : text;
}

function textOf(element: Element): string {
	if (typeof element === "string") return element;
	const text = element[TEXT];
	return typeof text === "string"
		? text
		: Array.isArray(text)
			? text.map((part) => textOf(part as Element)).join("")
			: "";
}

function objectOf(element: Element, schema: Schema): Json {
	const read = new Set<string>();
	const members: [string, Json][] = [];
	for (const [name, { schema: own }] of objectShapeOf(schema).byName) {
		const found = memberIn(element, { name, schema: own, read });
		if (found !== undefined) members.push([name, found]);
	}
	return Object.fromEntries([...members, ...unnamed(element, read)]);
}

interface Member {
	readonly name: string;
	readonly schema: Schema;
	/** Names of what was found, so that the rest can be told. */
	readonly read: Set<string>;
}

function memberIn(element: Element, { name, schema, read }: Member): Json | undefined {
	const written = elementName(schema, name);
	const nodeType = nodeTypeOf(schema);
	const take = (key: string): string | readonly Element[] | undefined => {
		read.add(key);
		return typeof element === "string" ? undefined : element[key];
	};
	if (nodeType === "attribute") {
		const text = take(`${ATTRIBUTE}${written}`);
		return typeof text === "string" ? scalarOf(text, schema) : undefined;
	}
	if (nodeType === "text" || nodeType === "cdata") return scalarOf(textOf(element), schema);
	if (!typesOf(schema).includes("array")) {
		const [inner] = elementsOf(take(written));
		return inner === undefined ? undefined : readElement(inner, schema);
	}
	const itemName = elementName(elementSchema(schema), written);
	if (!isWrapped(schema)) {
		const items = elementsOf(take(itemName));
		return items.length === 0 ? undefined : items.map((item) => readElement(item, elementSchema(schema)));
	}
	const [wrapper] = elementsOf(take(written));
	return wrapper === undefined ? undefined : listIn(wrapper, itemName, schema);
}

function elementsOf(found: string | readonly Element[] | undefined): readonly Element[] {
	return typeof found === "string" ? [found] : (found ?? []);
}

function listIn(element: Element, itemName: string, schema: Schema): Json {
	const items = typeof element === "string" ? [] : elementsOf(element[itemName]);
	return items.map((item) => readElement(item, elementSchema(schema)));
}

/** What the schema does not name; where a namespace is declared, nothing is said. */
function unnamed(element: Element, read: ReadonlySet<string>): readonly [string, Json][] {
	if (typeof element === "string") return [];
	return Object.entries(element)
		.filter(([name]) => !read.has(name) && name !== TEXT && !name.startsWith(`${ATTRIBUTE}xmlns`))
		.map(([name, value]) => [name.replace(/^@/, ""), plainValue(elementsOf(value)[0] ?? "")]);
}

function plainValue(element: Element): Json {
	if (typeof element === "string") return element;
	const members = unnamed(element, new Set());
	return members.length === 0 ? textOf(element) : Object.fromEntries(members);
}
