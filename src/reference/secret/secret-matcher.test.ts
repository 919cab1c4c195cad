import { expect, test } from "vitest";
import { secretMatcher } from "./secret-matcher.ts";

test.each([
	["correct-horse", true],
	["correct-hors", false],
	["correct-horse ", false],
	["Correct-horse", false],
	["", false],
])("%j matches the secret: %j", (given, expected) => {
	expect(secretMatcher("correct-horse")(given)).toBe(expected);
});
