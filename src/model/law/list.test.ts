import { beforeAll, expect, test } from "vitest";
import type { Json } from "../../http/exchange.ts";
import type { Call } from "../call.ts";
import { type Judgement, judge } from "../judge.ts";
import type { Model } from "../model.ts";
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
import { simulate } from "../simulate.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

let pets: Model;
let apps: Model;
beforeAll(async () => {
	[pets, apps] = await Promise.all([sampleModel(PET_STORE), sampleModel(APP_STORE)]);
});

const create = (tag: string, name = "Rexie"): Call => sampleCall("createPet", {}, { body: { name }, tag });
const key = (tag: string): ReturnType<typeof serverValue> => serverValue("unique", `pets#${tag}`);
const list = sampleCall("listPets");
const app = (app_id: string): Call => sampleCall("upsertApp", { app_id }, { body: {} });
const cids = (app_id: string, ...body: readonly string[]): Call => sampleCall("replaceCids", { app_id }, { body });
const listCids = (app_id: string): Call => sampleCall("listCids", { app_id });

test("every item is shown, in an order that means nothing", () => {
	const calls = [create("c0", "Anna"), create("c1", "Bert"), list];
	const names = (order: "created" | "reversed"): unknown =>
		told(pets, calls, order)
			.at(-1)
			?.match(/Anna|Bert/g);
	expect([names("created"), names("reversed")]).toEqual([
		["Anna", "Bert"],
		["Bert", "Anna"],
	]);
});

test.each([
	["drops one", [app("a"), cids("a", "1", "2"), listCids("a")]],
	["shows nothing", [app("a"), cids("a", "1"), listCids("a")]],
	["shows what other parents hold", [app("a"), app("b"), cids("a", "1"), cids("b", "2"), listCids("a")]],
])("on a set inside an item, %s is told from the claim", (name, calls) => {
	const rivals = rivalsNamed(apps, "listCids").get(name) ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(apps, rivals, calls)).toEqual([]);
});

test("without a parent there are no other parents' items to show", () => {
	expect([...rivalsNamed(pets, "listPets").keys()]).not.toContain("shows what other parents hold");
});

test("a list in order that drops one is told from one that does not", async () => {
	const model = await sampleModel({
		"GET /apps/{id}": { id: "getApp", answers: { 200: sampleObject({ id: TEXT }), 404: null } },
		"PUT /apps/{id}": {
			id: "putApp",
			summary: "Create or replace an app",
			body: sampleObject({ n: TEXT }),
			answers: { 200: null },
		},
		"GET /apps/{id}/steps": {
			id: "listSteps",
			summary: "List the steps in their order",
			answers: { 200: { type: "array", items: TEXT } },
		},
		"PUT /apps/{id}/steps": { id: "putSteps", body: { type: "array", items: TEXT }, answers: { 200: null } },
	});
	const calls = [
		sampleCall("putApp", { id: "a" }, { body: {} }),
		sampleCall("putSteps", { id: "a" }, { body: ["1", "2", "3"] }),
		sampleCall("listSteps", { id: "a" }),
	];
	expect(untold(model, [...rivalsNamed(model, "listSteps").values()].flat().slice(0, 2), calls)).toEqual([]);
});

/** How an answer to a list is judged on a live service, after these calls were answered as predicted. */
const judged = (
	model: Model,
	before: readonly Call[],
	{ call, body }: { call: Call; body: Json },
): Judgement["kind"] => {
	const state = emptyState(true);
	const history = [...simulate(model, state, before), { call, status: 200, body }];
	return judge(model, [{ state, bindings: new Map() }], history).kind;
};
const ours = { id: "§unique pets#c0", name: "Rexie", tag: "none", created_at: "§stable pets#c0.created_at" };
const others = { id: "7", name: "Other" };

test.each([
	["others' items among ours", [others, ours], "admitted"],
	["others' items without ours", [others], "rejected"],
	["ours with another value", [{ ...ours, name: "Other" }], "rejected"],
] as const)("at the top of a live service, %s are %3$s", (_, body, expected) => {
	expect(judged(pets, [create("c0")], { call: list, body: [...body] })).toBe(expected);
});

test("at the top of a live service, what we removed must not be shown", () => {
	const calls = [create("c0"), sampleCall("deletePet", { petId: key("c0") })];
	expect(judged(pets, calls, { call: list, body: [others] })).toBe("admitted");
	expect(judged(pets, calls, { call: list, body: [others, ours] })).toBe("rejected");
});

const paged = (parameter: string): SampleOperations => ({
	...PET_STORE,
	"GET /pets": {
		...PET_STORE["GET /pets"],
		id: "listPets",
		answers: PET_STORE["GET /pets"]?.answers ?? {},
		parameters: [{ name: parameter, in: "query", schema: { type: "integer" } }],
	},
});

test.each([
	"limit",
	"offset",
	"page",
	"per_page",
	"cursor",
	"page[size]",
	"pageToken",
	"$skip",
	"starting_after",
	"maxResults",
])(
	"among others' items, a list with %s need not show ours on this page, but never what we removed",
	async (parameter) => {
		const model = await sampleModel(paged(parameter));
		expect(judged(model, [create("c0")], { call: list, body: [others] })).toBe("admitted");
		const removed = [create("c0"), sampleCall("deletePet", { petId: key("c0") })];
		expect(judged(model, removed, { call: list, body: [ours] })).toBe("rejected");
	},
);

test.each(["colour", "status", "q", "fields"])("a list with %s shows ours all the same", async (parameter) => {
	expect(judged(await sampleModel(paged(parameter)), [create("c0")], { call: list, body: [others] })).toBe("rejected");
});

test("what nobody makes through this API may be there all the same", async () => {
	const model = await sampleModel({
		...PET_STORE,
		"GET /pets/{petId}/visits": {
			id: "listVisits",
			answers: { 200: { type: "array", items: sampleObject({ id: TEXT }) } },
		},
	});
	const call = sampleCall("listVisits", { petId: key("c0") });
	expect(judged(model, [create("c0")], { call, body: [{ id: "7" }] })).toBe("admitted");
});

test("a secret is shown by no list", async () => {
	const keys = await sampleModel({
		"GET /keys": { id: "listKeys", answers: { 200: { type: "array", items: secret() } } },
		"POST /keys": { id: "createKey", body: sampleObject({ name: TEXT }), answers: { 201: secret() } },
	});
	const calls = [sampleCall("createKey", {}, { body: { name: "mine" } }), sampleCall("listKeys")];
	const rivals = rivalsNamed(keys, "listKeys").get("shows the secret again") ?? [];
	expect(rivals.map(({ rule }) => rule)).toEqual(["reveal-once"]);
	expect(untold(keys, rivals, calls)).toEqual([]);
});

function secret(): unknown {
	return sampleObject({
		id: { type: "string", readOnly: true },
		name: TEXT,
		secret: { type: "string", readOnly: true, "x-holdfast": { reveal: "once", generated: "unique" } },
	});
}

test.each([
	["an answer whose list is not to be found", sampleObject({ found: { type: "integer" } })],
	["an answer that is not described", null],
])("%s shows anything", async (_, answer) => {
	const model = await sampleModel({ ...PET_STORE, "GET /pets": { id: "listPets", answers: { 200: answer } } });
	expect(judged(model, [create("c0")], { call: list, body: { pets: [] } })).toBe("admitted");
});
