import { describe, expect, test } from "vitest";
import {
	charsetOf,
	findMediaType,
	isJson,
	isSequential,
	isText,
	matchesMediaType,
	parseMediaType,
} from "./media-type.ts";

test("takes a media type apart without regard to case", () => {
	expect(parseMediaType('Application/Vnd.API+JSON; Charset="UTF-8"')).toEqual({
		type: "application",
		subtype: "vnd.api+json",
		suffix: "json",
		parameters: { charset: "UTF-8" },
	});
});

test.each(["", "json", "application/", "a/b/c", "application/j son"])("refuses %j as a media type", (text) => {
	expect(parseMediaType(text)).toBeUndefined();
});

describe("ranges", () => {
	test.each([
		["application/json", "application/json; charset=utf-8", true],
		["application/json; charset=utf-8", "application/json", true],
		["application/json; charset=utf-8", "application/json; charset=UTF-8", true],
		["text/plain; version=0.0.4", "text/plain; version=1.0.0", false],
		["text/*", "text/plain", true],
		["text/*", "application/json", false],
		["*/*", "image/png", true],
		["application/*+json", "application/problem+json", true],
		["application/*+json", "application/json", false],
		["application/json", "application/problem+json", false],
	])("%s admits %s: %s", (range, actual, admitted) => {
		expect(matchesMediaType(range, actual)).toBe(admitted);
	});

	test("the narrowest range describes a body", () => {
		const ranges = [{ name: "*/*" }, { name: "text/*" }, { name: "text/plain" }];
		expect(findMediaType(ranges, "text/plain")?.name).toBe("text/plain");
		expect(findMediaType(ranges, "text/csv")?.name).toBe("text/*");
		expect(findMediaType(ranges, "image/png")?.name).toBe("*/*");
	});
});

test("knows JSON, text and endless streams by name", () => {
	expect(["application/json", "application/problem+json", "text/plain"].map(isJson)).toEqual([true, true, false]);
	expect(["text/csv", "image/svg+xml", "image/png"].map(isText)).toEqual([true, true, false]);
	expect(["text/event-stream", "application/json"].map(isSequential)).toEqual([true, false]);
	expect(charsetOf("text/plain; charset=ISO-8859-1")).toBe("iso-8859-1");
});
