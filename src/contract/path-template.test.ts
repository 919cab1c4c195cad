import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTemplates, type PathTemplate, parsePathTemplate, templateParameters } from "./path-template.ts";

/** Shows a template in one line: parameters in angle brackets, segments between slashes. */
function show({ segments, query, fragment }: PathTemplate): string {
	const text = (parts: PathTemplate["segments"][number]) =>
		parts.map((part) => (part.kind === "literal" ? part.text : `<${part.name}>`)).join("");
	const constants = query.map(({ name, value }) => ` ${name}=${text(value)}`).join("");
	return segments.map((segment) => `/${text(segment)}`).join("") + constants + (fragment ?? "");
}

describe("a path key", () => {
	it.each([
		["/", "/"],
		["/a/{id}", "/a/<id>"],
		["/a/", "/a/"],
		["a/{id}", "/a/<id>"],
		["/a/{id}.json", "/a/<id>.json"],
		["/a/{id}:cancel", "/a/<id>:cancel"],
		["/a('{name}')/{x}-{y}", "/a('<name>')/<x>-<y>"],
		["/a?b=c&d={e}&f", "/a b=c d=<e> f="],
		["/a#get", "/aget"],
		["/a?b=1#x", "/a b=1x"],
		["/a/{b/c}/{d?e}", "/a/<b/c>/<d?e>"],
		["/a/{b", "/a/{b"],
		["/a/b}/{}", "/a/b}/{}"],
	])("%s is %s", (path, shown) => {
		expect(show(parsePathTemplate(path))).toBe(shown);
	});

	it("names each of its parameters once", () => {
		expect(templateParameters(parsePathTemplate("/{a}/{b}-{a}?c={d}"))).toEqual(["a", "b", "d"]);
	});
});

describe("templates in order", () => {
	it.each([
		[
			["/pets/{id}", "/pets/mine"],
			["/pets/mine", "/pets/{id}"],
		],
		[
			["/{a}/b", "/a/{b}"],
			["/a/{b}", "/{a}/b"],
		],
		[
			["/x/{id}", "/x/{id}.json", "/x/{id}.json.gz"],
			["/x/{id}.json.gz", "/x/{id}.json", "/x/{id}"],
		],
		[
			["/x", "/x?a=1", "/x?a=1&b=2"],
			["/x?a=1&b=2", "/x?a=1", "/x"],
		],
	])("%j", (given, ordered) => {
		expect(given.toSorted(compareTemplates)).toEqual(ordered);
	});

	it("do not depend on the order in which they are declared", () => {
		const piece = fc.constantFrom("a", "bc", "{x}", "{y}", "-", ".json");
		const path = fc.array(
			fc.array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")),
			{ maxLength: 4 },
		);
		const paths = fc.uniqueArray(
			path.map((segments) => `/${segments.join("/")}`),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(
				paths.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
				([list, shuffled]) => {
					expect(shuffled.toSorted(compareTemplates)).toEqual(list.toSorted(compareTemplates));
				},
			),
		);
	});
});
