import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { guardLawOf } from "../guard-laws.ts";
import { judge } from "../judge.ts";
import { behaviourOf, type Model } from "../model.ts";
import { APP_STORE, rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { type Planning, sceneOf } from "../scene.ts";
import { simulate } from "../simulate.ts";
import { apply, emptyState, viewOf } from "../state.ts";

let apps: Model;
beforeAll(async () => {
	apps = await sampleModel({
		...APP_STORE,
		"POST /apps/{app_id}/dial": {
			id: "dial",
			body: sampleObject({ from: TEXT }),
			answers: { 202: null, 403: null, 404: null },
			declares: { effect: "none", guards: [{ member: "from", of: "cids", status: 403 }] },
		},
	});
});

const app = (app_id: string): Call => sampleCall("upsertApp", { app_id }, { body: {} });
const put = (app_id: string, ...body: readonly string[]): Call => sampleCall("replaceCids", { app_id }, { body });
const dial = (app_id: string, from: string): Call => sampleCall("dial", { app_id }, { body: { from } });
const BEFORE = [app("a"), app("b"), put("a", "123"), put("b", "999")];

test.each([
	["a member", "123", "202"],
	["a stranger", "555", "403"],
	["a part of a member", "12", "403"],
	["a member of another item's set", "999", "403"],
])("%s is answered as documented", (_, from, expected) => {
	expect(told(apps, [...BEFORE, dial("a", from)]).at(-1)).toBe(expected);
});

test.each([
	["not enforced", "555"],
	["compares by prefix", "12"],
	["looks at every parent", "999"],
])("%s is told from the claim", (name, from) => {
	const rivals = rivalsNamed(apps, "dial", "member2").get(name) ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(apps, rivals, [...BEFORE, dial("a", from)])).toEqual([]);
});

test("404 may stand for 403", () => {
	const history = [
		...simulate(apps, emptyState(true), BEFORE),
		{ call: dial("a", "555"), status: 404, body: undefined },
	];
	expect(judge(apps, [{ state: emptyState(true), bindings: new Map() }], history).kind).toBe("admitted");
});

test("a call is given a member, or strangers of every kind", () => {
	const guard = behaviourOf(apps, "dial").guards.find(({ kind }) => kind === "member");
	const state = simulate(apps, emptyState(false), BEFORE).reduce((now, { call }) => {
		const { operation, path, body } = call;
		if (operation !== "replaceCids")
			return apply(now, [{ kind: "put", container: "apps", entry: { key: path.app_id ?? "", value: {} } }]);
		const entries = (body as readonly string[]).map((key) => ({ key, value: key }));
		return apply(now, [{ kind: "fill", container: `apps/"${path.app_id}"/cids`, entries }]);
	}, emptyState(false));
	const planning: Planning = { spare: () => "spare", neighbours: () => ["12"], flawed: () => [] };
	const scene = { ...sceneOf(apps, viewOf(state), dial("a", "x")), planning };
	if (guard === undefined) throw new Error("no guard");
	expect(guardLawOf(guard).satisfy?.(guard, scene)?.body).toEqual({ from: "123" });
	expect(
		guardLawOf(guard)
			.violate(guard, scene)
			.map(({ body }) => body),
	).toEqual([{ from: "spare" }, { from: "12" }, { from: "999" }]);
});
