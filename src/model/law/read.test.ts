import { beforeAll, expect, test } from "vitest";
import type { Json } from "../../http/exchange.ts";
import type { Call } from "../call.ts";
import { type Judgement, judge } from "../judge.ts";
import type { Model } from "../model.ts";
import {
	rivalsNamed,
	SETTINGS_STORE,
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

let keys: Model;
beforeAll(async () => {
	keys = await sampleModel({
		"POST /keys": { id: "createKey", body: sampleObject({ name: TEXT }), answers: { 201: key() } },
		"GET /keys/{id}": { id: "getKey", answers: { 200: key(), 404: null } },
	});
});

function key(): unknown {
	return sampleObject({
		id: { type: "string", readOnly: true },
		name: TEXT,
		secret: { type: "string", readOnly: true, "x-holdfast": { reveal: "once", generated: "unique" } },
		pin: { type: "string", format: "password" },
	});
}

const create = sampleCall("createKey", {}, { body: { name: "mine" }, tag: "c0" });
const get = sampleCall("getKey", { id: serverValue("unique", "keys#c0") });

test("an item is shown as it was written, its secret only by the answer that makes it", () => {
	const secret = '"secret":"§unique keys#c0.secret"';
	const item = '"id":"§unique keys#c0","name":"mine"';
	expect(told(keys, [create, get])).toEqual([`201 {${item},${secret}}`, `200 {${item}}`]);
});

test("a reader that shows the secret again is told from one that does not", () => {
	const rivals = rivalsNamed(keys, "getKey").get("shows the secret again") ?? [];
	expect(rivals.map(({ rule }) => rule)).toEqual(["reveal-once"]);
	expect(untold(keys, rivals, [create, get])).toEqual([]);
});

const judged = (
	model: Model,
	before: readonly Call[],
	{ call, body }: { call: Call; body: Json },
): Judgement["kind"] => {
	const state = emptyState(true);
	const history = [...simulate(model, state, before), { call, status: 200, body }];
	return judge(model, [{ state, bindings: new Map() }], history).kind;
};
const shown = { id: "§unique keys#c0", name: "mine" };

test.each([
	["with its secret masked", { ...shown, secret: "****" }, "admitted"],
	["with more fields than are documented", { ...shown, more: true }, "admitted"],
	["with a password", { ...shown, pin: "x" }, "admitted"],
	["with its secret", { ...shown, secret: "§unique keys#c0.secret" }, "rejected"],
	["without what was written", { id: shown.id }, "rejected"],
	["under another key", { ...shown, id: "8" }, "rejected"],
] as const)("an item %s is %3$s", (_, body, expected) => {
	expect(judged(keys, [create], { call: get, body })).toBe(expected);
});

const patch = (theme: string): Call => sampleCall("patchSettings", {}, { body: { theme }, tag: theme });
const read = sampleCall("getSettings");

/** A live service, a change that is answered without a body, and what the reader shows then. */
const settingsJudged = async (before: readonly Json[], themes: readonly string[], shown: Json): Promise<string> => {
	const patching = { ...SETTINGS_STORE["PATCH /settings"], answers: { 204: null } };
	const model = await sampleModel({ ...SETTINGS_STORE, "PATCH /settings": patching });
	const history = [
		...before.map((body) => ({ call: read, status: 200, body })),
		...themes.map((theme) => ({ call: patch(theme), status: 204, body: undefined })),
		{ call: read, status: 200, body: shown },
	];
	return judge(model, [{ state: emptyState(true), bindings: new Map() }], history).kind;
};

test.each([
	["anything before it is written", [], { theme: "blue", size: 7 }, "admitted"],
	["what was written", ["dark"], { theme: "dark", size: 7 }, "admitted"],
	["nothing else than what was written", ["dark"], { theme: "blue", size: 7 }, "rejected"],
] as const)("a value of a live service is %s", async (_, themes, shown, expected) => {
	expect(await settingsJudged([], themes, shown)).toBe(expected);
});
