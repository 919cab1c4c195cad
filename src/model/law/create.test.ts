import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { judge } from "../judge.ts";
import type { Model } from "../model.ts";
import { PET_STORE, rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { simulate } from "../simulate.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

let pets: Model;
let users: Model;
beforeAll(async () => {
	pets = await sampleModel(PET_STORE);
	const user = sampleObject({ "login!": TEXT, bio: { type: "string", default: "" } });
	users = await sampleModel({
		"GET /users": { id: "listUsers", answers: { 200: { type: "array", items: user } } },
		"POST /users": { id: "createUser", body: user, answers: { 201: user } },
		"GET /users/{login}": { id: "getUser", answers: { 200: user, 404: null } },
	});
});

const create = (tag: string, body = { name: "Rexie" }): Call => sampleCall("createPet", {}, { body, tag });
const list = sampleCall("listPets");
const get = (tag: string): Call => sampleCall("getPet", { petId: serverValue("unique", `pets#${tag}`) });

test("the server makes the key, and defaults fill what is not sent", () => {
	expect(told(pets, [create("c0"), get("c0")])[1]).toBe(
		'200 {"id":"§unique pets#c0","name":"Rexie","tag":"none","created_at":"§stable pets#c0.created_at"}',
	);
});

test("every item has a key of its own, with and without tags", () => {
	const { tag: _untagged, ...untagged } = create("");
	const ids = told(pets, [create("c0"), create("c1"), untagged, untagged, list])
		.at(-1)
		?.match(/§unique [^"]+/g);
	expect(new Set(ids).size).toBe(4);
});

test("a client chooses the key where the body must carry it", () => {
	const calls = [sampleCall("createUser", {}, { body: { login: "ann" } }), sampleCall("getUser", { login: "ann" })];
	expect(told(users, calls)).toEqual(['201 {"login":"ann","bio":""}', '200 {"login":"ann","bio":""}']);
});

test.each([
	["ignore", [create("c0"), list]],
	["stores no field", [create("c0"), get("c0")]],
	["adds it twice", [create("c0"), list]],
])("%s is told from the claim although it lies", (name, calls) => {
	const rivals = rivalsNamed(pets, "createPet").get(name) ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(pets, rivals, calls)).toEqual([]);
});

test("nothing is added twice under a key that the client chose", () => {
	expect([...rivalsNamed(users, "createUser").keys()]).toEqual(["ignore", "stores no field"]);
});

test("to make what is there already is answered in both ways, and decides nothing", () => {
	const calls = ["ann", "ann"].map((login) => sampleCall("createUser", {}, { body: { login } }));
	const start = [{ state: emptyState(false), bindings: new Map() }];
	const history = simulate(users, emptyState(false), calls);
	expect(judge(users, start, history).kind).toBe("admitted");
	const refused = [...history.slice(0, 1), { ...history[1], status: 409, body: undefined }] as typeof history;
	expect(judge(users, start, refused).kind).toBe("inconclusive");
});

test.each([
	["under the item's own name of it", sampleObject({ id: TEXT }), { id: "7" }],
	["under the resource's name", sampleObject({ pet_id: TEXT }), { pet_id: "7" }],
	["bare", TEXT, "7"],
])("an answer that shows only the key, %s, is enough to find the item", async (_, answer, body) => {
	const model = await sampleModel({
		...PET_STORE,
		"POST /pets": { id: "createPet", body: sampleObject({ "name!": TEXT }), answers: { 201: answer } },
	});
	const history = [
		{ call: create("c0"), status: 201, body },
		{ call: list, status: 200, body: [{ id: "8", name: "Rexie" }] },
	];
	const judgement = judge(model, [{ state: emptyState(false), bindings: new Map() }], history);
	expect(judgement).toMatchObject({ kind: "rejected", at: 1 });
});

test("a body that wraps the item is taken out of its wrapper", async () => {
	const pet = sampleObject({ id: TEXT, name: TEXT });
	const model = await sampleModel({
		"POST /pets": {
			id: "createPet",
			body: sampleObject({ pet: sampleObject({ name: TEXT }) }),
			answers: { 201: sampleObject({ pet }) },
		},
		"GET /pets/{id}": { id: "getPet", answers: { 200: sampleObject({ pet }), 404: null } },
	});
	const wrapped = sampleCall("createPet", {}, { body: { pet: { name: "Rex" } }, tag: "c0" });
	expect(told(model, [wrapped])).toEqual(['201 {"pet":{"id":"§unique pets#c0","name":"Rex"}}']);
});
