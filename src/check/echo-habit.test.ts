import { describe, expect, test } from "vitest";
import { type Echo, habitOf, nameDeviation } from "./echo-habit.ts";

const echo = (sent: Echo["sent"], read: Echo["read"]): Echo => ({ sent, read });

describe("a harmless habit", () => {
	test.each<[string | undefined, readonly Echo[]]>([
		["trim", [echo(" a ", "a"), echo("b", "b")]],
		["lower-case", [echo("A@x.test", "a@x.test"), echo("b", "b")]],
		["upper-case", [echo("ab", "AB")]],
		["unicode-nfc", [echo("e\u0301", "\u00e9")]],
		["number", [echo("12", 12), echo("1.50", 1.5)]],
		["number", [echo(12, "12")]],
		["date", [echo("2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05Z")]],
		["date", [echo("2026-01-02", "2026-01-02T00:00:00.000Z")]],
		["sorted", [echo(["b", "a"], ["a", "b"]), echo([2, 1], [1, 2])]],
		["default-filled", [echo({ a: 1 }, { a: 1, b: 0 })]],
		["default-filled", [echo([{ a: 1 }], [{ a: 1, b: { c: 2 } }])]],
	])("%s explains what came back", (habit, echoes) => {
		expect(habitOf(echoes)).toBe(habit);
	});

	test.each<[string, readonly Echo[]]>([
		["a text that is cut", [echo("abcdef", "abc")]],
		["a text that is another", [echo("abc", "xyz")]],
		["a value that is lost", [echo("abc", undefined)]],
		["a list that lost one", [echo(["a", "b"], ["a"])]],
		["an object that lost a member", [echo({ a: 1, b: 2 }, { a: 1 })]],
		["an object with another value", [echo({ a: 1 }, { a: 2, b: 3 })]],
		["a habit of one echo only", [echo("AB", "ab"), echo("CD", "xy")]],
	])("is not %s", (_, echoes) => {
		expect(habitOf(echoes)).toBeUndefined();
	});
});

describe("a deviation is named", () => {
	test.each<[string, Parameters<typeof nameDeviation>[0]]>([
		["not stored", { sent: "a", read: undefined }],
		["not stored", { sent: "a", read: null }],
		["not stored", { sent: ["a"], read: [] }],
		["unchanged from before", { sent: "b", read: "a", before: "a" }],
		["masked", { sent: "secret-key", read: "****-key" }],
		["masked", { sent: "secret-key", read: "sec…………" }],
		["shortened", { sent: "abcdef", read: "abc" }],
		["shortened", { sent: ["a", "b"], read: ["b"] }],
		["added to", { sent: ["b"], read: ["a", "b"], before: ["a"] }],
		["changed", { sent: 1, read: 2 }],
		["changed", { sent: ["a"], read: ["b"] }],
	])("%s", (name, deviation) => {
		expect(nameDeviation(deviation)).toBe(name);
	});
});
