import { beforeAll, expect, test } from "vitest";
import type { Json } from "../http/exchange.ts";
import type { Call } from "./call.ts";
import { type Judgement, judge, type Told, type World } from "./judge.ts";
import { type Model, withBehaviour } from "./model.ts";
import { isStatusAmong } from "./outcome.ts";
import {
	APP_STORE,
	PET_STORE,
	type SampleOperation,
	sampleCall,
	sampleModel,
	sampleObject,
	TEXT,
} from "./sample-model.ts";
import { simulate } from "./simulate.ts";
import { emptyState } from "./state.ts";
import { serverValue } from "./value.ts";

let pets: Model;
beforeAll(async () => {
	pets = await sampleModel(PET_STORE);
});

const START: readonly World[] = [{ state: emptyState(true), bindings: new Map() }];
const create: Call = sampleCall("createPet", {}, { body: { name: "Rexie" }, tag: "c0" });
const get = sampleCall("getPet", { petId: serverValue("unique", "pets#c0") });
const told = (call: Call, status: number, body?: Json): Told => ({ call, status, body });
const pet = (id: string, name: string): Json => ({ id, name, tag: "none", created_at: "2026-01-01T00:00:00Z" });

test("what only the server knows is learned from one answer and expected in the next", () => {
	const made = told(create, 201, pet("7", "Rexie"));
	expect(judge(pets, START, [made, told(get, 200, pet("7", "Rexie"))]).kind).toBe("admitted");
	const judgement = judge(pets, START, [made, told(get, 200, pet("8", "Rexie"))]);
	expect(judgement).toMatchObject({
		kind: "rejected",
		at: 1,
		mismatch: { pointer: "/id", expected: "7", actual: "8" },
	});
});

test("a rejection names the answer, what was expected, and what was true before", () => {
	const judgement = judge(pets, START, [told(create, 201, pet("7", "Rexie")), told(get, 404)]);
	expect(judgement).toMatchObject({ kind: "rejected", at: 1, expected: { kind: "expected", statuses: ["200"] } });
	expect(judgement.kind === "rejected" && [...judgement.before.state.containers.keys()]).toEqual(["pets"]);
});

test("a mismatch is told before an excuse, and an excuse before a rejection", async () => {
	const model = await sampleModel({
		...PET_STORE,
		"GET /pets/{petId}": {
			...(PET_STORE["GET /pets/{petId}"] as SampleOperation),
			answers: { ...PET_STORE["GET /pets/{petId}"]?.answers, 423: null },
		},
	});
	const made = told(create, 201, pet("7", "Rexie"));
	expect(judge(model, START, [made, told(get, 423)]).kind).toBe("inconclusive");
	expect(judge(model, START, [made, told(get, 200, pet("7", "Bella"))]).kind).toBe("rejected");
});

const worldsOf = (judgement: Judgement): number => (judgement.kind === "admitted" ? judgement.worlds.length : 0);

const STATUSES: readonly (readonly [documented: readonly string[], status: number, expected: Judgement["kind"]])[] = [
	[["200"], 200, "admitted"],
	[["200"], 201, "admitted"],
	[["200"], 400, "rejected"],
	[["200", "400"], 400, "inconclusive"],
	[["200", "4XX"], 418, "inconclusive"],
	[["200", "default"], 418, "inconclusive"],
	[["default"], 200, "admitted"],
	[["default"], 418, "inconclusive"],
	[["302"], 302, "inconclusive"],
	[["302"], 200, "admitted"],
	[["200"], 302, "inconclusive"],
	[["200"], 415, "inconclusive"],
	[["200"], 429, "inconclusive"],
	[["200"], 500, "inconclusive"],
	[["200"], 503, "inconclusive"],
	[["2XX"], 204, "admitted"],
	[[], 200, "admitted"],
];

test.each(STATUSES)("where %j is documented, %s is %s", async (documented, status, expected) => {
	const answers = Object.fromEntries(documented.map((one) => [one, null]));
	const model = await sampleModel({ "POST /things": { id: "op", answers } });
	expect(judge(model, START, [told(sampleCall("op"), status)]).kind).toBe(expected);
});

test.each([
	[["200"], 200, true],
	[["2XX"], 204, true],
	[["default"], 500, true],
	[["200", "404"], 400, false],
	[["4XX"], 500, false],
])("%j names %s: %s", (statuses, status, expected) => {
	expect(isStatusAmong(statuses, status)).toBe(expected);
});

test("a body that a simulated server left open is admitted as anything", () => {
	const history = simulate(pets, emptyState(true), [
		create,
		sampleCall("deletePet", { petId: serverValue("unique", "pets#c0") }),
	]);
	expect(history.map(({ body }) => typeof body)).toEqual(["object", "symbol"]);
	expect(judge(pets, START, history).kind).toBe("admitted");
});

test("what nothing tells apart stays possible until an answer does, and too much of it decides nothing", async () => {
	const thing = sampleObject({ "key!": TEXT, a: { type: "object" } });
	const model = await sampleModel({
		"POST /things": { id: "make", body: thing, answers: { 201: thing } },
		"GET /things/{key}": { id: "get", answers: { 200: thing } },
		"PATCH /things/{key}": { id: "patch", body: sampleObject({ a: { type: "object" } }), answers: { 204: null } },
	});
	const make = told(sampleCall("make", {}, { body: { key: "k", a: {} } }), 201, { key: "k", a: {} });
	const patch = (name: string): Told =>
		told(sampleCall("patch", { key: "k" }, { body: { a: { [name]: "value" } } }), 204);
	const few = [make, patch("b"), patch("c")];
	const read = (a: Json): Told => told(sampleCall("get", { key: "k" }), 200, { key: "k", a });
	expect(worldsOf(judge(model, START, few))).toBe(2);
	expect(judge(model, START, [...few, read({ b: "value", c: "value" })])).toMatchObject({ kind: "admitted" });
	expect(judge(model, START, [...few, read({ d: "value" })]).kind).toBe("rejected");
	const many = Array.from({ length: 7 }, (_, index) => patch(`m${index}`));
	expect(judge(model, START, [make, ...many])).toEqual({ kind: "inconclusive", at: 7, status: 204 });
});

test("outcomes that come to the same are one thing that may be true", async () => {
	const model = await sampleModel(APP_STORE);
	const remove = sampleCall("removeCid", { app_id: "a", cid: "1" });
	const judgement = judge(
		model,
		START,
		Array.from({ length: 8 }, () => told(remove, 404)),
	);
	expect(worldsOf(judgement)).toBe(1);
});

test("a guard that refuses by a class of statuses refuses with a client's error and with nothing else", async () => {
	const model = await sampleModel({
		"GET /things/{id}": { id: "get", answers: { 200: sampleObject({ id: TEXT }), default: null } },
		"DELETE /things/{id}": { id: "delete", answers: { 204: null, default: null } },
		"GET /things": { id: "list", answers: { 200: { type: "array", items: sampleObject({ id: TEXT }) } } },
	});
	const read = sampleCall("get", { id: "never" });
	expect([200, 302, 404, 418, 500].map((status) => judge(model, START, [told(read, status)]).kind)).toEqual([
		"rejected",
		"inconclusive",
		"admitted",
		"admitted",
		"admitted",
	]);
});

test("an effect that nobody knows admits any success", () => {
	const opaque = withBehaviour(pets, "createPet", { effect: { kind: "opaque" } });
	expect(judge(opaque, START, [told(create, 201, { anything: true })]).kind).toBe("admitted");
});
