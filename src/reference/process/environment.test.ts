import { describe, expect, test } from "vitest";
import { readEnvironment } from "./environment.ts";

const BOUNDS = { min: 1, max: 10 };

describe("environment variables", () => {
	test.each([
		["true", true],
		["1", true],
		["TRUE", true],
		["false", false],
		["0", false],
		["", false],
		[undefined, false],
	])("the flag %j is %j", (value, expected) => {
		expect(readEnvironment({ FLAG: value }).flag("FLAG")).toBe(expected);
	});

	test.each([
		["1", 1],
		["10", 10],
		["", undefined],
		[undefined, undefined],
	])("the number %j is %j", (value, expected) => {
		expect(readEnvironment({ NUMBER: value }).integer("NUMBER", BOUNDS)).toBe(expected);
	});

	test("lists are split at commas", () => {
		expect(readEnvironment({ LIST: "a, b,,c" }).list("LIST")).toEqual(["a", "b", "c"]);
	});

	test("every problem is gathered", () => {
		const environment = readEnvironment({ A: "yes", B: "0", C: "1.5", D: "red" });
		environment.flag("A");
		environment.integer("B", BOUNDS);
		environment.integer("C", BOUNDS);
		environment.choice("D", ["green", "blue"]);
		expect(environment.problems).toEqual([
			'A is "yes": expected true or false',
			'B is "0": expected a whole number from 1 to 10',
			'C is "1.5": expected a whole number from 1 to 10',
			'D is "red": expected green or blue',
		]);
	});
});
