import { describe, expect, test } from "vitest";
import type { Run } from "../finding/run.ts";
import { type SampleOperations, sampleObject, TEXT } from "../model/sample-model.ts";
import type { CheckIdentities } from "./callers.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { Refusal, type Routes } from "./fixture/serve.ts";

const MAX = 5;
const WINDOW_MS = 500;
const OPERATIONS: SampleOperations = {
	"GET /status": {
		id: "getStatus",
		answers: { 200: sampleObject({ up: TEXT }), 401: null, 429: null },
		security: [{ key: [] }],
		declares: { limits: [{ max: MAX, window: `${WINDOW_MS}ms`, per: "credential", status: 429 }] },
	},
};
const rest = { components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } } };
const KEYS = ["main-key-000000", "first-key-11111", "second-key-2222", "third-key-33333"];

/** A status behind keys that nobody can make here, each counted in windows. */
function status({
	max = MAX,
	countOf = (key: string) => key,
}: {
	max?: number;
	countOf?: (key: string) => string;
}): Routes {
	const counts = new Map<string, { from: number; count: number }>();
	return {
		"GET /status": ({ headers }) => {
			const key = String(headers["x-key"] ?? "");
			if (!KEYS.includes(key)) throw new Refusal(401, "a key is needed");
			const known = counts.get(countOf(key));
			const isOver = known === undefined || performance.now() - known.from > WINDOW_MS;
			const now = isOver ? { from: performance.now(), count: 0 } : known;
			counts.set(countOf(key), { ...now, count: now.count + 1 });
			if (now.count >= max) throw new Refusal(429, "too many");
			return [200, { up: "yes" }];
		},
	};
}

const named = (count: number): CheckIdentities =>
	Object.fromEntries(KEYS.slice(1, count + 1).map((key, index) => [`caller${index}`, { headers: { "x-key": key } }]));

const run = (routes: Routes, callers: number): Promise<Run> =>
	checkSample(OPERATIONS, routes, {
		rest,
		headers: { "X-Key": KEYS[0] ?? "" },
		identities: named(callers),
		disposable: true,
		phases: ["limits"],
	});

const LIMIT = "rate-limit of getStatus: documented 429 above 5 requests in 0.5 s, observed";

describe("where the API issues no keys, a limit is counted for those that were given:", () => {
	test.each<[string, Parameters<typeof status>[0], readonly string[]]>([
		["it is kept", {}, []],
		["one too many is accepted", { max: MAX + 1 }, [`${LIMIT} one too many is accepted`]],
		["the last one is refused", { max: MAX - 1 }, [`${LIMIT} the last one is refused`]],
		["it is not kept at all", { max: 1_000 }, [`${LIMIT} not enforced`]],
	])("%s", async (_, ways, found) => {
		const finished = await run(status(ways), 3);
		expect(linesOf(finished)).toEqual(found);
		const verdicts = finished.claims.filter(({ sentence }) => sentence.includes("429")).map(({ verdict }) => verdict);
		expect(verdicts).toEqual([found.length === 0 ? "agrees" : "drift"]);
	});

	test("one caller more is too few to tell", async () => {
		const { claims, findings } = await run(status({ max: MAX + 1 }), 1);
		expect(findings).toEqual([]);
		expect(claims.find(({ sentence }) => sentence.includes("429"))).toMatchObject({
			verdict: "undecided",
			reason: "the API issues no fresh credential to count for, and no 2 identities were given that can call it",
		});
	});
});
