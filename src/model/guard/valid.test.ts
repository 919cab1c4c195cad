import { beforeAll, expect, test } from "vitest";
import type { Call, Flaw } from "../call.ts";
import { judge } from "../judge.ts";
import type { Model } from "../model.ts";
import { APP_STORE, rivalsNamed, sampleCall, sampleModel, told, untold } from "../sample-model.ts";
import { emptyState } from "../state.ts";

let apps: Model;
beforeAll(async () => {
	const operations = Object.entries(APP_STORE).map(([place, one]) => [
		place,
		{ ...one, answers: { ...one.answers, 400: null } },
	]);
	apps = await sampleModel(Object.fromEntries(operations));
});

const flaw = (place: Flaw["in"], at: string): Flaw => ({
	in: place,
	at,
	keyword: "type",
	message: "must be something else",
});
const app = { app_id: "a" };
const put = (body: Readonly<Record<string, string | number>>, ...flaws: readonly Flaw[]): Call =>
	sampleCall("upsertApp", app, { body, flaws });
const get = sampleCall("getApp", app);
const list = sampleCall("listCids", app);
const cids = (body: readonly (string | number)[], ...flaws: readonly Flaw[]): Call =>
	sampleCall("replaceCids", app, { body, flaws });

test("invalid input is refused and changes nothing", () => {
	const calls = [put({ url: "x" }), put({ url: "y", limit: "z" }, flaw("body", "/limit")), get];
	expect(told(apps, calls).slice(1)).toEqual(["400", '200 {"app_id":"a","url":"x","limit":0}']);
});

test.each([
	["applied in full", undefined, [put({ url: "x" }), put({ url: "y", limit: "z" }, flaw("body", "/limit")), get]],
	["applied in part", "limit", [put({ url: "x" }), put({ url: "y", limit: "z" }, flaw("body", "/limit")), get]],
	["applied in part", "url", [put({ limit: 1 }), put({ url: 7, limit: 2 }, flaw("body", "/url")), get]],
])("%s, when %s is wrong, is told from the claim", (name, at, calls) => {
	const rivals = (rivalsNamed(apps, "upsertApp", "valid0").get(name) ?? []).filter(
		(rival) => at === undefined || guardOf(rival.inject(apps)).leaksAt === at,
	);
	expect(rivals).toHaveLength(1);
	expect(untold(apps, rivals, calls)).toEqual([]);
});

function guardOf(model: Model): { leaksAt?: string } {
	const guard = model.behaviours.get("upsertApp")?.guards.find(({ kind }) => kind === "valid");
	return guard?.kind === "valid" && guard.leaksAt !== undefined ? { leaksAt: guard.leaksAt } : {};
}

test("what is applied in part is an item that is there: a new one is made whole or not at all", () => {
	const rivals = rivalsNamed(apps, "upsertApp", "valid0").get("applied in part") ?? [];
	expect(untold(apps, rivals, [put({ url: "y", limit: "z" }, flaw("body", "/limit")), get])).toHaveLength(
		rivals.length,
	);
});

test("of a list with one wrong member, the others may be applied", () => {
	const rivals = rivalsNamed(apps, "replaceCids", "valid1").get("applied in part") ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(apps, rivals, [put({}), cids(["1"]), cids(["2", 7], flaw("body", "/1")), list])).toEqual([]);
});

test("a reader has nothing to apply", () => {
	expect([...rivalsNamed(apps, "getApp", "valid1").keys()]).toEqual([]);
});

test.each([
	["a path value", flaw("path", "app_id"), 404, "admitted"],
	["a path value", flaw("path", "app_id"), 400, "admitted"],
	["a body", flaw("body", "/limit"), 400, "admitted"],
	["a body", flaw("body", "/limit"), 409, "inconclusive"],
	["a body", flaw("body", "/limit"), 200, "rejected"],
] as const)("for %s %j that is wrong, %s is %s", (_, broken, status, expected) => {
	const told = { call: put({ url: "y" }, broken), status, body: undefined };
	expect(judge(apps, [{ state: emptyState(true), bindings: new Map() }], [told]).kind).toBe(expected);
});

test("a rule that the document only implies may refuse what we believe to be valid", () => {
	const told = { call: put({ url: "y" }), status: 400, body: undefined };
	expect(judge(apps, [{ state: emptyState(true), bindings: new Map() }], [told]).kind).toBe("inconclusive");
});
