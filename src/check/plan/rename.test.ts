import { expect, test } from "vitest";
import { emptyState } from "../../model/state.ts";
import { createValidation } from "../../schema/validate.ts";
import { loadService } from "../fixture/check-service.ts";
import { instantiate, type PlanInput, plan } from "./plan.ts";
import type { Recipes } from "./recipe.ts";
import { rename } from "./rename.ts";
import { createValueSource } from "./value-source.ts";

const { model } = await loadService("files.yaml");
const operations = new Set(model.behaviours.keys());
const input: PlanInput = { model, start: emptyState(true), seed: 1, validation: createValidation(), operations };

const call = (operation: string, name: string | number) => {
	return { operation, path: { name }, query: {}, header: {}, credentials: {}, flaws: [] };
};
const names = (calls: readonly { path: Readonly<Record<string, unknown>> }[] | undefined): readonly unknown[] =>
	(calls ?? []).map(({ path }) => path.name);
const sourceFor = (label: string) =>
	createValueSource({ model, validation: input.validation, seed: 1, marker: "hf", label });

test("every key of every experiment is another in another run of it", () => {
	const { experiments } = plan(input);
	for (const experiment of experiments) {
		const [one, two] = ["e1", "e2"].map((label) => instantiate(input, experiment, { marker: "hf", label }));
		expect(one?.length).toBe(experiment.calls.length);
		for (const [index, name] of names(one).entries()) {
			if (name !== undefined) expect(name).not.toBe(names(two)[index]);
			if (name !== undefined) expect(String(name).toLowerCase().slice(0, 2)).toBe("hf");
		}
	}
});

test("keys that look alike still do, and what is equal stays equal", () => {
	const recipes: Recipes = new Map([
		["base", { kind: "fresh", resource: "files" }],
		["base0", { kind: "neighbour", of: "base", alike: 0 }],
		["BASE", { kind: "neighbour", of: "base", alike: 4 }],
		["ase", { kind: "neighbour", of: "base", alike: 7 }],
	]);
	const calls = ["base0", "base", "BASE", "base", "ase", "other"].map((name) => call("getFile", name));
	const [longer, own, shouted, again, part, other] = names(rename(calls, recipes, sourceFor("e1"))) as string[];
	expect([longer, shouted, again, part, other]).toEqual([`${own}0`, own?.toUpperCase(), own, own?.slice(1), "other"]);
	expect(own).not.toBe("base");
});

test("numbers that name something are renamed, and other numbers are not", () => {
	const recipes: Recipes = new Map([[2_000_000_123, { kind: "own", schema: numberSchema(), name: "number" }]]);
	const [renamed, small] = names(
		rename([call("getFile", 2_000_000_123), call("getFile", 7)], recipes, sourceFor("e1")),
	);
	expect(renamed).not.toBe(2_000_000_123);
	expect([typeof renamed, small]).toEqual(["number", 7]);
});

function numberSchema() {
	const schema = model.resources.get("files")?.fields.get("mode")?.schema;
	if (schema === undefined) throw new Error("files have no mode");
	return schema;
}
