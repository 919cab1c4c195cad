import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { judge } from "../judge.ts";
import { behaviourOf, type Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { simulate } from "../simulate.ts";
import { emptyState } from "../state.ts";

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
