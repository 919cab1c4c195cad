import { expect, test } from "vitest";
import { splitHeads } from "./column.ts";
import { parseLimits } from "./fact/limits.ts";
import { parseDefault, parsePattern, parseValues } from "./fact/phrases.ts";
import { parseTypes } from "./fact/types.ts";
import { parseLabel } from "./label.ts";

test.each([
	["At least 8 characters, max 64 chars.", { minLength: 8, maxLength: 64 }],
	["3–80 characters", { minLength: 3, maxLength: 80 }],
	["Minimum length 3, maximum length 80", { minLength: 3, maxLength: 80 }],
	["≥ 0. Max 10,000.", { minimum: 0, maximum: 10000 }],
	["Between 1 and 365.", { minimum: 1, maximum: 365 }],
	["> 0 and < 10", { exclusiveMinimum: 0, exclusiveMaximum: 10 }],
	["up to 10 items", { maxItems: 10 }],
	["Max 5 MB, 100 per minute, at most 30 days", {}],
	["see RFC 3986-2005; 0 uses the default (100)", {}],
])("bounds in %j", (text, limits) => {
	expect(parseLimits(text)).toEqual(limits);
});

test.each([
	["One of: active, suspended.", ["active", "suspended"]],
	["One of v1.2, v1.3 or none.", ["v1.2", "v1.3", "none"]],
	['"a" | "b"', ["a", "b"]],
	["Use one of a or b. Else all.", undefined],
	["one of the things that people like", undefined],
])("values in %j", (text, values) => {
	expect(parseValues(text, false)?.values).toEqual(values);
});

test.each([
	["Defaults to 20.", "20"],
	["Page size (default 20, max 100).", "20"],
	["0 uses the default (100).", undefined],
	["Default: a,b", undefined],
])("a default in %j", (text, value) => {
	expect(parseDefault(text)).toBe(value);
});

test("a pattern is taken only from end to end", () => {
	expect(parsePattern("Regex ^[a-z]+$.")).toBe("^[a-z]+$");
	expect(parsePattern("begins with ^")).toBeUndefined();
});

test.each([
	["string[]", { types: ["array"], itemTypes: ["string"] }],
	["Array of integers", { types: ["array"], itemTypes: ["integer"] }],
	["uuid", { types: ["string"], format: "uuid" }],
	["string | null", { types: ["string", "null"] }],
	["Address", {}],
])("the type %j", (text, types) => {
	expect(parseTypes(text)).toEqual(types);
});

test.each([
	["Response — 200 OK", { direction: "response", status: "200" }],
	["Query parameters", { place: "query" }],
	["Request body:", { direction: "request", place: "body" }],
	["Request an invitation", undefined],
	["Create a request", undefined],
])("the title %j", (title, label) => {
	expect(parseLabel(title)).toEqual(label);
});

test("heads side by side are taken apart, and prose is not", () => {
	expect(splitHeads("FieldTypeRequiredDescription")).toEqual(["Field", "Type", "Required", "Description"]);
	expect(splitHeads("Fieldwork")).toBeUndefined();
	expect(splitHeads("Status")).toBeUndefined();
});
