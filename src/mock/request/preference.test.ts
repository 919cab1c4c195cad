import { expect, test } from "vitest";
import { readPreference } from "./preference.ts";

test.each([
	["code=404", "", { code: 404, applied: "code=404" }],
	[
		'respond-async, wait=10; x=1, Code="404"; y, example="a, \\"b\\""',
		"",
		{ code: 404, example: 'a, "b"', applied: 'code=404, example="a, \\"b\\""' },
	],
	["code=404, code=500", "", { code: 404, applied: "code=404" }],
	["dynamic=true, delay=1.5s", "", { dynamic: true, delayMs: 1500, applied: "dynamic=true, delay=1.5s" }],
	["delay=20", "", { delayMs: 20, applied: "delay=20" }],
	[undefined, "a=1&__code=404&__example=%20x", { code: 404, example: " x", applied: 'code=404, example=" x"' }],
	["code=500", "__code=404", { code: 500, applied: "code=500" }],
	["example=é", "", { example: "é", applied: 'example="?"' }],
	["code=abc, code=999, dynamic=false, delay=soon, return=minimal", "__proto__=1", undefined],
	['=,;"', "", undefined],
	["", "", undefined],
])("Prefer: %s, ?%s", (header, query, preference) => {
	expect(readPreference(header, query)).toEqual(preference);
});
