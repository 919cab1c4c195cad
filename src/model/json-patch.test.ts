import fc from "fast-check";
import { applyPatch, type Operation } from "rfc6902";
import { describe, expect, test } from "vitest";
import { type Applying, patchedBy, touchedBy } from "./json-patch.ts";
import { serverValue, type Value } from "./value.ts";

const ITEM: Value = { name: "a", tags: ["x", "y"], at: { city: "Rome", zip: "1" }, "a/b": 1 };
const SECRET = serverValue("default", "item.note");

const tried = (patch: Value, applying: Applying = {}, item: Value = ITEM): unknown => {
	const patched = patchedBy(item, patch, applying);
	if (patched.kind === "failed") return `operation ${patched.at}: ${patched.why}`;
	return patched.kind === "unknown" ? "unknown" : patched.document;
};

describe("a patch is applied as RFC 6902 says", () => {
	test.each<[string, Value, unknown]>([
		["add sets a member", [{ op: "add", path: "/size", value: 1 }], { ...ITEM, size: 1 }],
		["add inserts an element", [{ op: "add", path: "/tags/1", value: "z" }], { ...ITEM, tags: ["x", "z", "y"] }],
		["add appends", [{ op: "add", path: "/tags/-", value: "z" }], { ...ITEM, tags: ["x", "y", "z"] }],
		["add takes the place of all", [{ op: "add", path: "", value: { name: "b" } }], { name: "b" }],
		["remove takes an element out", [{ op: "remove", path: "/tags/0" }], { ...ITEM, tags: ["y"] }],
		[
			"replace sets a member inside",
			[{ op: "replace", path: "/at/zip", value: "2" }],
			{ ...ITEM, at: { city: "Rome", zip: "2" } },
		],
		["a name is unescaped", [{ op: "replace", path: "/a~1b", value: 2 }], { ...ITEM, "a/b": 2 }],
		["move", [{ op: "move", from: "/tags/0", path: "/tags/1" }], { ...ITEM, tags: ["y", "x"] }],
		["copy", [{ op: "copy", from: "/at/zip", path: "/name" }], { ...ITEM, name: "1" }],
		["test holds whatever the order of names", [{ op: "test", path: "/at", value: { zip: "1", city: "Rome" } }], ITEM],
		["a test that fails", [{ op: "test", path: "/name", value: "b" }], "operation 0: /name holds something else"],
		["nothing to replace", [{ op: "replace", path: "/size", value: 1 }], "operation 0: nothing stands at /size"],
		[
			"nothing to remove",
			[
				{ op: "add", path: "/size", value: 1 },
				{ op: "remove", path: "/tags/2" },
			],
			"operation 1: there is no element 2",
		],
		["beyond the end", [{ op: "add", path: "/tags/3", value: 1 }], "operation 0: there is no element 3"],
		["a zero in front", [{ op: "remove", path: "/tags/01" }], "operation 0: there is no element 01"],
		["a member of a text", [{ op: "add", path: "/name/x", value: 1 }], "operation 0: x is a member of nothing"],
		["into itself", [{ op: "move", from: "/at", path: "/at/x" }], "operation 0: nothing can be moved into itself"],
		["no pointer", [{ op: "remove", path: "name" }], 'operation 0: "path" is no JSON Pointer'],
		["no value", [{ op: "add", path: "/name" }], 'operation 0: "add" needs a value'],
		["no operation", [{ op: "swap", path: "/name" }], 'operation 0: no operation is called "swap"'],
		[
			"a name that every object inherits",
			[{ op: "remove", path: "/constructor" }],
			"operation 0: nothing stands at /constructor",
		],
		[
			"the name of a prototype is a name",
			[{ op: "add", path: "/__proto__", value: 1 }],
			JSON.parse('{"name":"a","tags":["x","y"],"at":{"city":"Rome","zip":"1"},"a/b":1,"__proto__":1}'),
		],
	])("%s", (_, patch, expected) => {
		expect(tried(patch)).toEqual(expected);
	});

	test("what only the server knows decides nothing, but may be overwritten", () => {
		const item = { note: SECRET };
		expect(tried([{ op: "remove", path: "/note" }], {}, item)).toBe("unknown");
		expect(tried([{ op: "test", path: "/note", value: "a" }], {}, item)).toBe("unknown");
		expect(tried([{ op: "add", path: "/note", value: "a" }], {}, item)).toEqual({ note: "a" });
	});
});

describe("a mistake", () => {
	const into: Value = [{ op: "add", path: "/tags/0", value: "z" }];
	test.each<[Applying, Value, unknown]>([
		[{ way: "add-replaces-element" }, into, { ...ITEM, tags: ["z", "y"] }],
		[{ way: "add-replaces-list" }, into, { ...ITEM, tags: ["z"] }],
		[{ way: "add-appends" }, into, { ...ITEM, tags: ["x", "y", "z"] }],
		[{ way: "keep-removed" }, [{ op: "remove", path: "/name" }], ITEM],
		[
			{ way: "merge" },
			[{ op: "replace", path: "/at", value: { zip: "2" } }],
			{ ...ITEM, at: { city: "Rome", zip: "2" } },
		],
		[
			{ way: "first-only" },
			[...(into as readonly Value[]), { op: "remove", path: "/name" }],
			{ ...ITEM, tags: ["z", "x", "y"] },
		],
		[{ tests: false }, [{ op: "test", path: "/name", value: "b" }], ITEM],
		[
			{ skips: true },
			[
				{ op: "remove", path: "/size" },
				{ op: "remove", path: "/name" },
			],
			{ tags: ["x", "y"], at: { city: "Rome", zip: "1" }, "a/b": 1 },
		],
	])("%j", (applying, patch, expected) => {
		expect(tried(patch, applying)).toEqual(expected);
	});
});

test("what a patch may change is told without applying it", () => {
	const patch = [
		{ op: "move", from: "/at/zip", path: "/name" },
		{ op: "test", path: "/tags", value: [] },
	];
	expect([...touchedBy(patch)]).toEqual(["name", "at"]);
});

const token = fc.constantFrom("a", "b", "0", "1", "-");
const path = fc.array(token, { minLength: 1, maxLength: 3 }).map((tokens) => `/${tokens.join("/")}`);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 2 },
		fc.integer({ min: 0, max: 2 }),
		fc.array(tie("value"), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { noNullPrototype: true }),
	),
}));
const operation = fc.oneof(
	fc.record({ op: fc.constantFrom("add", "replace", "test"), path, value }),
	fc.record({ op: fc.constant("remove"), path }),
	fc.record({ op: fc.constantFrom("move", "copy"), path, from: path }),
);

test("another implementation agrees", () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.constantFrom("a", "b"), value, { noNullPrototype: true }),
			fc.array(operation, { minLength: 1, maxLength: 4 }),
			(item, patch) => {
				const before = structuredClone(item);
				const ours = patchedBy(item, patch as Value);
				expect(item).toEqual(before);
				// It takes a name, or a place beyond the end, for that of an element (RFC 6901, section 4, does not).
				if (ours.kind === "failed" && /no element|a member of nothing/.test(ours.why)) return;
				const theirs = structuredClone(item);
				// It goes on after a failure.
				const looked = ours.kind === "failed" ? patch.slice(0, ours.at + 1) : patch;
				const results = applyPatch(theirs, structuredClone(looked) as Operation[]);
				const at = results.findIndex((error) => error !== null);
				if (ours.kind === "done") expect([at, theirs]).toEqual([-1, ours.document]);
				else expect(ours).toMatchObject({ kind: "failed", at });
			},
		),
		{ numRuns: 2_000 },
	);
});
