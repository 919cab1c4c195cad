import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "../contract/contract.ts";
import { loadContract } from "../contract/load.ts";
import { loadFiles } from "../contract/sample-files.ts";
import type { Json } from "../http/exchange.ts";
import { isJson } from "../http/media-type.ts";
import type { Call } from "../model/call.ts";
import { claimsOf } from "../model/claim.ts";
import { inferModel } from "../model/infer.ts";
import { judge, type Told } from "../model/judge.ts";
import { behaviourOf, type Model } from "../model/model.ts";
import { emptyState } from "../model/state.ts";
import { serverValue, type Value } from "../model/value.ts";
import { createValidation, type Validation } from "../schema/validate.ts";
import { responseFor } from "./answer/response-for.ts";
import { injectDrifts } from "./drift.ts";
import { createMock } from "./mock.ts";
import { createIdentities } from "./request/identities.ts";
import { createCallReader } from "./request/read-call.ts";
import { createRouter } from "./route/router.ts";
import { PETS } from "./sample-mock.ts";

const KEY = "key_number_one_1";
const IDENTITIES = { adminKey: "right-key" };

/** A request, with ids that are known only when it is sent: `{0}` is the first that the mock made. */
interface Sent {
	readonly method: string;
	readonly path: string;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Sends requests to a fresh mock; gives what was told, and every way in which an answer broke the document. */
async function tell(
	model: Model,
	requests: readonly Sent[],
	served: Model = model,
): Promise<{ history: readonly Told[]; broken: readonly string[] }> {
	const mock = createMock({ contract: model.contract, model: served, identities: IDENTITIES });
	const router = createRouter(model.contract.operations);
	const validation = createValidation();
	const identities = createIdentities(model, IDENTITIES);
	const [history, broken, made]: [Told[], string[], Map<string, Value>] = [[], [], new Map()];
	for (const [index, sent] of requests.entries()) {
		const path = sent.path.replace(/\{(\d+)\}/, (_, number) => [...made.keys()][Number(number)] ?? UNKNOWN);
		const headers = { "content-type": "application/json", ...sent.headers };
		const body = sent.body === undefined ? undefined : JSON.stringify(sent.body);
		const routed = router.find(sent.method, path, "");
		if (routed.kind !== "found") throw new Error(`no operation for ${sent.method} ${path}`);
		const { operation } = routed;
		const read = await createCallReader(operation, { model, validation, identities })({
			request: { method: sent.method, path, headers, body },
			path: routed.path,
			query: "",
		});
		const call: Call = {
			...read.call,
			tag: `call${index}`,
			path: symbolic(read.call.path, made),
			flaws: read.call.flaws,
		};
		const response = await mock.fetch(
			new Request(`http://mock.test${path}`, { method: sent.method, headers, ...(body === undefined ? {} : { body }) }),
		);
		const text = await response.text();
		const told = text === "" ? undefined : (JSON.parse(text) as Json);
		history.push({ call, status: response.status, body: told });
		const { effect } = behaviourOf(model, operation.id);
		if (effect.kind === "create" && response.status === 201) {
			made.set((told as { id: string }).id, serverValue("unique", `${effect.resource}#${call.tag}`));
		}
		broken.push(...breaches(operation, response.status, told, validation));
	}
	return { history, broken };
}

/** Bad input has to be refused even where the document names no status for it. */
function breaches(
	operation: Operation,
	status: number,
	body: Json | undefined,
	validation: Validation,
): readonly string[] {
	const documented = responseFor(operation, status);
	if (documented === undefined) return status >= 400 ? [] : [`${operation.id} answers ${status}`];
	const schema = documented.content.find(({ name }) => isJson(name))?.schema;
	const violations = schema === undefined ? [] : validation.validate(schema, body, "response");
	return violations.map(({ pointer, message }) => `${operation.id} ${status} ${pointer} ${message}`);
}

const UNKNOWN = "30d5c8c3-4714-4cce-a86e-faa612d48391";

function symbolic(path: Call["path"], made: ReadonlyMap<string, Value>): Call["path"] {
	return Object.fromEntries(Object.entries(path).map(([name, value]) => [name, made.get(String(value)) ?? value]));
}

async function checkSequence(model: Model, requests: readonly Sent[]): Promise<void> {
	const { history, broken } = await tell(model, requests);
	expect(broken).toEqual([]);
	const judgement = judge(model, [{ state: emptyState(true), bindings: new Map() }], history);
	expect(
		judgement,
		JSON.stringify(history.map(({ call, status, body }) => [call.operation, call.path, status, body])),
	).toMatchObject({ kind: "admitted" });
}

const app = fc.constantFrom("a", "b", "A", "no such id!");
const number = fc.constantFrom("527121102", "52712110", "747713001", "x");
const key = fc.constantFrom(KEY, "key_number_two_2", "short");
const admin = fc.constantFrom({ "x-admin-api-key": "right-key" }, { "x-admin-api-key": "right" }, {});
const config = fc.record(
	{
		api_key: key,
		rate_limit: fc.constantFrom(0, 1, 2, -1, "x"),
		webhook_url: fc.constantFrom("", "https://a.test/"),
		more: fc.constant(1),
	},
	{ requiredKeys: [] },
);

const gatewayRequest: fc.Arbitrary<Sent> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({
			method: fc.constant("POST"),
			path: app.map(path("/admin/apps/")),
			body: config,
			headers: admin,
		}),
	},
	fc.record({ method: fc.constantFrom("GET", "DELETE"), path: app.map(path("/admin/apps/")), headers: admin }),
	{
		weight: 2,
		arbitrary: fc.record({
			method: fc.constant("PUT"),
			path: app.map(path("/admin/apps/", "/cids")),
			body: fc.array(number, { maxLength: 3 }),
			headers: admin,
		}),
	},
	fc.record({ method: fc.constant("GET"), path: app.map(path("/admin/apps/", "/cids")), headers: admin }),
	fc.record({
		method: fc.constant("DELETE"),
		path: fc.tuple(app, number).map(([one, other]) => `${path("/admin/apps/", "/cids/")(one)}${other}`),
		headers: admin,
	}),
	{
		weight: 2,
		arbitrary: fc.record({
			method: fc.constant("POST"),
			path: fc.constant("/api/v1/dial"),
			body: fc.record({ from: number, to: fc.constant("35550199") }),
			headers: key.map((value) => ({ "x-api-key": value })),
		}),
	},
	fc.record({
		method: fc.constant("GET"),
		path: fc.constantFrom("/admin/health", "/admin/recent-errors"),
		headers: admin,
	}),
);

function path(before: string, after = ""): (id: string) => string {
	return (id) => `${before}${encodeURIComponent(id)}${after}`;
}

const pet = fc.record(
	{
		name: fc.constantFrom("Rex", "", 5),
		age: fc.constantFrom(1, -1),
		status: fc.constantFrom("sold", "lost"),
		id: fc.constant(UNKNOWN),
	},
	{ requiredKeys: [] },
);
const petPath = fc.constantFrom("{0}", "{1}", "nobody").map((id) => `/pets/${id}`);
const petRequest: fc.Arbitrary<Sent> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ method: fc.constant("POST"), path: fc.constant("/pets"), body: pet }) },
	fc.record({ method: fc.constantFrom("PUT", "PATCH"), path: petPath, body: pet }),
	fc.record({ method: fc.constantFrom("GET", "DELETE"), path: petPath }),
	fc.record({ method: fc.constant("GET"), path: fc.constantFrom("/pets", "/breeds", "/settings") }),
	fc.record({
		method: fc.constant("PUT"),
		path: petPath.map((at) => `${at}/toys`),
		body: fc.array(fc.constantFrom("a", "b", 1)),
	}),
	fc.record({ method: fc.constant("GET"), path: petPath.map((at) => `${at}/toys`) }),
	fc.record({
		method: fc.constant("PATCH"),
		path: fc.constant("/settings"),
		body: fc.record({ theme: fc.constantFrom("dark", "red") }),
	}),
);

describe("whatever is asked, the mock's answers are valid, and the model admits them", () => {
	let gateway: Model;
	beforeAll(async () => {
		const overlays = ["spec/gateway/behaviour.overlay.yaml"];
		gateway = inferModel(await loadContract({ spec: "spec/gateway/openapi.yaml", overlays }));
	});

	test("on the gateway", async () => {
		const sequences = fc.array(gatewayRequest, { minLength: 1, maxLength: 25 });
		await fc.assert(
			fc.asyncProperty(sequences, (requests) => checkSequence(gateway, requests)),
			{ numRuns: 60 },
		);
	});

	test.each(["replaceCids=append!", "deleteApp=ignore", "getApp=exists: not enforced", "dial=limit: not enforced"])(
		"which it does not when the mock drifts as %s",
		async (drift) => {
			const headers = { "x-admin-api-key": "right-key" };
			const call = (method: string, to: string, body?: unknown): Sent => ({ method, path: to, body, headers });
			const dialing: Sent = {
				...call("POST", "/api/v1/dial", { from: "527121102", to: "35550199" }),
				headers: { "x-api-key": KEY },
			};
			const { history } = await tell(
				gateway,
				[
					call("POST", "/admin/apps/a", { api_key: KEY, rate_limit: 1 }),
					call("PUT", "/admin/apps/a/cids", ["747713001"]),
					call("PUT", "/admin/apps/a/cids", ["527121102"]),
					call("GET", "/admin/apps/a/cids"),
					dialing,
					dialing,
					call("DELETE", "/admin/apps/a"),
					call("GET", "/admin/apps/a"),
				],
				injectDrifts(gateway, [drift]),
			);
			const judgement = judge(gateway, [{ state: emptyState(true), bindings: new Map() }], history);
			expect(judgement.kind).toBe("rejected");
		},
	);

	test("whatever drifts, each answer by itself is valid", async () => {
		const headers = { "x-admin-api-key": "right-key" };
		const call = (method: string, to: string, body?: unknown): Sent => ({ method, path: to, body, headers });
		const requests: readonly Sent[] = [
			call("POST", "/admin/apps/a", { api_key: KEY, rate_limit: 1 }),
			call("POST", "/admin/apps/b", { api_key: KEY, rate_limit: -1 }),
			call("PUT", "/admin/apps/a/cids", ["747713001", "527121102"]),
			call("PUT", "/admin/apps/b/cids", ["747713001", "x"]),
			call("DELETE", "/admin/apps/a/cids/747713001"),
			{ ...call("POST", "/api/v1/dial", { from: "52712110", to: "35550199" }), headers: { "x-api-key": KEY } },
			call("GET", "/admin/apps/A"),
			call("GET", "/admin/apps/b/cids"),
			{ ...call("DELETE", "/admin/apps/a"), headers: { "x-admin-api-key": "right" } },
			call("DELETE", "/admin/apps/a"),
			call("GET", "/admin/recent-errors"),
		];
		for (const { name, claim, inject } of claimsOf(gateway).flatMap(({ rivals }) => rivals)) {
			const { broken } = await tell(gateway, requests, inject(gateway));
			expect(broken, `${claim} ${name}`).toEqual([]);
		}
	});

	test("where the server makes the keys", async () => {
		const model = inferModel(await loadFiles({ "openapi.yaml": PETS }));
		const sequences = fc.array(petRequest, { minLength: 1, maxLength: 25 });
		await fc.assert(
			fc.asyncProperty(sequences, (requests) => checkSequence(model, requests)),
			{ numRuns: 60 },
		);
	});
});
