import fc from "fast-check";
import { expect, test } from "vitest";
import {
	apply,
	type Change,
	containerOf,
	counterPrefix,
	type Entry,
	emptyState,
	forget,
	resourceOf,
	type State,
	viewOf,
} from "./state.ts";
import type { Value } from "./value.ts";

const APP = { container: "apps", key: "a" };
const CIDS = containerOf("cids", APP);
const entry = (key: Value, value: Value = key): Entry => ({ key, value });
const put = (container: string, key: Value, value: Value = key): Change => ({
	kind: "put",
	container,
	entry: entry(key, value),
});
const remove = (container: string, key: Value, cascade = true): Change => ({ kind: "delete", container, key, cascade });
const count = (name: string): Change => ({ kind: "count", name, by: 1 });
const after = (...changes: readonly Change[]): State => apply(emptyState(false), changes);
const keysOf = (state: State, container: string): readonly Value[] =>
	viewOf(state)
		.entries(container)
		.map(({ key }) => key);

test("entries stand in the order in which they were made, and one that is written again keeps its place", () => {
	const state = after(put("apps", "a", { n: 1 }), put("apps", "b"), put("apps", "a", { n: 2 }));
	expect(viewOf(state).entries("apps")).toEqual([entry("a", { n: 2 }), entry("b")]);
});

test("a number and its digits name the same entry, as paths carry text", () => {
	const state = after(put("apps", 7), put(containerOf("cids", { container: "apps", key: 7 }), "x"));
	expect(viewOf(state).entry("apps", "7")).toEqual(entry(7));
	expect(keysOf(state, containerOf("cids", { container: "apps", key: "7" }))).toEqual(["x"]);
});

test.each([
	["slashes", "a/b", "apps/b"],
	["quotes", 'a"/"b', "a"],
	["tildes", "~1", "/"],
])("keys with %s are no paths", (_, key, other) => {
	const container = containerOf("cids", { container: "apps", key });
	expect(container).not.toBe(containerOf("cids", { container: "apps", key: other }));
	expect(resourceOf(container)).toBe("cids");
	expect(keysOf(after(put(container, "x"), remove("apps", other)), container)).toEqual(["x"]);
});

test("a removal takes along what lives inside, at every depth, and nothing that lives elsewhere", () => {
	const deep = containerOf("notes", { container: CIDS, key: "1" });
	const other = containerOf("cids", { container: "apps", key: "ab" });
	const state = after(put("apps", "a"), put(CIDS, "1"), put(deep, "n"), put(other, "2"), remove("apps", "a"));
	expect([keysOf(state, CIDS), keysOf(state, deep), keysOf(state, other)]).toEqual([[], [], ["2"]]);
});

test("a removal that does not cascade leaves what lives inside", () => {
	expect(keysOf(after(put("apps", "a"), put(CIDS, "1"), remove("apps", "a", false)), CIDS)).toEqual(["1"]);
});

test("an item's counters go with it, and so do those of what lives inside", () => {
	const own = `${counterPrefix("apps", "a")}limit`;
	const inside = `${counterPrefix(CIDS, "1")}limit`;
	const others = `${counterPrefix("apps", "ab")}limit`;
	const counted = after(count(own), count(own), count(inside), count(others), count("made/apps"));
	const gone = viewOf(apply(counted, [remove("apps", "a")]));
	expect([own, inside, others, "made/apps"].map((name) => gone.counter(name))).toEqual([0, 0, 1, 1]);
	const left = viewOf(apply(counted, [remove("apps", "a", false)]));
	expect([left.counter(own), left.counter(inside)]).toEqual([0, 1]);
});

test("what was removed is remembered, and what is filled anew is all there is", () => {
	const state = after(put(CIDS, "1"), remove(CIDS, "1"), remove(CIDS, "2"), {
		kind: "fill",
		container: CIDS,
		entries: [entry("3")],
	});
	expect(viewOf(state).gone(CIDS)).toEqual(["1", "2"]);
	expect(keysOf(state, CIDS)).toEqual(["3"]);
});

test("an item is found by a field, in whichever container of its resource it stands", () => {
	const inA = containerOf("keys", APP);
	const inB = containerOf("keys", { container: "apps", key: "b" });
	const state = after(put(inA, "1", { secret: "x" }), put(inB, "2", { secret: "y" }));
	expect(viewOf(state).holder("keys", "secret", "y")).toEqual({ container: inB, entry: entry("2", { secret: "y" }) });
	expect(viewOf(state).holder("keys", "secret", "z")).toBeUndefined();
	expect(viewOf(state).everywhere("keys")).toHaveLength(2);
});

test("an alias finds an item by a value that it no longer holds, and a real holder goes before it", () => {
	const held = { container: "apps", entry: entry("a", { key: "old" }) };
	const alias: Change = { kind: "alias", resource: "apps", field: "key", value: "old", held };
	const state = after(put("apps", "a", { key: "new" }), alias);
	expect(viewOf(state).holder("apps", "key", "old")).toBe(held);
	const taken = apply(state, [put("apps", "b", { key: "old" })]);
	expect(viewOf(taken).holder("apps", "key", "old")?.entry.key).toBe("b");
});

test("no item is found by what every object inherits", () => {
	expect(viewOf(after(put("apps", "a", {}))).holder("apps", "constructor", "x")).toBeUndefined();
});

test.each([
	["a closed world, at the top", emptyState(false), "apps", true],
	["a closed world, inside an item", emptyState(false), CIDS, true],
	["a live service, at the top", emptyState(true), "apps", false],
	["a live service, inside an item of ours", emptyState(true), CIDS, true],
	["nothing that is sure, inside an item", forget(emptyState(false)), CIDS, false],
])("tells for %s whether all that stands there is known", (_, state, container, complete) => {
	expect(viewOf(state).isComplete(container)).toBe(complete);
});

test("to forget keeps only what was counted, and says that nothing is sure", () => {
	const state = forget(after(put("apps", "a"), remove("apps", "b"), count("made/apps")));
	const view = viewOf(state);
	expect([view.entries("apps"), view.gone("apps"), view.counter("made/apps"), view.isUnsure?.()]).toEqual([
		[],
		[],
		1,
		true,
	]);
	expect(viewOf(emptyState(true)).isUnsure?.()).toBe(false);
});

const keys = fc.constantFrom<Value>("a", "b", "a/b", 7, "7");
const containers = fc.oneof(
	fc.constant("apps"),
	keys.map((key) => containerOf("cids", { container: "apps", key })),
);
const changes: fc.Arbitrary<Change> = fc.oneof(
	fc.tuple(containers, keys).map(([container, key]) => put(container, key)),
	fc.tuple(containers, keys, fc.boolean()).map(([container, key, cascade]) => remove(container, key, cascade)),
	fc
		.tuple(containers, fc.array(keys, { maxLength: 3 }))
		.map(([container, all]): Change => ({ kind: "fill", container, entries: all.map((key) => entry(key)) })),
	fc.tuple(containers, keys).map(([container, key]) => count(`${counterPrefix(container, key)}n`)),
);

test("to apply changes nothing that was there before, and comes to the same in one go and one by one", () => {
	fc.assert(
		fc.property(fc.array(changes, { maxLength: 12 }), fc.array(changes, { maxLength: 12 }), (before, more) => {
			const start = freeze(after(...before));
			const copy = snapshot(start);
			const whole = apply(start, freeze(more));
			const oneByOne = more.reduce((state, change) => apply(state, [change]), start);
			expect(snapshot(start)).toEqual(copy);
			expect(snapshot(oneByOne)).toEqual(snapshot(whole));
		}),
	);
});

test("after a put the entry is there, and after a removal it is not", () => {
	fc.assert(
		fc.property(fc.array(changes, { maxLength: 12 }), containers, keys, (before, container, key) => {
			const there = apply(after(...before), [put(container, key, { new: true })]);
			expect(viewOf(there).entry(container, key)?.value).toEqual({ new: true });
			expect(viewOf(apply(there, [remove(container, key)])).entry(container, key)).toBeUndefined();
		}),
	);
});

function snapshot(state: State): unknown {
	return {
		containers: [...state.containers].filter(([, entries]) => entries.length > 0),
		counters: [...state.counters],
		gone: [...state.gone],
	};
}

/** Maps cannot be frozen: whoever writes to one is caught. */
function freeze<T>(value: T): T {
	if (value instanceof Map) {
		const caught = (): never => {
			throw new Error("a state was written to");
		};
		Object.assign(value, { set: caught, delete: caught, clear: caught });
		for (const member of value.values()) freeze(member);
		return value;
	}
	if (typeof value === "object" && value !== null) for (const member of Object.values(value)) freeze(member);
	return Object.freeze(value);
}
