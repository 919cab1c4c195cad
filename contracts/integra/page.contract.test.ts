import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startIntegra } from "../../src/reference/integra/start.ts";
import type { RunningServer } from "../../src/reference/process/run-server.ts";

const ADMIN_KEY = "YOUR_ADMIN_API_KEY";

let running: RunningServer;
beforeAll(async () => {
	running = await startIntegra({ adminKey: ADMIN_KEY });
});
afterAll(() => running.close());

/** The four calls of the documentation page, with what is sent as the page has it. */
const CALLS = [
	{
		name: "create an organization",
		method: "POST",
		path: "/admin/v1/organizations",
		body: { name: "Acme Corporation", email: "admin@acme.com", plan: "enterprise" },
		status: 201,
		shows: {
			name: "Acme Corporation",
			email: "admin@acme.com",
			plan: "enterprise",
			id: expect.stringMatching(/^org_/),
		},
	},
	{
		name: "create an API key",
		method: "POST",
		path: "/admin/v1/api-keys",
		body: {
			organization_id: "org_123",
			name: "Production API Key",
			scopes: ["workflows:read", "transactions:write"],
		},
		status: 201,
		shows: { organization_id: "org_123", scopes: ["workflows:read", "transactions:write"], key: expect.any(String) },
	},
	{
		name: "get usage metrics",
		method: "GET",
		path: "/admin/v1/analytics/usage?org_id=org_123&period=30d",
		status: 200,
		shows: { organization_id: "org_123", period: "30d", requests: expect.any(Number) },
	},
	{
		name: "get audit logs for an organization",
		method: "GET",
		path: "/admin/v1/audit-logs?org_id=org_123",
		status: 200,
		shows: { data: expect.any(Array), total: expect.any(Number) },
	},
];

describe("the calls of the page answer as the page says", () => {
	test.each(CALLS)("by fetch: $name", async ({ method, path, body, status, shows }) => {
		const response = await fetch(running.url + path, {
			method,
			headers: {
				Authorization: `Bearer ${ADMIN_KEY}`,
				...(body === undefined ? {} : { "Content-Type": "application/json" }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		expect(response.status).toBe(status);
		expect(await response.json()).toMatchObject(shows);
	});

	test.each(CALLS)("by curl: $name", async ({ method, path, body, status, shows }) => {
		const sent = body === undefined ? [] : ["-H", "Content-Type: application/json", "-d", JSON.stringify(body)];
		const { stdout } = await promisify(execFile)("curl", [
			...["-sS", "-X", method, `${running.url}${path}`, "-H", `Authorization: Bearer ${ADMIN_KEY}`],
			...["-w", "\n%{http_code}", ...sent],
		]);
		const [answer = "", code] = stdout.split("\n");
		expect(Number(code)).toBe(status);
		expect(JSON.parse(answer)).toMatchObject(shows);
	});
});
