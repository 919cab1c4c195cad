import { expect, test } from "vitest";
import { normalOf, shapeOf } from "./path-shape.ts";

test.each<[string, string, readonly string[]]>([
	["/apps/{id}.json", "/apps/{}", []],
	["/apps/{id}#policy", "/apps/{}/policy", ["policy"]],
	["/apps/{id}#id", "/apps/{}", []],
	["/apps#archived", "/apps/archived", []],
	["/apps('{name}')", "/apps/{}", []],
	["/apps/{id}:stop", "/apps/{id}:stop", []],
])("%s has the shape %s with the query %j", (path, normal, asked) => {
	expect(normalOf(shapeOf(path, asked).segments)).toBe(normal);
});
