import { describe, expect, test } from "vitest";
import { negotiate } from "./negotiate.ts";

const OFFERS = ["text/csv", "application/json", "application/xml"].map((name) => ({ name }));

describe("negotiate", () => {
	test.each([
		[undefined, "application/json"],
		["", "application/json"],
		["*/*", "application/json"],
		["text/csv", "text/csv"],
		["application/xml;q=0.9, text/*;q=0.1", "application/xml"],
		["text/*, application/json;q=0.5", "text/csv"],
		["application/json;q=0, */*", "text/csv"],
		["text/html, */*;q=0.1", "application/json"],
		["image/png", undefined],
		["nonsense", undefined],
		["application/json;q=0", undefined],
	])("%s wants %s", (accept, wanted) => {
		expect(negotiate(OFFERS, accept)?.name).toBe(wanted);
	});

	test("takes a documented range for whatever falls into it", () => {
		expect(negotiate([{ name: "application/*" }], "application/json")?.name).toBe("application/*");
	});

	test("has nothing to offer where nothing is documented", () => {
		expect(negotiate([], undefined)).toBeUndefined();
	});
});
