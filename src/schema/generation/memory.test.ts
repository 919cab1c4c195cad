import { expect, it } from "vitest";
import { schemaFrom } from "../registry.ts";
import { createMemory } from "./memory.ts";
import type { Place } from "./place.ts";
import { createRandom } from "./random.ts";

const schema = schemaFrom({ type: "string" });
const goal = { all: [schema], none: [] };
const placeAt = (pointer: string, variant = 0): Place => ({
	...{ pointer, variant, name: "", depth: 0, ancestors: new Set() },
	random: () => createRandom(pointer),
});

function filled() {
	const memory = createMemory();
	for (const pointer of ["", "/a", "/a/b", "/ab"])
		memory.keep(placeAt(pointer), { goal, ancestors: new Set(), built: { ok: true, value: pointer }, values: 3 });
	return memory;
}

const known = (memory: ReturnType<typeof createMemory>) =>
	["", "/a", "/a/b", "/ab"].filter((pointer) => memory.recall(goal, placeAt(pointer), { left: 10 }) !== undefined);

it("what was built for the same goal at the same place is given again, and its values are counted", () => {
	const values = { left: 10 };
	expect(filled().recall(goal, placeAt("/a"), values)).toEqual({ ok: true, value: "/a" });
	expect(values.left).toBe(7);
});

it.each([
	["another place", goal, placeAt("/c"), 10],
	["another variant of the place", goal, placeAt("/a", 1), 10],
	["another goal", { all: [schema], none: [schema] }, placeAt("/a"), 10],
	["a place inside other schemas", goal, { ...placeAt("/a"), ancestors: new Set([schema]) }, 10],
	["a value that would use up what is left", goal, placeAt("/a"), 3],
])("nothing is known of %s", (_, wanted, place, left) => {
	expect(filled().recall(wanted, place, { left })).toBeUndefined();
});

it("a place that is made anew takes along all that it stands in, and nothing beside", () => {
	const memory = filled();
	memory.forget("/a/b");
	expect(known(memory)).toEqual(["/ab"]);
	memory.clear();
	expect(known(memory)).toEqual([]);
});
