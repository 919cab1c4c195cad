import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { judge } from "../judge.ts";
import type { Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

const CODE = { type: "string", "x-holdfast": { immutable: true } };
const THING = sampleObject({ "id!": { type: "string", readOnly: true }, code: CODE, name: TEXT });
const BODY = sampleObject({ code: CODE, name: TEXT });

let model: Model;
beforeAll(async () => {
	model = await sampleModel({
		"POST /things": { id: "create", body: BODY, answers: { 201: THING } },
		"GET /things/{id}": { id: "get", answers: { 200: THING, 404: null } },
		"PUT /things/{id}": { id: "replace", body: BODY, answers: { 200: THING, 404: null } },
	});
});

const thing = { id: serverValue("unique", "things#c0") };
const make = sampleCall("create", {}, { body: { code: "first", name: "a" }, tag: "c0" });
const replace = (code: string): Call => sampleCall("replace", thing, { body: { code, name: "b" } });
const get = sampleCall("get", thing);

test("what is written once stays, and the rest is written", () => {
	expect(told(model, [make, replace("second"), get]).at(-1)).toContain('"code":"first","name":"b"');
});

test("an update that changes it is told from the claim", () => {
	const rivals = rivalsNamed(model, "replace", "frozen2").get("code is changed") ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(model, rivals, [make, replace("second"), get])).toEqual([]);
});

test("to refuse another value is as good as to leave it out", () => {
	const calls = [make, replace("second"), get];
	const item = { id: "1", code: "first", name: "a" };
	const answers = [
		{ status: 201, body: item },
		{ status: 409, body: undefined },
		{ status: 200, body: item },
	].map((answer, index) => ({ ...answer, call: calls[index] as Call }));
	const start = [{ state: emptyState(true), bindings: new Map() }];
	expect(judge(model, start, answers).kind).toBe("admitted");
});
