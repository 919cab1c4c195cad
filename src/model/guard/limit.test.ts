import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { guardLawOf } from "../guard-laws.ts";
import { judge } from "../judge.ts";
import { behaviourOf, type Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { simulate } from "../simulate.ts";
import { emptyState } from "../state.ts";

const sample = (limit: Readonly<Record<string, unknown>>): Promise<Model> => {
	const fields = {
		key: { type: "string", "x-holdfast": { credential: "appKey" } },
		rate: { type: "integer", default: 0 },
	};
	const declares = { effect: "none", guards: [{ of: "apps", window: "60s", status: 429, ...limit }] };
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
			"POST /use": {
				id: "use",
				body: sampleObject({ n: TEXT }),
				answers: { 200: null, 400: null, 401: null, 429: null },
				security: [{ appKey: [] }],
				declares,
			},
		},
		{ components: { securitySchemes: { appKey: { type: "apiKey", in: "header", name: "X-Key" } } } },
	);
};

let byField: Model;
beforeAll(async () => {
	byField = await sample({ limit: "rate", zero: 3 });
});

const put = (id: string, rate?: number): Call =>
	sampleCall("put", { id }, { body: { key: `key-${id}`, ...(rate === undefined ? {} : { rate }) } });
const use = (id: string, rest: Partial<Call> = {}): Call =>
	sampleCall("use", {}, { body: {}, credentials: { appKey: { kind: "value", value: `key-${id}` } }, ...rest });
const times = (count: number, call: Call): readonly Call[] => Array.from({ length: count }, () => call);

test.each([
	[
		"a number, counted for each item",
		{ limit: 2 },
		[put("a"), put("b"), ...times(3, use("a")), use("b")],
		"200 200 429 200",
	],
	[
		"the field of the item",
		{ limit: "rate" },
		[put("a", 1), put("b", 2), ...times(2, use("a")), ...times(2, use("b"))],
		"200 429 200 200",
	],
	["what zero stands for", { limit: "rate", zero: 3 }, [put("a", 0), ...times(4, use("a"))], "200 200 200 429"],
	[
		"nothing, where zero stands for nothing",
		{ limit: "rate" },
		[put("a", 0), ...times(4, use("a"))],
		"200 200 200 200",
	],
])("the limit is %s", async (_, limit, calls, expected) => {
	const statuses = told(await sample(limit), calls).filter((_one, index) => calls[index]?.operation === "use");
	expect(statuses.join(" ")).toBe(expected);
});

test("what was used up is given back with a new item under the same name", () => {
	const calls = [put("a", 1), use("a"), sampleCall("delete", { id: "a" }), put("a", 1), use("a")];
	expect(told(byField, calls).at(-1)).toBe("200");
});

test.each([
	["not enforced", [put("a", 1), use("a"), use("a")]],
	["one too many is accepted", [put("a", 1), use("a"), use("a")]],
	["the last one is refused", [put("a", 2), use("a"), use("a")]],
	["0 is unlimited", [put("a", 0), ...times(4, use("a"))]],
	["counted for all apps together", [put("a", 1), put("b", 1), use("a"), use("b")]],
])("%s is told from the claim", (name, calls) => {
	const rivals = rivalsNamed(byField, "use", "limit2").get(name) ?? [];
	expect(rivals.map(({ rule }) => rule)).toEqual(["rate-limit"]);
	expect(untold(byField, rivals, calls)).toEqual([]);
});

test.each([
	[200, "admitted"],
	[429, "admitted"],
	[400, "inconclusive"],
])("whether refused requests count is not said: after one, %s is %s", (status, expected) => {
	const flaw = { in: "body", at: "/n", keyword: "type", message: "must be a string" } as const;
	const before = simulate(byField, emptyState(true), [put("a", 1), use("a", { flaws: [flaw] })]);
	const history = [...before, { call: use("a"), status, body: undefined }];
	expect(judge(byField, [{ state: emptyState(true), bindings: new Map() }], history).kind).toBe(expected);
});

test("a stranger uses nothing up", () => {
	const stranger = use("a", { credentials: {} });
	expect(told(byField, [put("a", 1), stranger, stranger, use("a")]).at(-1)).toBe("200");
});

test("probes ask for items with a limit that is soon reached, and with zero", () => {
	const guard = behaviourOf(byField, "use").guards.find(({ kind }) => kind === "limit");
	expect(guard === undefined ? [] : guardLawOf(guard).probes?.(guard)).toEqual([
		{ of: "apps", fields: { rate: 2 }, repeat: 4 },
		{ of: "apps", fields: { rate: 0 }, repeat: 5 },
	]);
});

test("its sentence says how many, in which time, for whom", async () => {
	const guard = behaviourOf(await sample({ limit: 5, window: "500ms" }), "use").guards.find(
		({ kind }) => kind === "limit",
	);
	expect(guard === undefined ? "" : guardLawOf(guard).sentence(guard, byField)).toBe(
		"answers 429 above 5 requests per 0.5 s and app",
	);
});
