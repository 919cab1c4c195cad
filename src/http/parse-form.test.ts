import { expect, test } from "vitest";
import type { Json } from "./exchange.ts";
import { TEXT, type ValueShape } from "./parameter.ts";
import { parseForm } from "./parse-form.ts";

const NUMBER: ValueShape = { kind: "scalar", types: ["integer"] };
const CARD: ValueShape = { kind: "object", properties: { number: TEXT, month: NUMBER }, additional: TEXT };
const SHAPE: ValueShape = {
	kind: "object",
	properties: {
		name: TEXT,
		tags: { kind: "array", items: TEXT },
		card: CARD,
		items: { kind: "array", items: CARD },
		owner: { kind: "scalar", types: ["string"], inner: CARD },
		marks: { kind: "scalar", types: ["string"], inner: { kind: "array", items: NUMBER } },
	},
	additional: TEXT,
};

test.each<[string, Json]>([
	["name=a&name=b", { name: "a" }],
	["tags=a&tags=b", { tags: ["a", "b"] }],
	["tags[]=a&tags[]=b", { tags: ["a", "b"] }],
	["tags[0]=a&tags[1]=b", { tags: ["a", "b"] }],
	["card[number]=4242&card[month]=7", { card: { number: "4242", month: 7 } }],
	["card%5Bmonth%5D=7", { card: { month: 7 } }],
	["items[0][month]=1&items[1][month]=2", { items: [{ month: 1 }, { month: 2 }] }],
	['card={"month":7}', { card: { month: 7 } }],
	["owner[month]=7", { owner: { month: 7 } }],
	["owner=", { owner: "" }],
	["marks=7&marks=8", { marks: [7, 8] }],
	["marks=7", { marks: "7" }],
	["name[x]=a", { "name[x]": "a" }],
	["other[x]=a", { other: { x: "a" } }],
	["card[month]=7&card=x", { card: { month: 7 } }],
	["__proto__[x]=1&constructor=2", JSON.parse('{"__proto__":{"x":"1"},"constructor":"2"}')],
])("%s", (text, value) => {
	expect(parseForm(text, SHAPE)).toEqual(value);
});
