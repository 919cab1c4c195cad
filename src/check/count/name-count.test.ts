import { expect, test } from "vitest";
import { nameCount } from "./name-count.ts";

const used = { reads: 3, writes: 1, refused: 5, others: 9 };

test.each([
	["accepted", 4, undefined],
	["all", 9, undefined],
	["accepted", 9, "counts refused calls as well"],
	["all", 4, "counts no refused calls"],
	["accepted", 1, "counts no reads"],
	["accepted", 3, "counts no writes"],
	["accepted", 0, "counts nothing"],
	["accepted", 40, "counts the calls of everybody"],
	["accepted", 7, "counts otherwise"],
] as const)("where %s calls are to be counted, %i is told as %s", (calls, sum, name) => {
	expect(nameCount(calls, used, sum)).toBe(name);
});
