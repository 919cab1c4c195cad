import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { claimsOf } from "../claim.ts";
import { guardLawOf } from "../guard-laws.ts";
import { behaviourOf, type Model } from "../model.ts";
import { sampleCall, sampleModel, TEXT, toldStatuses } from "../sample-model.ts";
import { sceneOf } from "../scene.ts";
import { apply, emptyState, type State, viewOf } from "../state.ts";

const LIST = { type: "array", items: TEXT };
const operations = (description?: string): Parameters<typeof sampleModel>[0] => ({
	"GET /a": { id: "a", answers: { 200: LIST, 429: null }, ...(description === undefined ? {} : { description }) },
	"GET /b": { id: "b", answers: { 200: LIST, 429: null } },
	"POST /batch/c": { id: "c", answers: { 200: null, 429: null }, declares: { effect: "none" } },
});
const REST = {
	security: [{ key: [] }],
	components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } },
};

let model: Model;
beforeAll(async () => {
	const limits = [
		{ max: 3, window: "60s" },
		{ max: 1, window: "10s", per: "all", operations: ["POST /batch/*"], status: 429 },
	];
	model = await sampleModel(operations(), { ...REST, "x-holdfast": { limits } });
});

const call = (operation: string, as = ""): Call =>
	sampleCall(operation, {}, { credentials: { key: { kind: "right", as } } });

/** How each limit of the last call's operation holds after the calls before it, with and without a clock. */
function holds(calls: readonly Call[], isTimed: boolean): readonly string[] {
	let state: State = emptyState(false);
	for (const one of calls.slice(0, -1)) {
		const scene = sceneOf(model, viewOf(state), one);
		state = apply(
			state,
			scene.behaviour.guards.flatMap((guard) => guardLawOf(guard).keeps?.(guard, scene, true) ?? []),
		);
	}
	const last = calls.at(-1) as Call;
	const scene = sceneOf(model, { ...viewOf(state), isTimed }, last);
	return scene.behaviour.guards.flatMap((guard) =>
		guard.kind === "rate" ? [guardLawOf(guard).holds(guard, scene)] : [],
	);
}

test.each([
	["up to the limit", [call("a"), call("b"), call("a")], ["yes"]],
	["beyond it, all operations together", [call("a"), call("b"), call("a"), call("b")], ["no"]],
	["for each caller by itself", [call("a"), call("b"), call("a"), call("a", "other")], ["yes"]],
	["for all together, where that is said", [call("c"), call("c", "other")], ["yes", "no"]],
])("counts %s", (_, calls, expected) => {
	expect(holds(calls, true)).toEqual(expected);
});

test("does not know, without a clock, whether a window is over", () => {
	expect(holds([call("a"), call("a"), call("a"), call("a")], false)).toEqual(["unknown"]);
	expect(toldStatuses(model, [call("a"), call("a"), call("a"), call("a")])).toBe("200 200 200 200");
});

test("names what else it could be", () => {
	const claims = claimsOf(model).filter(({ law }) => law === "rate");
	expect(claims.map(({ sentence }) => sentence)).toEqual([
		"answers 429 above 3 requests per 60 s and credential",
		"answers 429 above 3 requests per 60 s and credential",
		"answers 429 above 3 requests per 60 s and credential",
		"answers 429 above 1 requests per 10 s",
	]);
	expect(claims[0]?.rivals.map(({ name }) => name)).toEqual([
		"not enforced",
		"counted for everybody together",
		"counted for each operation by itself",
		"one too many is accepted",
		"the last one is refused",
		"never lets anybody through again",
	]);
});

test.each([
	["Rate limit: 500 requests per minute per API key.", { max: 500, windowMs: 60_000, per: "credential" }],
	["At most 1,000 requests per hour per user are accepted.", { max: 1000, windowMs: 3_600_000, per: "identity" }],
	["Limited to 10 requests per second per IP address.", { max: 10, windowMs: 1000, per: "address" }],
	["Limited to 5 calls every 30 seconds per token.", { max: 5, windowMs: 30_000, per: "credential" }],
	["About 500 requests per minute per API key.", undefined],
	["500 requests per minute per API key, depending on your plan.", undefined],
	["500 requests per minute.", undefined],
	["Free: 5 requests per minute per key.\n\nPaid: 50 requests per minute per key.", undefined],
])("hears of %s", async (text, expected) => {
	const told = await sampleModel(operations(text), REST);
	const guard = behaviourOf(told, "a").guards.find(({ kind }) => kind === "rate");
	if (expected === undefined) expect(guard).toBeUndefined();
	else expect(guard).toMatchObject(expected);
	expect(behaviourOf(told, "b").guards.some(({ kind }) => kind === "rate")).toBe(false);
});
