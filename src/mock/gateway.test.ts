import { describe, expect, test } from "vitest";
import { loadContract } from "../contract/load.ts";
import { inferModel } from "../model/infer.ts";
import type { Model } from "../model/model.ts";
import { createMock, type MockOptions } from "./mock.ts";
import { renderSummary } from "./render-summary.ts";
import { loadScenario } from "./scenario/load-scenario.ts";

const ADMIN = "demo-admin-key";
const KEY = "key_of_the_gateway_test";
const [A, B] = ["527121102", "747713001"];

async function gatewayModel(): Promise<Model> {
	const overlays = ["spec/gateway/behaviour.overlay.yaml"];
	return inferModel(await loadContract({ spec: "spec/gateway/openapi.yaml", overlays }));
}

type Send = (
	call: string,
	body?: unknown,
	headers?: Readonly<Record<string, string>>,
) => Promise<{ status: number; body: unknown; headers: Headers }>;

/** The gateway as its scenario starts it; a call is `PUT /admin/apps/a`, sent with the admin key unless headers are given. */
async function gateway(options: Partial<MockOptions> = {}): Promise<Send> {
	const model = await gatewayModel();
	const scenario = await loadScenario({ file: "mocks/gateway/default.yaml", model });
	const mock = createMock({ contract: model.contract, model, scenario, ...options });
	return async (call, body, headers = { "x-admin-api-key": ADMIN }) => {
		const [method = "", path = ""] = call.split(" ");
		const response = await mock.fetch(
			new Request(`http://mock.test${path}`, {
				method,
				headers: { "content-type": "application/json", ...headers },
				...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
			}),
		);
		return { status: response.status, headers: response.headers, body: await response.json() };
	};
}

async function dialingApp(send: Send, config: object = {}): Promise<void> {
	await send("POST /admin/apps/a", { api_key: KEY, ...config });
	await send("PUT /admin/apps/a/cids", [A]);
}

const dial = (send: Send, from = A): ReturnType<Send> =>
	send("POST /api/v1/dial", { from, to: "35550199" }, { "x-api-key": KEY });

describe("the gateway's mock", () => {
	test("starts with what its document shows, but for what belongs to one app alone", async () => {
		const model = await gatewayModel();
		const mock = createMock({ contract: model.contract, model });
		expect(renderSummary(mock.describe(), "holdfast 0.0")).toMatchInlineSnapshot(`
			"holdfast 0.0 · gateway admin API 1.0 · OpenAPI 3.1 · 10 operations · seed 1

			  apps            /admin/apps/{app_id}                 upsert read remove    1 item
			  cids            /admin/apps/{app_id}/cids/{number}   list replace remove   0 items
			  recent-errors   /admin/recent-errors                 list                  -

			  3 operations without state: examples, or made-up data
			"
		`);
		const send = await gateway();
		expect((await send("GET /admin/apps/my-app")).body).not.toHaveProperty("api_key");
	});

	test.each([
		["everything", "PUT /admin/apps/a.b/cids", "{", {}, 401],
		["all but the credentials", "PUT /admin/apps/nobody/cids", "{", { "x-admin-api-key": ADMIN }, 404],
		["an impossible id", "PUT /admin/apps/a.b/cids", [A], { "x-admin-api-key": ADMIN }, 400],
		[
			"the media type alone",
			"PUT /admin/apps/my-app/cids",
			[A],
			{ "x-admin-api-key": ADMIN, "content-type": "text/css" },
			415,
		],
		[
			"the input and then the conflict",
			"POST /admin/apps/b",
			{ api_key: KEY, rate_limit: -1 },
			{ "x-admin-api-key": ADMIN },
			400,
		],
		["the conflict", "POST /admin/apps/b", { api_key: KEY }, { "x-admin-api-key": ADMIN }, 409],
		["the body before membership", "POST /api/v1/dial", { from: B }, { "x-api-key": KEY }, 400],
	])("when several things are wrong tells the first: %s", async (_title, call, body, headers, status) => {
		const send = await gateway();
		await dialingApp(send);
		expect(await send(call, body, headers)).toMatchObject({ status, body: { success: false } });
	});

	test("limits before it looks at the input", async () => {
		const send = await gateway();
		await dialingApp(send, { rate_limit: 1 });
		await dial(send);
		expect((await send("POST /api/v1/dial", "{", { "x-api-key": KEY })).status).toBe(429);
	});

	test("lets requests through again when the window is over that the first of them opened", async () => {
		let now = 1_000_000;
		const send = await gateway({ now: () => now });
		await dialingApp(send, { rate_limit: 2 });
		await dial(send);
		now += 20_000;
		expect([(await dial(send)).status, (await dial(send)).status]).toEqual([202, 429]);
		now += 39_500;
		const limited = await dial(send);
		expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1"]);
		now += 500;
		expect((await dial(send)).status).toBe(202);
	});

	test("names the caller's app where the caller is known by a key", async () => {
		const send = await gateway();
		await dialingApp(send);
		expect((await dial(send, B)).body).toEqual({ success: false, app_id: "a", error: `from "${B}" is not in cids` });
	});

	test("tells no secret in a conflict", async () => {
		const send = await gateway();
		await dialingApp(send);
		const { body } = await send("POST /admin/apps/b", { api_key: KEY });
		expect(body).toEqual({ success: false, app_id: "b", error: "api_key is in use" });
	});

	test.each([
		["replaceCids=append", [A, B]],
		["replaceCids=append!", [A, B]],
		["replaceCids=ignore", [A]],
		["PUT /admin/apps/{app_id}/cids=ignore", [A]],
	])("drifts as %s", async (drift, left) => {
		const send = await gateway({ drift: [drift] });
		await dialingApp(send);
		const { body } = await send("PUT /admin/apps/a/cids", [B]);
		expect((await send("GET /admin/apps/a/cids")).body).toEqual(drift.endsWith("ignore") ? [] : left);
		expect(body).toEqual(drift.endsWith("!") ? [B] : drift.endsWith("ignore") ? [] : left);
	});

	test.each([
		["credentials: a prefix is accepted", ADMIN.slice(0, -1)],
		["credentials: case is ignored", ADMIN.toUpperCase()],
		["credentials: any value is accepted", "anything"],
	])("drifts in its credentials: %s", async (rival, key) => {
		const [right, wrong] = [await gateway(), await gateway({ drift: [`getHealth=${rival}`] })];
		expect((await right("GET /admin/health", undefined, { "x-admin-api-key": key })).status).toBe(401);
		expect((await wrong("GET /admin/health", undefined, { "x-admin-api-key": key })).status).toBe(200);
		expect((await wrong("GET /admin/health", undefined, {})).status).toBe(401);
	});
});
