import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apply, type Change, containerOf, counterPrefix, emptyState, type View, viewOf } from "../../model/state.ts";
import { createMemoryStore } from "./memory-store.ts";

const KEYS = ["a", "b", "a/b", ""];
const inside = (key: string): string => containerOf("cids", { container: "apps", key });

/** Changes to apps, each with a list inside, as the laws make them. */
const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({ key: fc.constantFrom(...KEYS), secret: fc.constantFrom("x", "y", "z") }).map(
		({ key, secret }): Change => ({
			kind: "put",
			container: "apps",
			entry: { key, value: { id: key, secret } },
		}),
	),
	fc
		.record({ key: fc.constantFrom(...KEYS), cascade: fc.boolean() })
		.map(({ key, cascade }): Change => ({ kind: "delete", container: "apps", key, cascade })),
	fc.record({ key: fc.constantFrom(...KEYS), members: fc.uniqueArray(fc.constantFrom("1", "2", "3")) }).map(
		({ key, members }): Change => ({
			kind: "fill",
			container: inside(key),
			entries: members.map((member) => ({ key: member, value: member })),
		}),
	),
	fc
		.record({ key: fc.constantFrom(...KEYS), member: fc.constantFrom("1", "2") })
		.map(({ key, member }): Change => ({ kind: "delete", container: inside(key), key: member, cascade: true })),
	fc
		.constantFrom(...KEYS)
		.map((key): Change => ({ kind: "count", name: `${counterPrefix("apps", key)}limit/all`, by: 1 })),
	fc.constant<Change>({ kind: "count", name: "made/apps", by: 1 }),
);

/** All that a law could see. */
function look(view: View): unknown {
	const counters = KEYS.map((key) => view.counter(`${counterPrefix("apps", key)}limit/all`));
	return {
		apps: view.entries("apps"),
		found: KEYS.map((key) => view.entry("apps", key)),
		pages: [0, 1, 3].flatMap((offset) => [
			view.page("apps", { offset, limit: 2 }),
			view.page("apps", { offset, limit: 2, newestFirst: true }),
		]),
		ranks: [view.count("apps"), ...KEYS.map((key) => view.rank("apps", key))],
		cids: KEYS.map((key) => view.entries(inside(key))),
		everywhere: [...view.everywhere("cids")].map(({ key }) => key).sort(),
		holders: ["x", "y", "z"].map((secret) => view.holder("apps", "secret", secret) !== undefined),
		counters: [...counters, view.counter("made/apps")],
	};
}

describe("createMemoryStore", () => {
	test("shows what the model's own state shows, whatever changes", () => {
		fc.assert(
			fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
				const store = createMemoryStore({ now: () => 0, lookedUp: [{ resource: "apps", field: "secret" }] });
				let state = emptyState(false);
				for (const one of changes) {
					store.apply([one]);
					state = apply(state, [one]);
					expect(look(store.view)).toEqual(look(viewOf(state)));
				}
			}),
		);
	});

	test("finds the holder of a value that it keeps no index of", () => {
		const store = createMemoryStore({ now: () => 0, lookedUp: [] });
		store.apply([{ kind: "put", container: "apps", entry: { key: "a", value: { secret: "x" } } }]);
		expect(store.view.holder("apps", "secret", "x")).toMatchObject({ container: "apps", entry: { key: "a" } });
		expect(store.view.holder("apps", "secret", "y")).toBeUndefined();
	});

	test("takes a key of a path and the number in a body for the same", () => {
		const store = createMemoryStore({ now: () => 0, lookedUp: [] });
		store.apply([{ kind: "put", container: "pets", entry: { key: 5, value: { id: 5 } } }]);
		expect(store.view.entry("pets", "5")?.value).toEqual({ id: 5 });
	});

	test("keeps a list that holds a member twice", () => {
		const store = createMemoryStore({ now: () => 0, lookedUp: [] });
		const entries = ["a", "b", "a"].map((value) => ({ key: value, value }));
		store.apply([{ kind: "fill", container: "tags", entries }]);
		expect(store.view.entries("tags").map(({ value }) => value)).toEqual(["a", "b", "a"]);
		expect(store.count("tags")).toBe(3);
	});

	test("gives back what it held when it was saved, whatever was written since", () => {
		const changes = fc.array(change, { maxLength: 20 });
		fc.assert(
			fc.property(changes, changes, (before, after) => {
				const store = createMemoryStore({ now: () => 0, lookedUp: [{ resource: "apps", field: "secret" }] });
				store.apply(before);
				const seen = structuredClone(look(store.view));
				const saved = store.save();
				const contents = structuredClone([...saved.contents()]);
				store.apply(after);
				expect([...saved.contents()]).toEqual(contents);
				expect(store.isAt(saved)).toBe(after.length === 0);
				store.restore(saved);
				expect(look(store.view)).toEqual(seen);
				store.apply(after);
				store.restore(saved);
				expect(look(store.view)).toEqual(seen);
				expect(store.isAt(saved)).toBe(true);
			}),
		);
	});

	test("begins a count anew when its window is over, which its first count opened", () => {
		let now = 1_000;
		const store = createMemoryStore({ now: () => now, lookedUp: [] });
		const count = { kind: "count", name: "calls", by: 1, expiresInMs: 60_000 } as const;
		store.apply([count]);
		now += 59_999;
		store.apply([count]);
		expect([store.view.counter("calls"), store.remainingMs("calls")]).toEqual([2, 1]);
		now += 1;
		expect([store.view.counter("calls"), store.remainingMs("calls")]).toEqual([0, undefined]);
	});
});
