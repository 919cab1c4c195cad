import { expect, test } from "vitest";
import { innerOf, withInner, wrappers } from "./inner-body.ts";

test("an item is found and changed inside what wraps it", () => {
	const body = { data: { "a/b": { name: "x" }, kept: 1 } };
	expect(wrappers("/data/a~1b")).toEqual(["data", "a/b"]);
	expect(innerOf(body, "/data/a~1b")).toEqual({ name: "x" });
	expect(withInner(body, "/data/a~1b", () => ({ name: "y" }))).toEqual({ data: { "a/b": { name: "y" }, kept: 1 } });
});

test("where nothing is wrapped the body is the item, and what is not there stays so", () => {
	expect(withInner({ name: "x" }, undefined, () => ({ name: "y" }))).toEqual({ name: "y" });
	expect(withInner({ other: 1 }, "/data", () => ({ name: "y" }))).toEqual({ other: 1 });
	expect(innerOf("text", "/data")).toBeUndefined();
});
