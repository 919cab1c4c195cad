import { describe, expect, test } from "vitest";
import { isDeeperThan } from "./depth.ts";

describe("isDeeperThan", () => {
	test.each([
		["[[[1]]]", 2, true],
		["[[[1]]]", 3, false],
		['{"a":[{"b":[]}]}', 3, true],
		['["[[[[[["]', 1, false],
		['["\\"[[[[[["]', 1, false],
		["[],[],[],[]", 1, false],
		['"[[[[', 1, false],
	])("%s, limit %i: %s", (text, limit, expected) => {
		expect(isDeeperThan(text, limit)).toBe(expected);
	});
});
