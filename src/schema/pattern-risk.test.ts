import { RegExpParser } from "@eslint-community/regexpp";
import { expect, test } from "vitest";
import { riskOf } from "./pattern-risk.ts";

test.each([
	["^[a-z0-9]+(-[a-z0-9]+)*$", 1],
	["^(\\w+\\.)*\\w+$", 1],
	["^a+b+c+$", 1],
	["^a+a+$", 2],
	["^[a-z]+[a-z0-9]*$", 2],
	["^(a+)+$", undefined],
])("%s costs the length to the power of one more than %s loops", (source, loops) => {
	const pattern = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode: true });
	const expected = loops === undefined ? { kind: "exponential" } : { kind: "polynomial", loops };
	expect(riskOf(pattern)).toEqual(expected);
});
