import { expect, it } from "vitest";
import { decodePercent, extendPointer, parsePointer, resolveFile, splitReference, valueAt } from "./reference.ts";

it.each([
	["a.yaml#/x", { file: "a.yaml", fragment: "/x" }],
	["#", { file: "", fragment: "" }],
	["a.yaml", { file: "a.yaml", fragment: undefined }],
	["a.yaml#/paths/~1x#y", { file: "a.yaml", fragment: "/paths/~1x#y" }],
])("%s is cut at its first #", (reference, parts) => {
	expect(splitReference(reference)).toEqual(parts);
});

it.each([
	["", []],
	["/", [""]],
	["/a~1b/~0/~01", ["a/b", "~", "~1"]],
])("the pointer %j has the tokens %j, and back", (pointer, tokens) => {
	expect(parsePointer(pointer)).toEqual(tokens);
	expect(extendPointer("", tokens)).toBe(pointer);
});

it.each([
	["spec/a.yaml", "b.yaml", "spec/b.yaml"],
	["spec/a.yaml", "../b.yaml", "b.yaml"],
	["spec/a.yaml", "./sub/b.yaml", "spec/sub/b.yaml"],
	["spec/a.yaml", "/etc/b.yaml", "/etc/b.yaml"],
	["spec/a.yaml", "", "spec/a.yaml"],
	["spec/a.yaml", "https://example.com/b", "https://example.com/b"],
	["https://example.com/x/a", "../b", "https://example.com/b"],
	["urn:example:a", "urn:example:b", "urn:example:b"],
	["urn:example:a", "b", "b"],
])("from %s, %s is %s", (base, reference, file) => {
	expect(resolveFile(base, reference)).toBe(file);
});

it.each([
	["/a/0/b", 1],
	["/a/1", undefined],
	["/constructor", undefined],
	["", { a: [{ b: 1 }] }],
])("at %j stands %j", (pointer, value) => {
	expect(valueAt({ a: [{ b: 1 }] }, parsePointer(pointer))).toEqual(value);
});

it.each([
	["%20", " "],
	["%", "%"],
	["%zz", "%zz"],
	["plain", "plain"],
])("%s decodes to %j", (text, decoded) => {
	expect(decodePercent(text)).toBe(decoded);
});
