import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import type { Effect } from "../effect.ts";
import { type Model, withBehaviour } from "../model.ts";
import {
	APP_STORE,
	PET_STORE,
	rivalsNamed,
	STEP_STORE,
	sampleCall,
	sampleModel,
	sampleObject,
	TEXT,
	told,
	untold,
} from "../sample-model.ts";
import { separates } from "../simulate.ts";
import { emptyState } from "../state.ts";
import type { MemberWrite } from "./member.ts";

let steps: Model;
let apps: Model;
let pets: Model;
beforeAll(async () => {
	[steps, apps, pets] = await Promise.all([sampleModel(STEP_STORE), sampleModel(APP_STORE), sampleModel(PET_STORE)]);
});

const put = (...body: readonly string[]): Call => sampleCall("replaceSteps", {}, { body });
const list = sampleCall("listSteps");

const LIST: readonly (readonly [MemberWrite, string])[] = [
	["replace", '["b","c"]'],
	["append", '["a","b","b","c"]'],
	["prepend", '["b","c","a","b"]'],
	["union", '["a","b","c"]'],
	["ignore", '["a","b"]'],
];

const withMembers = (model: Model, operation: string, resource: string, members: MemberWrite): Model =>
	withBehaviour(model, operation, { effect: { kind: "replace", resource, does: "overwrite", members } as Effect });

/** A list that holds `a b`, to which `b c` is sent in this way. */
const wayOn = (members: MemberWrite): { model: Model; calls: readonly Call[] } => {
	const fill = sampleCall("appendSteps", {}, { body: ["a", "b"] });
	return { model: withMembers(steps, "replaceSteps", "steps", members), calls: [fill, put("b", "c"), list] };
};

test.each(LIST)("on a list, to %s is to hold %s afterwards", (members, expected) => {
	const { model, calls } = wayOn(members);
	expect(told(model, calls).at(-1)).toBe(`200 ${expected}`);
});

test.each(LIST.flatMap(([a], index) => LIST.slice(index + 1).map(([b]) => [a, b] as const)))(
	"on a list, %s and %s are told apart",
	(a, b) => {
		const { model, calls } = wayOn(a);
		expect(separates(model, wayOn(b).model, calls, emptyState(false))).toBe(true);
	},
);

test("on a list, every rival is told from the claim, also when it lies", () => {
	const sequence = [put("a", "b"), list, put("b", "c"), list, put(), list];
	const rivals = [...rivalsNamed(steps, "replaceSteps").values()].flat();
	expect(rivals).toHaveLength(10);
	expect(untold(steps, rivals, sequence)).toEqual([]);
});

const app = { app_id: "a" };
const putCids = (...body: readonly string[]): Call => sampleCall("replaceCids", app, { body });
const makeApp = sampleCall("upsertApp", app, { body: {} });
const listCids = sampleCall("listCids", app);

test("on a set, append, prepend and union are one class, named append", () => {
	expect([...rivalsNamed(apps, "replaceCids").keys()]).toEqual(["append", "ignore", "ignores an empty body"]);
	const calls = [makeApp, putCids("1", "2"), listCids, putCids("2", "3"), listCids, putCids(), listCids];
	const [append, prepend, union] = (["append", "prepend", "union"] as const).map((members) =>
		withMembers(apps, "replaceCids", "cids", members),
	) as [Model, Model, Model];
	expect([
		separates(append, union, calls, emptyState(false)),
		separates(append, prepend, calls, emptyState(false)),
		separates(apps, append, calls, emptyState(false)),
	]).toEqual([false, false, true]);
});

test.each([
	["append", [putCids("1"), putCids("2"), listCids]],
	["ignore", [putCids("1"), listCids]],
	["ignores an empty body", [putCids("1"), putCids(), listCids]],
])("on a set, %s is told from the claim, also when it lies", (name, calls) => {
	expect(untold(apps, rivalsNamed(apps, "replaceCids").get(name) ?? [], [makeApp, ...calls])).toEqual([]);
});

test("a set holds once what is sent twice", () => {
	expect(told(apps, [makeApp, putCids("1", "2", "1"), listCids]).slice(1)).toEqual(['200 ["1","2"]', '200 ["1","2"]']);
});

test("an item holds what was sent, and the default of what was not", async () => {
	const model = await keyed();
	const calls = [
		sampleCall("createThing", {}, { body: { key: "k", a: "1", b: "2", c: { d: "deep" } } }),
		sampleCall("replaceThing", { key: "k" }, { body: { a: "3" } }),
		sampleCall("getThing", { key: "k" }),
	];
	expect(told(model, calls).at(-1)).toBe('200 {"key":"k","a":"3","b":"-","c":{"x":0}}');
});

test.each([
	["merge", { a: "3" }],
	["deep merge", { a: "1", b: "2", c: { e: 2 } }],
	["ignore", { a: "3", b: "2" }],
])("on an item, %s is told from the claim, also when it lies", async (name, body) => {
	const model = await keyed();
	const calls = [
		sampleCall("createThing", {}, { body: { key: "k", a: "1", b: "2", c: { d: "deep" } } }),
		sampleCall("replaceThing", { key: "k" }, { body }),
		sampleCall("getThing", { key: "k" }),
	];
	expect(untold(model, rivalsNamed(model, "replaceThing").get(name) ?? [], calls)).toEqual([]);
});

test("a deep merge is no rival where no field is an object", () => {
	expect([...rivalsNamed(pets, "replacePet").keys()]).toEqual(["merge", "ignore"]);
});

async function keyed(): Promise<Model> {
	const thing = {
		a: TEXT,
		b: { type: "string", default: "-" },
		c: { type: "object", default: { x: 0 } },
	};
	const shown = sampleObject({ "key!": TEXT, ...thing });
	return sampleModel({
		"POST /things": { id: "createThing", body: sampleObject({ "key!": TEXT, ...thing }), answers: { 201: shown } },
		"GET /things/{key}": { id: "getThing", answers: { 200: shown, 404: null } },
		"PUT /things/{key}": { id: "replaceThing", body: sampleObject(thing), answers: { 200: shown, 404: null } },
	});
}
