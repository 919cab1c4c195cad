import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { type Model, withResource } from "../model.ts";
import { APP_STORE, rivalsNamed, STEP_STORE, sampleCall, sampleModel, TEXT, told, untold } from "../sample-model.ts";

let steps: Model;
beforeAll(async () => {
	steps = await sampleModel(STEP_STORE);
});

const append = (...body: readonly string[]): Call => sampleCall("appendSteps", {}, { body });
const list = sampleCall("listSteps");

test("what is sent stands after what was there", () => {
	expect(told(steps, [append("a", "b"), append("b", "c"), list])).toEqual([
		'200 ["a","b"]',
		'200 ["a","b","b","c"]',
		'200 ["a","b","b","c"]',
	]);
});

test.each([
	["replace", [append("a"), append("b"), list]],
	["prepend", [append("a"), append("b"), list]],
	["union", [append("a"), append("a"), list]],
	["ignore", [append("a"), list]],
])("on a list, %s is told from the claim, also when it lies", (name, calls) => {
	const rivals = rivalsNamed(steps, "appendSteps").get(name) ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(steps, rivals, calls)).toEqual([]);
});

test("on a set, and on a list whose order means nothing, only replace and ignore differ", () => {
	const set = withResource(steps, "steps", { kind: "set" });
	const { ordered: _meansSomething, ...bag } = steps.resources.get("steps") ?? {};
	expect([...rivalsNamed(set, "appendSteps").keys()]).toEqual(["replace", "ignore"]);
	const unordered = { ...steps, resources: new Map([["steps", bag as never]]) };
	expect([...rivalsNamed(unordered, "appendSteps").keys()]).toEqual(["replace", "ignore"]);
	expect(
		untold(unordered, [...rivalsNamed(unordered, "appendSteps").values()].flat(), [append("a"), append("b"), list]),
	).toEqual([]);
});

test("a PUT on a member adds what its path names", async () => {
	const apps = await sampleModel({
		...APP_STORE,
		"PUT /apps/{app_id}/cids/{cid}": { id: "addCid", answers: { 204: null, 404: null } },
	});
	const app = { app_id: "a" };
	const calls = [
		sampleCall("upsertApp", app, { body: {} }),
		sampleCall("addCid", { ...app, cid: "1" }),
		sampleCall("addCid", { ...app, cid: "2" }),
		sampleCall("listCids", app),
	];
	expect(told(apps, calls).at(-1)).toBe('200 ["1","2"]');
	expect(untold(apps, rivalsNamed(apps, "addCid").get("replace") ?? [], calls)).toEqual([]);
});

test("one plain value is one member", async () => {
	const tags = await sampleModel({
		"GET /tags": { id: "listTags", answers: { 200: { type: "array", uniqueItems: true, items: TEXT } } },
		"POST /tags": { id: "addTag", body: TEXT, answers: { 204: null } },
	});
	expect(told(tags, [sampleCall("addTag", {}, { body: "x" }), sampleCall("listTags")]).at(-1)).toBe('200 ["x"]');
});
