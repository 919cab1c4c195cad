import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { lawOf } from "../effect-laws.ts";
import { behaviourOf, type Model, withResource } from "../model.ts";
import {
	APP_STORE,
	PET_STORE,
	rivalsNamed,
	SETTINGS_STORE,
	sampleCall,
	sampleModel,
	told,
	untold,
} from "../sample-model.ts";
import { separates } from "../simulate.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

let apps: Model;
let pets: Model;
beforeAll(async () => {
	[apps, pets] = await Promise.all([sampleModel(APP_STORE), sampleModel(PET_STORE)]);
});

const app = (app_id: string): Call => sampleCall("upsertApp", { app_id }, { body: { url: "x" } });
const cids = (app_id: string, ...body: readonly string[]): Call => sampleCall("replaceCids", { app_id }, { body });
const list = (app_id: string): Call => sampleCall("listCids", { app_id });
const remove = (app_id: string, cid: string): Call => sampleCall("removeCid", { app_id, cid });
const removeApp = (app_id: string): Call => sampleCall("deleteApp", { app_id });
const getApp = (app_id: string): Call => sampleCall("getApp", { app_id });

test.each([
	["a member of a set", [app("a"), cids("a", "1", "12"), remove("a", "1"), list("a")], '200 ["12"]'],
	["an item", [app("a"), removeApp("a"), getApp("a")], "404"],
	["an item with what lives inside it", [app("a"), cids("a", "1"), removeApp("a"), app("a"), list("a")], "200 []"],
	["a number that is written in a path", [app("a"), cids("a", "7"), remove("a", 7 as never), list("a")], "200 []"],
])("takes away %s", (_, calls, expected) => {
	expect(told(apps, calls).at(-1)).toBe(expected);
});

test("may show what it removed by its key", () => {
	expect(told(apps, [app("a"), removeApp("a")]).at(-1)).toBe('200 {"app_id":"a"}');
});

test.each([
	["ignore", [cids("a", "1"), remove("a", "1"), list("a")]],
	["removes all", [cids("a", "1", "2"), remove("a", "1"), list("a")]],
	["removes by prefix", [cids("a", "1", "12"), remove("a", "1"), list("a")]],
	["removes another", [cids("a", "1", "2"), remove("a", "1"), list("a")]],
])("on a member, %s is told from the claim, also when it lies", (name, calls) => {
	const rivals = rivalsNamed(apps, "removeCid").get(name) ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(apps, rivals, [app("a"), ...calls])).toEqual([]);
});

test("on an item, keeping what lives inside is told from the claim when the item is made again", () => {
	const rivals = rivalsNamed(apps, "deleteApp").get("keeps what lives inside") ?? [];
	const calls = [app("a"), cids("a", "1"), removeApp("a"), app("a"), list("a")];
	expect(untold(apps, rivals, calls)).toEqual([]);
	expect(untold(apps, rivals, calls.slice(0, 3))).toEqual(["keeps what lives inside", "keeps what lives inside!"]);
});

test("of keys that the server makes nobody knows how they begin", () => {
	const create = (tag: string): Call => sampleCall("createPet", {}, { body: { name: "Rexie" }, tag });
	const gone = sampleCall("deletePet", { petId: serverValue("unique", "pets#c1") });
	const [rival] = rivalsNamed(pets, "deletePet").get("removes by prefix") ?? [];
	const calls = [create("c1"), create("c12"), gone, sampleCall("listPets")];
	expect(rival !== undefined && separates(pets, rival.inject(pets), calls, emptyState(false))).toBe(false);
});

test("what is declared to outlive its item does so, and taking it along is then a rival", () => {
	const outliving = withResource(apps, "cids", { cascade: false });
	const calls = [app("a"), cids("a", "1"), removeApp("a"), app("a"), list("a")];
	expect(told(outliving, calls).at(-1)).toBe('200 ["1"]');
	const rivals = rivalsNamed(outliving, "deleteApp");
	expect(rivals.has("keeps what lives inside")).toBe(false);
	expect(untold(outliving, rivals.get("removes what lives inside as well") ?? [], calls)).toEqual([]);
});

const WORDS: readonly (readonly [string, string, Partial<{ cascade: boolean }>, string])[] = [
	["removeCid", "cids", {}, "removes the member and no other"],
	["deleteApp", "cids", {}, "removes the item and what lives inside it"],
	["deleteApp", "cids", { cascade: false }, "removes the item and leaves what lives inside it"],
];

test.each(WORDS)("%s with %s %j: %s", (operation, resource, change, expected) => {
	const model = withResource(apps, resource, change);
	const { effect } = behaviourOf(model, operation);
	expect(lawOf(effect).sentence(effect, model)).toBe(expected);
});

test("of one value there is no other to remove", async () => {
	const model = await sampleModel({ ...SETTINGS_STORE, "DELETE /settings": { id: "reset", answers: { 204: null } } });
	expect([...rivalsNamed(model, "reset").keys()]).toEqual(["ignore"]);
});
