import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extendPointer, parsePointer } from "../schema/reference.ts";
import { outlineForgivingly } from "./forgiving-yaml.ts";
import { createJsonLocator } from "./json-position.ts";
import { createOutlineLocator } from "./outline.ts";
import { linePlace } from "./position.ts";
import { outlineYaml } from "./yaml-outline.ts";

const TOKENS = fc.array(fc.oneof(fc.string(), fc.constantFrom("~", "/", "~1", "~0", "", "__proto__", "0")));

describe("a JSON Pointer", () => {
	it("comes back as the tokens that it was made of", () => {
		fc.assert(
			fc.property(TOKENS, (tokens) => {
				expect(parsePointer(extendPointer("", tokens))).toEqual(tokens);
			}),
		);
	});
});

describe("the place of an offset", () => {
	it.each([
		[0, 1, 1],
		[3, 1, 4],
		[4, 2, 1],
		[5, 2, 2],
		[6, 3, 1],
	])("%i is %i:%i", (offset, line, column) => {
		expect(linePlace("a", "abc\nd\ne", offset)).toEqual({ file: "a", line, column });
	});
});

/** Every value inside with the tokens that lead to it. */
function walk(
	value: unknown,
	tokens: readonly string[] = [],
): readonly { tokens: readonly string[]; value: unknown }[] {
	const children = typeof value === "object" && value !== null ? Object.entries(value) : [];
	return [{ tokens, value }, ...children.flatMap(([key, item]) => walk(item, [...tokens, key]))];
}

describe("in JSON", () => {
	const document = fc.tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2, "\t"));

	it("every value is found where it is written", () => {
		fc.assert(
			fc.property(document, ([value, indent]) => {
				const text = JSON.stringify(value, undefined, indent);
				const locate = createJsonLocator(text);
				for (const { tokens, value: part } of walk(JSON.parse(text))) {
					const shown = JSON.stringify(part);
					const found = text.slice(locate(tokens, "value"));
					expect(found.replaceAll(/\s/g, "").startsWith(shown.replaceAll(/\s/g, ""))).toBe(true);
				}
			}),
		);
	});

	it("every key is found where it is written", () => {
		const text = '{ "a": [1, { "b\\"": "x", "c": {} }], "d" : null }';
		const locate = createJsonLocator(text);
		const at = (...tokens: string[]) => text.slice(locate(tokens, undefined)).slice(0, 4);
		expect([at("a"), at("a", "1"), at("a", "1", 'b"'), at("a", "1", "c"), at("d"), at("d", "e")]).toEqual([
			'"a":',
			'{ "b',
			'"x",',
			'"c":',
			"null",
			'"d" ',
		]);
	});
});

describe("in YAML", () => {
	const text = `base: &base
  a: 1
  b: { c: "2" }
list:
  - x
  - y: z
use:
  <<: *base
  d: 3
alias: *base
200: |
  ok
"q": 'r'
nothing:
`;
	it.each([
		[["base", "b"], 3, 3],
		[["base", "b", "c"], 3, 11],
		[["list"], 4, 1],
		[["list", "1", "y"], 6, 8],
		[["use", "b", "c"], 3, 11],
		[["use", "d"], 9, 6],
		[["alias", "a"], 2, 6],
		[["alias"], 10, 1],
		[["200"], 11, 1],
		[["q"], 13, 6],
		[["missing"], 1, 1],
	])("%j stands in %i:%i, whichever parser reads it", (tokens, line, column) => {
		for (const outline of [outlineYaml(text), outlineForgivingly(text)]) {
			const offset = createOutlineLocator(() => outline)(tokens, undefined);
			expect(linePlace("a", text, offset)).toEqual({ file: "a", line, column });
		}
	});
});
