import { array, assert, constantFrom, dictionary, integer, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Parameter } from "../contract/contract.ts";
import type { Json } from "./exchange.ts";
import { type ParameterForm, TEXT, type ValueShape } from "./parameter.ts";
import { type ParameterSources, parseParameter } from "./parse-parameter.ts";
import { serializeParameter } from "./serialize-parameter.ts";

const form = (parts: Partial<ParameterForm>): ParameterForm => ({
	name: "color",
	in: "query",
	style: "form",
	explode: false,
	allowReserved: false,
	...parts,
});

test("a parameter of the contract is a parameter form", () => {
	const accept = (parameter: Pick<Parameter, keyof ParameterForm>): ParameterForm => parameter;
	expect(accept(form({}))).toEqual(form({}));
});

// The table of OpenAPI 3.1.1, 4.8.12.4 (style examples), row by row.
const ARRAY = ["blue", "black", "brown"];
const OBJECT = { R: 100, G: 200, B: 150 };
test.each([
	["path", "matrix", false, "", ";color"],
	["path", "matrix", false, "blue", ";color=blue"],
	["path", "matrix", false, ARRAY, ";color=blue,black,brown"],
	["path", "matrix", false, OBJECT, ";color=R,100,G,200,B,150"],
	["path", "matrix", true, ARRAY, ";color=blue;color=black;color=brown"],
	["path", "matrix", true, OBJECT, ";R=100;G=200;B=150"],
	["path", "label", false, "", "."],
	["path", "label", false, "blue", ".blue"],
	["path", "label", false, ARRAY, ".blue,black,brown"],
	["path", "label", true, ARRAY, ".blue.black.brown"],
	["path", "label", true, OBJECT, ".R=100.G=200.B=150"],
	["path", "simple", false, ARRAY, "blue,black,brown"],
	["path", "simple", false, OBJECT, "R,100,G,200,B,150"],
	["path", "simple", true, OBJECT, "R=100,G=200,B=150"],
	["query", "form", false, "", "color="],
	["query", "form", false, ARRAY, "color=blue,black,brown"],
	["query", "form", false, OBJECT, "color=R,100,G,200,B,150"],
	["query", "form", true, ARRAY, "color=blue&color=black&color=brown"],
	["query", "form", true, OBJECT, "R=100&G=200&B=150"],
	["query", "spaceDelimited", false, ARRAY, "color=blue%20black%20brown"],
	["query", "spaceDelimited", false, OBJECT, "color=R%20100%20G%20200%20B%20150"],
	["query", "pipeDelimited", false, ARRAY, "color=blue%7Cblack%7Cbrown"],
	["query", "deepObject", true, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
	["header", "simple", false, ARRAY, "blue,black,brown"],
	["cookie", "form", true, ARRAY, "color=blue; color=black; color=brown"],
	["cookie", "cookie", true, "a b", "color=a b"],
	["query", "form", true, [], undefined],
	["query", "form", true, null, undefined],
] as const)("%s %s explode %s writes %j as %s", (place, style, explode, value, text) => {
	expect(serializeParameter(form({ in: place, style, explode }), value as Json)).toBe(text);
});

describe("escaping", () => {
	test.each([
		["path", false, "a/b ?#%ü'", "a%2Fb%20%3F%23%25%C3%BC%27"],
		["query", true, "a/b ?#&+=[]:@%,", "color=a/b%20?%23%26%2B=%5B%5D:@%25,"],
		["header", false, "a/b ü", "a/b ü"],
	] as const)("in a %s, reserved characters allowed: %s", (place, allowReserved, value, text) => {
		const style = place === "query" ? "form" : "simple";
		expect(serializeParameter(form({ in: place, style, allowReserved }), value)).toBe(text);
	});

	test("a comma inside an item of a list stays encoded", () => {
		expect(serializeParameter(form({ allowReserved: true }), ["a,b", "c"])).toBe("color=a%2Cb,c");
	});

	test("a lone surrogate is refused", () => {
		expect(() => serializeParameter(form({}), "\ud800")).toThrow(/lone surrogate/);
	});
});

test.each([
	["query", "application/json", { a: ["ü"] }, "color=%7B%22a%22%3A%5B%22%C3%BC%22%5D%7D"],
	["header", "application/json", { a: "ü" }, '{"a":"\\u00fc"}'],
	["querystring", "application/x-www-form-urlencoded", { a: [1, 2], b: "x y" }, "a=1&a=2&b=x%20y"],
] as const)("a %s with content %s writes %j", (place, mediaType, value, text) => {
	expect(serializeParameter(form({ in: place, mediaType }), value)).toBe(text);
});

const INTEGERS: ValueShape = { kind: "array", items: { kind: "scalar", types: ["integer"] } };
const POINT: ValueShape = {
	kind: "object",
	properties: { x: { kind: "scalar", types: ["integer"] }, tags: { kind: "array", items: TEXT } },
	additional: TEXT,
};

describe("reading", () => {
	test.each([
		["a number where one is asked for", form({}), INTEGERS, { query: "color=1,2" }, [1, 2]],
		["text where the number is broken", form({}), INTEGERS, { query: "color=1,x" }, [1, "x"]],
		["a plus as a space", form({}), TEXT, { query: "color=a+b%2B" }, "a b+"],
		["the same value that is given twice", form({}), TEXT, { query: "color=a&color=a" }, "a"],
		["its properties out of a query", form({ explode: true }), POINT, { query: "x=1&other=2" }, { x: 1 }],
		[
			"a nested object",
			form({ style: "deepObject" }),
			POINT,
			{ query: "color[x]=1&color[tags]=a" },
			{ x: 1, tags: ["a"] },
		],
		["a cookie", form({ in: "cookie" }), TEXT, { headers: { cookie: "a=1; color=red" } }, "red"],
		[
			"a header",
			form({ in: "header", name: "X-Color", style: "simple" }),
			INTEGERS,
			{ headers: { "x-color": "1, 2" } },
			[1, 2],
		],
		["a label", form({ in: "path", style: "label" }), TEXT, { path: { color: ".red" } }, "red"],
		["content", form({ mediaType: "application/json" }), POINT, { query: "color=%7B%7D" }, {}],
	] as const)("finds %s", (_, parameter, shape, sources, value) => {
		expect(parseParameter(parameter, shape, sources as ParameterSources)).toEqual({ kind: "value", value });
	});

	test.each([
		[form({}), TEXT, { query: "color=%zz" }, /percent-encoded/],
		[form({}), TEXT, { query: "color=a&color=b" }, /given more than once/],
		[form({}), POINT, { query: "color=x,1,tags" }, /name without a value/],
		[form({ in: "path", style: "label" }), TEXT, { path: { color: "red" } }, /does not begin with/],
		[form({ mediaType: "application/json" }), TEXT, { query: "color={" }, /is not JSON/],
		[form({ style: "deepObject" }), POINT, { query: `color${"[a]".repeat(99)}=1` }, /nested deeper than 20/],
	] as const)("says why %# is malformed", (parameter, shape, sources, message) => {
		const parsed = parseParameter(parameter, shape, sources);
		expect(parsed.kind === "malformed" && parsed.message).toMatch(message);
	});

	test("what is not there is absent", () => {
		expect(parseParameter(form({}), TEXT, { query: "colour=1" })).toEqual({ kind: "absent" });
	});

	test("a hostile name reaches no prototype", () => {
		const parsed = parseParameter(form({ style: "deepObject" }), POINT, { query: "color[__proto__][x]=1" });
		expect(({} as { x?: unknown }).x).toBeUndefined();
		expect(parsed.kind).toBe("value");
	});
});

describe("what is written can be read back", () => {
	const word = string({ minLength: 1, unit: "grapheme" }).filter((text) => text.isWellFormed());
	// These styles cannot carry their own delimiter inside an item: OpenAPI 3.1.1, appendix E.
	const plain = constantFrom("red", "blue", "ü", "a-b");
	const values = (style: string) => {
		const item = ["label", "spaceDelimited", "pipeDelimited"].includes(style) ? plain : word;
		const list = array(item, { minLength: 1 });
		const record = dictionary(oneof(plain), integer(), { minKeys: 1 });
		return style === "deepObject" ? record : oneof(item, list, record);
	};
	const shapeOf = (value: Json): ValueShape => {
		if (typeof value === "string") return TEXT;
		if (Array.isArray(value)) return { kind: "array", items: TEXT };
		const integers: ValueShape = { kind: "scalar", types: ["integer"] };
		const properties = Object.fromEntries(Object.keys(value as object).map((name) => [name, integers]));
		return { kind: "object", properties, additional: TEXT };
	};

	test.each([
		["path", "simple"],
		["path", "label"],
		["path", "matrix"],
		["query", "form"],
		["query", "spaceDelimited"],
		["query", "pipeDelimited"],
		["query", "deepObject"],
		["cookie", "form"],
	] as const)("in a %s of style %s", (place, style) => {
		void assert(
			property(values(style), constantFrom(true, false), constantFrom(true, false), (value, explode, allowReserved) => {
				const parameter = form({ in: place, style, explode, allowReserved });
				const text = serializeParameter(parameter, value) ?? "";
				const sources = { path: { color: text }, query: text, headers: { cookie: text } };
				expect(parseParameter(parameter, shapeOf(value), sources)).toEqual({ kind: "value", value });
			}),
			{ numRuns: 60, seed: 1 },
		);
	});
});
