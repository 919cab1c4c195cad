import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { guardLawOf } from "../guard-laws.ts";
import { judge } from "../judge.ts";
import { behaviourOf, type Model } from "../model.ts";
import {
	APP_STORE,
	PET_STORE,
	rivalsNamed,
	type SampleOperations,
	sampleCall,
	sampleModel,
	sampleObject,
	TEXT,
	told,
	untold,
} from "../sample-model.ts";
import { type Planning, sceneOf } from "../scene.ts";
import { apply, emptyState, forget, viewOf } from "../state.ts";
import { serverValue } from "../value.ts";

let apps: Model;
beforeAll(async () => {
	apps = await sampleModel(APP_STORE);
});

const app = (app_id: string): Call => sampleCall("upsertApp", { app_id }, { body: {} });
const get = (app_id: string): Call => sampleCall("getApp", { app_id });
const put = (app_id: string): Call => sampleCall("replaceCids", { app_id }, { body: ["1"] });
const list = (app_id: string): Call => sampleCall("listCids", { app_id });
const remove = (app_id: string, cid: string): Call => sampleCall("removeCid", { app_id, cid });

test.each([
	["a read of what is there", [app("a"), get("a")], "200"],
	["a read of what is not there", [get("a")], "404"],
	["a write into what is not there", [put("a")], "404"],
	["a removal of what is not there", [app("a"), remove("a", "1")], "404"],
	["a read of what was removed", [app("a"), sampleCall("deleteApp", { app_id: "a" }), get("a")], "404"],
])("%s is answered as documented", (_, calls, expected) => {
	expect(told(apps, calls).at(-1)?.slice(0, 3)).toBe(expected);
});

test.each([
	["getApp", "exists0", "not enforced", [get("a")]],
	["getApp", "exists0", "case is ignored", [app("a"), get("A")]],
	["replaceCids", "exists0", "creates it", [put("a"), get("a")]],
	["replaceCids", "exists0", "applied in full", [put("a"), app("a"), list("a")]],
	["removeCid", "exists1", "not enforced", [app("a"), remove("a", "1")]],
])("on %s, %s: %s is told from the claim", (operation, law, name, calls) => {
	const rivals = rivalsNamed(apps, operation, law).get(name) ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(apps, rivals, calls)).toEqual([]);
});

test("what a write makes can only be what it is written into", () => {
	expect(rivalsNamed(apps, "deleteApp", "exists0").has("creates it")).toBe(false);
	expect(rivalsNamed(apps, "listCids", "exists0").has("creates it")).toBe(false);
});

test("violations name a key that never was, and keys that look like the one that is there", () => {
	const [guard] = behaviourOf(apps, "getApp").guards;
	const state = apply(emptyState(true), [{ kind: "put", container: "apps", entry: { key: "ab", value: {} } }]);
	const planning: Planning = { spare: () => "spare", neighbours: () => ["a", "AB", "ab"], flawed: () => [] };
	const scene = { ...sceneOf(apps, viewOf(state), get("ab")), planning };
	const violations = guard === undefined ? [] : guardLawOf(guard).violate(guard, scene);
	expect(violations.map(({ path }) => path.app_id)).toEqual(["spare", "a", "AB"]);
});

test("after an action that may have done anything, nobody knows what is there", () => {
	const [guard] = behaviourOf(apps, "getApp").guards;
	const scene = sceneOf(apps, viewOf(forget(emptyState(true))), get("a"));
	expect(guard === undefined ? "" : guardLawOf(guard).holds(guard, scene)).toBe("unknown");
});

/** How an answer to a call is judged on a live service where nothing is there. */
const judged = async (operations: SampleOperations, call: Call, status: number): Promise<string> =>
	judge(
		await sampleModel(operations),
		[{ state: emptyState(true), bindings: new Map() }],
		[{ call, status, body: undefined }],
	).kind;
const THING = sampleObject({ id: TEXT, n: TEXT });

test.each([
	["DELETE /things/{id}", { id: "op", answers: { 204: null } }, 404, "inconclusive"],
	["DELETE /things/{id}", { id: "op", answers: { 204: null } }, 204, "admitted"],
	["DELETE /things/{id}", { id: "op", answers: { 204: null, 404: null } }, 204, "rejected"],
	["DELETE /things/{id}", { id: "op", answers: { 204: null, 404: null } }, 404, "admitted"],
	["DELETE /things/{id}", { id: "op", answers: { 204: null, 410: null } }, 410, "admitted"],
	["PATCH /things/{id}", { id: "op", body: THING, answers: { 200: THING } }, 404, "inconclusive"],
	["PATCH /things/{id}", { id: "op", body: THING, answers: { 200: THING, default: null } }, 404, "inconclusive"],
	["GET /things/{id}", { id: "op", answers: { 200: THING, default: null } }, 404, "admitted"],
	["GET /things/{id}", { id: "op", answers: { 200: THING, default: null } }, 200, "rejected"],
	["GET /things/{id}/parts", { id: "op", answers: { 200: { type: "array", items: THING } } }, 404, "inconclusive"],
] as const)("%s %j on nothing, answered with %s, is %s", async (place, operation, status, expected) => {
	const things = { "POST /things": { id: "make", body: THING, answers: { 201: THING } } };
	expect(
		await judged({ ...things, [place]: operation }, sampleCall("op", { id: "x" }, { body: { n: "y" } }), status),
	).toBe(expected);
});

test("nobody can say which items there are that paths only pass through", async () => {
	const model = await sampleModel({
		"GET /tenants/{tenant}/apps": { id: "listApps", answers: { 200: { type: "array", items: THING }, 404: null } },
		"POST /tenants/{tenant}/apps": { id: "createApp", body: THING, answers: { 201: THING, 404: null } },
	});
	expect(behaviourOf(model, "listApps").guards.filter(({ kind }) => kind === "exists")).toEqual([]);
	expect(told(model, [sampleCall("listApps", { tenant: "t" })])).toEqual(["200 []"]);
});

test("an item that stands in another parent is not there, and a rival finds it all the same", async () => {
	const toy = sampleObject({ "id!": { type: "string", readOnly: true }, label: TEXT });
	const model = await sampleModel({
		...PET_STORE,
		"GET /pets/{petId}/toys": { id: "listToys", answers: { 200: { type: "array", items: toy }, 404: null } },
		"POST /pets/{petId}/toys": {
			id: "createToy",
			body: sampleObject({ label: TEXT }),
			answers: { 201: toy, 404: null },
		},
		"DELETE /pets/{petId}/toys/{toyId}": { id: "deleteToy", answers: { 204: null, 404: null } },
	});
	const [one, other] = ["c0", "c1"].map((tag) => serverValue("unique", `pets#${tag}`));
	const make = (tag: string): Call => sampleCall("createPet", {}, { body: { name: tag }, tag });
	const calls = [
		make("c0"),
		make("c1"),
		sampleCall("createToy", { petId: one ?? "" }, { body: { label: "ball" }, tag: "c2" }),
		sampleCall("deleteToy", { petId: other ?? "", toyId: serverValue("unique", "toys#c2") }),
	];
	expect(told(model, calls).at(-1)).toMatch(/^404/);
	const rivals = rivalsNamed(model, "deleteToy", "exists1").get("found in another parent") ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(model, rivals, calls)).toEqual([]);
});
