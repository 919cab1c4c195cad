import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { judge } from "../judge.ts";
import type { Model } from "../model.ts";
import {
	rivalsNamed,
	type SampleOperations,
	sampleCall,
	sampleModel,
	sampleObject,
	TEXT,
	told,
	untold,
} from "../sample-model.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

const ID = { type: "string", readOnly: true };
const USER = sampleObject({ "id!": ID, name: TEXT });
const MEMBER = sampleObject({ "id!": ID, user_id: { type: ["string", "null"] } });
const KEY = sampleObject({ "id!": ID, label: TEXT, status: { type: "string", readOnly: true } });

const STORE: SampleOperations = {
	"GET /users/{id}": { id: "getUser", answers: { 200: USER, 404: null } },
	"POST /users": { id: "createUser", body: sampleObject({ name: TEXT }), answers: { 201: USER } },
	"DELETE /users/{id}": { id: "deleteUser", answers: { 204: null, 404: null } },
	"GET /members/{id}": { id: "getMember", answers: { 200: MEMBER, 404: null } },
	"GET /members": { id: "listMembers", answers: { 200: { type: "array", items: MEMBER } } },
	"POST /members": {
		id: "createMember",
		body: sampleObject({ user_id: { type: ["string", "null"] } }),
		answers: { 201: MEMBER },
	},
	"GET /keys": { id: "listKeys", answers: { 200: { type: "array", items: KEY } } },
	"GET /keys/{id}": { id: "getKey", answers: { 200: KEY, 404: null } },
	"POST /keys": { id: "createKey", body: sampleObject({ label: TEXT }), answers: { 201: KEY } },
	"DELETE /keys/{id}": {
		id: "revokeKey",
		answers: { 204: null, 404: null },
		declares: { effect: { remove: "keys", keeps: { status: "revoked" } } },
	},
};

const storeWith = (members: unknown): Promise<Model> =>
	sampleModel(STORE, { "x-holdfast": { resources: { members } } });

let cascading: Model;
let unsetting: Model;
let silent: Model;
beforeAll(async () => {
	cascading = await storeWith({ refers: { user_id: "users" }, cascade: true });
	unsetting = await storeWith({ refers: { user_id: { to: "users", removal: "unset" } } });
	silent = await storeWith({ refers: { user_id: "users" } });
});

const of = (resource: string, tag: string): { id: ReturnType<typeof serverValue> } => ({
	id: serverValue("unique", `${resource}#${tag}`),
});
const user = (tag: string): Call => sampleCall("createUser", {}, { body: { name: tag }, tag });
const member = (tag: string, whose: string): Call =>
	sampleCall("createMember", {}, { body: { user_id: of("users", whose).id }, tag });
const story = [
	user("c0"),
	user("c1"),
	member("c2", "c0"),
	member("c3", "c1"),
	sampleCall("deleteUser", of("users", "c0")),
	sampleCall("getMember", of("members", "c2")),
	sampleCall("getMember", of("members", "c3")),
];

test("what refers to the item goes with it where that is declared, and nothing else does", () => {
	expect(told(cascading, story).slice(5)).toEqual(["404", expect.stringMatching(/^200/)]);
});

test("a reference is emptied where that is declared", () => {
	expect(told(unsetting, story).slice(5)).toEqual([
		'200 {"id":"§unique members#c2","user_id":null}',
		expect.stringContaining("users#c1"),
	]);
});

test.each([
	["cascading", ["leaves what refers to it"]],
	["unsetting", ["leaves what refers to it", "removes what refers to it"]],
])("where it is %s, the other ways are told from the claim, also when they lie", (which, names) => {
	const model = which === "cascading" ? cascading : unsetting;
	const rivals = names.flatMap((name) => rivalsNamed(model, "deleteUser").get(name) ?? []);
	expect(rivals).toHaveLength(2 * names.length);
	expect(untold(model, rivals, story)).toEqual([]);
});

test("where nothing says what becomes of it, any of it is admitted", () => {
	const history = told(silent, story);
	expect(history[5]).toMatch(/^200/);
	const start = [{ state: emptyState(false), bindings: new Map() }];
	const shown = (status: number, body?: unknown): readonly { status: number; body: never }[] => [
		{ status, body: body as never },
	];
	for (const last of [shown(404), shown(200, { id: "m2", user_id: null }), shown(200, { id: "m2", user_id: "u0" })]) {
		const answers = [
			[201, { id: "u0", name: "c0" }],
			[201, { id: "u1", name: "c1" }],
			[201, { id: "m2", user_id: "u0" }],
			[201, { id: "m3", user_id: "u1" }],
			[204, undefined],
			[last[0]?.status, last[0]?.body],
		] as const;
		const turns = answers.map(([status, body], index) => ({ call: story[index], status, body }));
		expect(judge(silent, start, turns as never).kind).toBe("admitted");
	}
	expect([...rivalsNamed(silent, "deleteUser").keys()]).not.toContain("leaves what refers to it");
});

const revoke = [
	sampleCall("createKey", {}, { body: { label: "k" }, tag: "c0" }),
	sampleCall("revokeKey", of("keys", "c0")),
	sampleCall("getKey", of("keys", "c0")),
	sampleCall("listKeys"),
];

test("what is removed and kept is listed still, and says so", () => {
	expect(told(cascading, revoke).slice(2)).toEqual([
		'200 {"id":"§unique keys#c0","label":"k","status":"revoked"}',
		'200 [{"id":"§unique keys#c0","label":"k","status":"revoked"}]',
	]);
});

test.each(["removes it", "ignore"])("%s is told from a removal that keeps, also when it lies", (name) => {
	const rivals = rivalsNamed(cascading, "revokeKey").get(name) ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(cascading, rivals, revoke)).toEqual([]);
});

test.each([204, 404])("to remove once more what was kept is answered with %s as well", (status) => {
	const twice = [...revoke.slice(0, 2), revoke[1]];
	const turns = [
		{ status: 201, body: { id: "k0", label: "k", status: "active" } },
		{ status: 204, body: undefined },
		{ status, body: undefined },
	].map((answer, index) => ({ ...answer, call: twice[index] }));
	const start = [{ state: emptyState(false), bindings: new Map() }];
	expect(judge(cascading, start, turns as never).kind).not.toBe("rejected");
});

const PLACE = sampleObject({ "id!": ID, of: TEXT });
const chainOf = (name: string): SampleOperations => ({
	[`GET /${name}s/{id}`]: { id: `get-${name}`, answers: { 200: PLACE, 404: null } },
	[`GET /${name}s`]: { id: `list-${name}`, answers: { 200: { type: "array", items: PLACE } } },
	[`POST /${name}s`]: { id: `create-${name}`, body: sampleObject({ of: TEXT }), answers: { 201: PLACE } },
	[`DELETE /${name}s/{id}`]: { id: `delete-${name}`, answers: { 204: null, 404: null } },
});
const make = (name: string, tag: string, whose?: string): Call => {
	const body = { of: whose === undefined ? "none" : of(whose.split(" ")[0] ?? "", whose.split(" ")[1] ?? "").id };
	return sampleCall(`create-${name}`, {}, { body, tag });
};

test("what goes with an item takes along what refers to it in its turn, in a circle too", async () => {
	const operations = { ...chainOf("site"), ...chainOf("floor"), ...chainOf("desk"), ...chainOf("lamp") };
	const cascade = (to: string): object => ({ refers: { of: { to, removal: "cascade" } } });
	const lamps = { refers: { of: { to: "desks", removal: "unset" } } };
	const resources = { floors: cascade("sites"), desks: cascade("floors"), sites: cascade("desks"), lamps };
	const model = await sampleModel(operations, { "x-holdfast": { resources } });
	const calls = [
		make("site", "c0"),
		make("floor", "c1", "sites c0"),
		make("desk", "c2", "floors c1"),
		make("lamp", "c3", "desks c2"),
		make("site", "c4", "desks c2"),
		make("desk", "c5"),
		sampleCall("delete-site", of("sites", "c0")),
		...["c1"].map((tag) => sampleCall("get-floor", of("floors", tag))),
		...["c2", "c5"].map((tag) => sampleCall("get-desk", of("desks", tag))),
		sampleCall("get-lamp", of("lamps", "c3")),
		sampleCall("get-site", of("sites", "c4")),
	];
	expect(told(model, calls).slice(7)).toEqual([
		"404",
		"404",
		expect.stringMatching(/^200/),
		'200 {"id":"§unique lamps#c3","of":null}',
		"404",
	]);
});
