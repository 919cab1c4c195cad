import { expect, test } from "vitest";
import type { MediaType } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import { schemaFrom } from "../../schema/registry.ts";
import { renderBody } from "./render-body.ts";

function mediaOf(name: string, schema?: unknown): MediaType {
	const source = { file: "openapi.yaml", pointer: "" };
	const found = schema === undefined ? {} : { schema: schemaFrom(schema as object) };
	return { name, examples: [], encoding: new Map(), source, ...found };
}

test.each<[string, Json, string, string]>([
	[
		"text/event-stream",
		[{ a: 1 }, "two\nlines"],
		"text/event-stream; charset=utf-8",
		'data: {"a":1}\n\ndata: two\ndata: lines\n\n',
	],
	["text/event-stream", "event: end\ndata: x\n\n", "text/event-stream; charset=utf-8", "event: end\ndata: x\n\n"],
	["application/json-seq", [{ a: 1 }, 2], "application/json-seq; charset=utf-8", '\u001e{"a":1}\n\u001e2\n'],
	["application/x-ndjson", [{ a: 1 }, 2], "application/x-ndjson; charset=utf-8", '{"a":1}\n2\n'],
	["application/jsonl", { a: 1 }, "application/jsonl; charset=utf-8", '{"a":1}\n'],
	["text/csv", "a,b", "text/csv; charset=utf-8", "a,b"],
	["image/*", { a: 1 }, "image/png", '{"a":1}'],
	["font/*", "x", "font/woff2", "x"],
	["chemical/*", "x", "chemical/octet-stream", "x"],
	["*", "x", "application/octet-stream", "x"],
	["application/xml", "<a/>", "application/xml; charset=utf-8", "<a/>"],
])("as %s, %j is written as %s", (name, value, contentType, body) => {
	expect(renderBody(mediaOf(name), value)).toEqual({ contentType, body });
});

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const text = { type: "string" };

test.each<[string, unknown, Json, string]>([
	[
		"elements",
		{ properties: { id: { type: "integer" }, name: text } },
		{ id: 7, name: "a<b" },
		"<root><id>7</id><name>a&#60;b</name></root>",
	],
	[
		"an attribute",
		{ xml: { name: "pet" }, properties: { id: { type: "integer", xml: { attribute: true } } } },
		{ id: 7 },
		'<pet id="7"/>',
	],
	[
		"an attribute of 3.2",
		{ xml: { name: "pet" }, properties: { id: { type: "integer", xml: { nodeType: "attribute" } } } },
		{ id: 7 },
		'<pet id="7"/>',
	],
	[
		"a list",
		{ properties: { tags: { type: "array", items: text } } },
		{ tags: ["a", "b"] },
		"<root><tags>a</tags><tags>b</tags></root>",
	],
	[
		"a wrapped list",
		{
			properties: { tags: { type: "array", xml: { wrapped: true }, items: { type: "string", xml: { name: "tag" } } } },
		},
		{ tags: ["a", "b"] },
		"<root><tags><tag>a</tag><tag>b</tag></tags></root>",
	],
	[
		"a namespace",
		{ xml: { name: "p", prefix: "x", namespace: "urn:x" }, properties: { a: text } },
		{ a: "1" },
		'<x:p xmlns:x="urn:x"><a>1</a></x:p>',
	],
	[
		"text",
		{ xml: { name: "p" }, properties: { t: { type: "string", xml: { nodeType: "text" } } } },
		{ t: "a&b" },
		"<p>a&#38;b</p>",
	],
	[
		"CDATA",
		{ xml: { name: "p" }, properties: { t: { type: "string", xml: { nodeType: "cdata" } } } },
		{ t: "<b>]]>" },
		"<p><![CDATA[<b>]]]]><![CDATA[>]]></p>",
	],
	[
		"a list at the top",
		{ type: "array", items: { type: "integer", xml: { name: "n" } } },
		[1, 2],
		"<root><n>1</n><n>2</n></root>",
	],
	["nothing", { properties: { a: text } }, { a: null }, "<root><a/></root>"],
	["a name that is none", undefined, { "1 a": true }, "<root><_1_a>true</_1_a></root>"],
])("XML has %s", (_, schema, value, body) => {
	expect(renderBody(mediaOf("application/xml", schema), value).body).toBe(`${XML}${body}`);
});
