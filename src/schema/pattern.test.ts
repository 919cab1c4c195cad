import { describe, expect, it } from "vitest";
import { createPattern } from "./pattern.ts";
import { riskOf } from "./pattern-risk.ts";

const kind = (source: string) =>
	riskOf(createPattern(source).syntax as NonNullable<ReturnType<typeof createPattern>["syntax"]>).kind;

describe("the risk of a pattern", () => {
	it.each([
		"(a+)+$",
		"(a|a)*b",
		"(a|ab|b)*c",
		"(.*)*x",
		"([a-z]+\\d*)+$",
		"(a?b?)*c",
		"(\\w+\\s?)*!",
		"(a)\\1+",
		"(?=(a+)+b)a",
		"^(([a-z])+.)+[A-Z]([a-z])+$",
	])("is exponential in %s", (source) => {
		expect(kind(source)).toBe("exponential");
	});

	it.each([
		"^[a-z0-9]+(-[a-z0-9]+)*$",
		"^\\d{4}-\\d{2}$",
		"^(a|b)*c$",
		"^[^@]+@[^@]+\\.[a-z]+$",
		"^(\\d+\\.)*\\d+$",
		"^(?=.*\\d)(?!x).{8,}$",
		"a*a*b",
	])("is polynomial in %s", (source) => {
		expect(kind(source)).toBe("polynomial");
	});
});

it.each([
	["^a", "ab", true],
	["^a$", "ab", false],
	["^\\-$", "-", true],
	["^\\p{L}+$", "é", true],
	["(", "anything", true],
	["^[\\w-.]+$", "a-b", true],
	["^.$", "😀", true],
	["/^a+$/i", "aa", true],
	["/a/", "a", false],
])("%s on %s: %s", (source, text, matches) => {
	expect(createPattern(source).test(text)).toBe(matches);
});

it("says what is wrong with an invalid pattern", () => {
	expect(createPattern("(").problem).toContain('the pattern "(" is no regular expression');
});

it.each(["^(a+)+$", "^(a|a)*$", "^a*a*a*a*a*a*a*a*a*$", "(x+x+)+y", "^(?:a?){60}a{60}$"])(
	"%s cannot hang",
	(source) => {
		const start = performance.now();
		const pattern = createPattern(source);
		for (let i = 0; i < 50; i++) pattern.test(`${"a".repeat(50_000)}!${"x".repeat(50)}`);
		expect(performance.now() - start).toBeLessThan(3_000);
	},
);

it("decides what is quick in spite of its risk", () => {
	expect(createPattern("^(a+)+$").test("aaab")).toBe(false);
	expect(createPattern("^(a+)+$").test("a".repeat(200))).toBe(true);
});
