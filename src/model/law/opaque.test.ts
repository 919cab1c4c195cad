import { expect, test } from "vitest";
import type { Json } from "../../http/exchange.ts";
import { claimsOf } from "../claim.ts";
import { judge } from "../judge.ts";
import { PET_STORE, sampleCall, sampleModel } from "../sample-model.ts";
import { simulate } from "../simulate.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

const key = serverValue("unique", "pets#c0");
const create = sampleCall("createPet", {}, { body: { name: "Rexie" }, tag: "c0" });
const get = sampleCall("getPet", { petId: key });
const act = sampleCall("act", { petId: key });
const start = [{ state: emptyState(true), bindings: new Map() }];
const shown = { id: "§unique pets#c0", name: "Renamed", tag: "other", created_at: "§stable pets#c0.created_at" };

test.each([
	["opaque", 200, { ...shown }, "admitted"],
	["opaque", 404, undefined, "admitted"],
	["none", 200, { ...shown }, "rejected"],
	["none", 404, undefined, "rejected"],
] as const)("after an action that is %s, a read answered with %s is %4$s", async (effect, status, body, expected) => {
	const model = await sampleModel({
		...PET_STORE,
		"POST /pets/{petId}/act": { id: "act", answers: { 204: null }, declares: { effect } },
	});
	const before = simulate(model, emptyState(true), [create, act]);
	const history = [...before, { call: get, status, body: body as Json | undefined }];
	expect(judge(model, start, history).kind).toBe(expected);
});

test("what is made after an action is known again", async () => {
	const model = await sampleModel({ ...PET_STORE, "POST /pets/{petId}/act": { id: "act", answers: { 204: null } } });
	const again = { ...create, tag: "c9" };
	const read = sampleCall("getPet", { petId: serverValue("unique", "pets#c9") });
	const history = [
		...simulate(model, emptyState(true), [create, act, again]),
		{ call: read, status: 404, body: undefined },
	];
	expect(judge(model, start, history).kind).toBe("rejected");
});

test("no claim stands on what an action does, but on what it asks for", async () => {
	const model = await sampleModel({
		...PET_STORE,
		"POST /pets/{petId}/act": { id: "act", answers: { 204: null, 404: null } },
	});
	const claims = claimsOf(model).filter(({ operation }) => operation === "act");
	expect(claims.map(({ sentence }) => sentence)).toEqual([
		"answers 404 unless the pet exists",
		"refuses when the input breaks the documented rules",
	]);
});
