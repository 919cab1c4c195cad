import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { judge } from "../judge.ts";
import type { Model } from "../model.ts";
import { APP_STORE, rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { emptyState } from "../state.ts";

let apps: Model;
beforeAll(async () => {
	apps = await sampleModel(APP_STORE);
});

const put = (body: Readonly<Record<string, string | number>>): Call =>
	sampleCall("upsertApp", { app_id: "a" }, { body });
const get = sampleCall("getApp", { app_id: "a" });
const cids = sampleCall("replaceCids", { app_id: "a" }, { body: ["1"] });
const list = sampleCall("listCids", { app_id: "a" });

test.each([
	["creates the item", [put({ url: "x" }), get], '200 {"app_id":"a","url":"x","limit":0}'],
	[
		"overwrites it whole",
		[put({ url: "x", limit: 7 }), put({ limit: 8 }), get],
		'200 {"app_id":"a","url":"","limit":8}',
	],
	["leaves what lives inside", [put({}), cids, put({}), list], '200 ["1"]'],
])("%s", (_, calls, expected) => {
	expect(told(apps, calls).at(-1)).toBe(expected);
});

test.each([
	["merge", [put({ url: "x" }), put({}), get]],
	["create only", [put({ url: "x" }), put({ url: "y" }), get]],
	["clears what lives inside", [put({}), cids, put({}), list]],
])("%s is told from the claim, also when it lies", (name, calls) => {
	const rivals = rivalsNamed(apps, "upsertApp").get(name) ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(apps, rivals, calls)).toEqual([]);
});

const withKey = async (): Promise<Model> => {
	const fields = { key: { type: "string", "x-holdfast": { credential: "appKey" } } };
	const secured = { security: [{ appKey: [] }], answers: { 200: null, 401: null } };
	return sampleModel(
		{
			"PUT /apps/{id}": {
				id: "put",
				summary: "Create or overwrite",
				body: sampleObject(fields),
				answers: { 200: null },
			},
			"GET /apps/{id}": { id: "get", answers: { 200: sampleObject({ id: TEXT, ...fields }), 404: null } },
			"DELETE /apps/{id}": { id: "delete", answers: { 204: null, 404: null } },
			"POST /use": { id: "use", ...secured, declares: { effect: "none" } },
		},
		{ components: { securitySchemes: { appKey: { type: "apiKey", in: "header", name: "X-Key" } } } },
	);
};

test.each([
	["put", "leaves the former credential working", sampleCall("put", { id: "a" }, { body: { key: "new" } })],
	["delete", "leaves its credential working", sampleCall("delete", { id: "a" })],
])("after %s, a rival that %s is told by who still gets in", async (operation, name, change) => {
	const model = await withKey();
	const use = sampleCall("use", {}, { credentials: { appKey: { kind: "value", value: "old" } } });
	const calls = [sampleCall("put", { id: "a" }, { body: { key: "old" } }), use, change, use];
	expect(told(model, calls)).toEqual(["200", "200", operation === "put" ? "200" : "204", "401"]);
	expect(untold(model, rivalsNamed(model, operation).get(name) ?? [], calls)).toEqual([]);
});

test.each([
	["only a convention says that it creates", undefined, "inconclusive"],
	["the document says so", "Create or overwrite a thing", "rejected"],
])("a 404 of a PUT on what is not there, where %s, is %3$s", async (_, summary, expected) => {
	const model = await sampleModel({
		"GET /things/{id}": { id: "get", answers: { 200: sampleObject({ id: TEXT, n: TEXT }) } },
		"PUT /things/{id}": {
			id: "put",
			...(summary === undefined ? {} : { summary }),
			body: sampleObject({ n: TEXT }),
			answers: { 200: null },
		},
	});
	const refused = { call: sampleCall("put", { id: "a" }, { body: { n: "x" } }), status: 404, body: undefined };
	expect(judge(model, [{ state: emptyState(true), bindings: new Map() }], [refused]).kind).toBe(expected);
});
