import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { guardLawOf } from "../guard-laws.ts";
import { judge } from "../judge.ts";
import { behaviourOf, type Model } from "../model.ts";
import { PET_STORE, rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { sceneOf } from "../scene.ts";
import { simulate } from "../simulate.ts";
import { emptyState, viewOf } from "../state.ts";
import { serverValue } from "../value.ts";

let users: Model;
beforeAll(async () => {
	const user = { id: { type: "string", readOnly: true }, email: { type: ["string", "null"] }, name: TEXT };
	users = await sampleModel({
		"GET /users": { id: "list", answers: { 200: { type: "array", items: sampleObject(user) } } },
		"POST /users": {
			id: "create",
			body: sampleObject(user),
			answers: { 201: sampleObject(user), 409: "Another user has this email." },
		},
		"GET /users/{id}": { id: "get", answers: { 200: sampleObject(user), 404: null } },
	});
});

const create = (email: string | null, name = "Anna"): Call => sampleCall("create", {}, { body: { email, name } });
const list = sampleCall("list");

test.each([
	["another value", [create("a@x"), create("b@x")], "201"],
	["the same value", [create("a@x"), create("a@x")], "409"],
])("%s is answered as documented", (_, calls, expected) => {
	expect(told(users, calls).at(-1)?.slice(0, 3)).toBe(expected);
});

test.each([
	["not enforced", [create("a@x"), create("a@x")]],
	["applied in full", [create("a@x"), create("a@x", "Berta"), list]],
])("%s is told from the claim", (name, calls) => {
	const rivals = rivalsNamed(users, "create", "unique1").get(name) ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(users, rivals, calls)).toEqual([]);
});

test.each([
	["nothing", null, null],
	["the empty text", "", ""],
	["another spelling", "A@x", "a@x"],
])("whether %s may be there twice is not said", (_, first, second) => {
	for (const status of [201, 409]) {
		const before = simulate(users, emptyState(true), [create(first)]);
		const history = [...before, { call: create(second), status, body: status === 201 ? {} : undefined }];
		expect(judge(users, [{ state: emptyState(true), bindings: new Map() }], history).kind).toBe("admitted");
	}
});

const conflict = (description: string | null, key: Readonly<Record<string, unknown>>): Promise<Model> => {
	const thing = sampleObject({ ...key, label: TEXT });
	return sampleModel({
		"POST /things": { id: "create", body: thing, answers: { 201: thing, 409: description } },
		"GET /things/{name}": { id: "get", answers: { 200: thing, 404: null } },
	});
};

test.each([
	["the field that a sentence names", "The label is already taken.", { id: TEXT }, "label"],
	["the key that clients choose", "Conflict.", { "name!": TEXT }, "name"],
	["nothing that is known", "Conflict.", { id: { type: "string", readOnly: true } }, undefined],
])("a documented conflict is about %s", async (_, description, key, property) => {
	const guard = behaviourOf(await conflict(description, key), "create").guards.find(({ kind }) => kind === "unique");
	expect(guard?.kind === "unique" ? guard.property : undefined).toBe(property);
});

test("what clients may not choose twice is refused the second time", async () => {
	const model = await conflict("Conflict.", { "name!": TEXT });
	const make = (name: string): Call => sampleCall("create", {}, { body: { name } });
	expect(told(model, [make("a"), make("b"), make("a")]).map((line) => line.slice(0, 3))).toEqual(["201", "201", "409"]);
});

const inParents = async (declared: Readonly<Record<string, unknown>>): Promise<Model> => {
	const id = { type: "string", readOnly: true };
	const toy = sampleObject({ "id!": id, label: TEXT });
	return sampleModel({
		...PET_STORE,
		"GET /pets/{petId}/toys": { id: "listToys", answers: { 200: { type: "array", items: toy }, 404: null } },
		"POST /pets/{petId}/toys": {
			id: "createToy",
			body: sampleObject({ label: TEXT }),
			answers: { 201: toy, 404: null, 409: null },
			declares: { guards: [{ unique: "label", status: 409, ...declared }] },
		},
	});
};
const pet = (tag: string): Call => sampleCall("createPet", {}, { body: { name: tag }, tag });
const toy = (owner: string, tag: string, label: string): Call =>
	sampleCall("createToy", { petId: serverValue("unique", `pets#${owner}`) }, { body: { label }, tag });
const twoParents = [pet("c0"), pet("c1"), toy("c0", "c2", "ball"), toy("c1", "c3", "ball")];
const otherCase = [pet("c0"), toy("c0", "c1", "ball"), toy("c0", "c2", "BALL")];

test.each([
	[{ within: "parent" }, twoParents, "201", "looked for everywhere"],
	[{ within: "everywhere" }, twoParents, "409", "looked for in the same parent only"],
	[{ case: "ignored" }, otherCase, "409", "case matters"],
	[{ case: "matters" }, otherCase, "201", "case is ignored"],
])("%o is declared, and its opposite is told from it", async (declared, calls, expected, name) => {
	const model = await inParents(declared);
	expect(told(model, calls).at(-1)).toMatch(new RegExp(`^${expected}`));
	const rivals = [...(rivalsNamed(model, "createToy", "unique2").get(name) ?? [])];
	expect(rivals).toHaveLength(1);
	expect(untold(model, rivals, calls)).toEqual([]);
});

test("where nothing says how far, the same value in another parent is answered in both ways", async () => {
	const model = await inParents({});
	const history = simulate(model, emptyState(false), twoParents);
	const start = [{ state: emptyState(false), bindings: new Map() }];
	const refused = [...history.slice(0, 3), { ...history[3], status: 409, body: undefined }] as typeof history;
	expect(judge(model, start, history).kind).toBe("admitted");
	expect(judge(model, start, refused).kind).toBe("admitted");
});

test("a value that only the server knows is taken like any other", async () => {
	const model = await inParents({});
	const guard = behaviourOf(model, "createToy").guards.find(({ kind }) => kind === "unique");
	const label = serverValue("unique", "labels#1");
	const toys = [{ key: "t", value: { id: "t", label } }];
	const state = { ...emptyState(false), containers: new Map([['pets/"p"/toys', toys]]) };
	const call = sampleCall("createToy", { petId: "p" }, { body: { label: "ball" } });
	const violations = guard === undefined ? [] : guardLawOf(guard).violate(guard, sceneOf(model, viewOf(state), call));
	expect(violations.map(({ body }) => body)).toEqual([{ label }]);
});
