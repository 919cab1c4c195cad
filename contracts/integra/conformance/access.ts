import { expect, test } from "vitest";
import type { IntegraClient } from "../integra-client.ts";
import { ADMIN_SCOPES, FORBIDDEN, NOBODY, newKey, newOrganization, UNAUTHORIZED } from "../stories.ts";

const SCOPES = [
	"workflows:read",
	"workflows:write",
	"transactions:read",
	"transactions:write",
	"admin:users",
	"admin:orgs",
	"admin:keys",
];

interface Operation {
	readonly method: string;
	readonly path: string;
	readonly scopes: readonly string[];
	readonly body?: unknown;
}

/** Every operation, and the scopes that it asks for. What it names is nobody's, so that nothing is changed. */
const OPERATIONS: readonly Operation[] = [
	{ method: "GET", path: "/users", scopes: ["admin:users"] },
	{ method: "POST", path: "/users", scopes: ["admin:users"], body: {} },
	{ method: "GET", path: `/users/${NOBODY.user}`, scopes: ["admin:users"] },
	{ method: "PATCH", path: `/users/${NOBODY.user}`, scopes: ["admin:users"], body: {} },
	{ method: "DELETE", path: `/users/${NOBODY.user}`, scopes: ["admin:users"] },
	{ method: "GET", path: "/organizations", scopes: ["admin:orgs"] },
	{ method: "POST", path: "/organizations", scopes: ["admin:orgs"], body: {} },
	{ method: "GET", path: `/organizations/${NOBODY.organization}`, scopes: ["admin:orgs"] },
	{ method: "PATCH", path: `/organizations/${NOBODY.organization}`, scopes: ["admin:orgs"], body: {} },
	{ method: "DELETE", path: `/organizations/${NOBODY.organization}`, scopes: ["admin:orgs"] },
	{ method: "GET", path: `/organizations/${NOBODY.organization}/members`, scopes: ["admin:orgs"] },
	{ method: "POST", path: `/organizations/${NOBODY.organization}/members`, scopes: ["admin:orgs"], body: {} },
	{
		method: "PATCH",
		path: `/organizations/${NOBODY.organization}/members/${NOBODY.user}`,
		scopes: ["admin:orgs"],
		body: { role: "owner" },
	},
	{ method: "DELETE", path: `/organizations/${NOBODY.organization}/members/${NOBODY.user}`, scopes: ["admin:orgs"] },
	{ method: "GET", path: "/api-keys", scopes: ["admin:keys"] },
	{ method: "POST", path: "/api-keys", scopes: ["admin:keys"], body: {} },
	{ method: "GET", path: `/api-keys/${NOBODY.key}`, scopes: ["admin:keys"] },
	{ method: "DELETE", path: `/api-keys/${NOBODY.key}`, scopes: ["admin:keys"] },
	{ method: "GET", path: "/config", scopes: ADMIN_SCOPES },
	{ method: "PATCH", path: "/config", scopes: ADMIN_SCOPES, body: {} },
	{ method: "GET", path: `/analytics/usage?org_id=${NOBODY.organization}`, scopes: ["admin:orgs"] },
	{ method: "GET", path: "/audit-logs", scopes: ["admin:orgs"] },
	{ method: "POST", path: "/batch/create-users", scopes: ["admin:users"], body: {} },
];

export function testAccess(api: () => IntegraClient): void {
	test.each(OPERATIONS)("$method $path needs a key", async ({ method, path, body }) => {
		const sent = body === undefined ? {} : { body };
		expect(await api().send(method, path, { key: null, ...sent })).toMatchObject(UNAUTHORIZED);
		expect(await api().send(method, path, { key: "ik_nobodys", ...sent })).toMatchObject(UNAUTHORIZED);
	});

	test.each(OPERATIONS)(
		"$method $path needs its scopes, whole and all of them",
		async ({ method, path, scopes, body }) => {
			const organization = await newOrganization(api());
			const sent = body === undefined ? {} : { body };
			const { key: right } = await newKey(api(), { organization, scopes });
			expect([401, 403, 429]).not.toContain((await api().send(method, path, { key: right, ...sent })).status);
			const { key: others } = await newKey(api(), {
				organization,
				scopes: SCOPES.filter((one) => !scopes.includes(one)),
			});
			expect(await api().send(method, path, { key: others, ...sent })).toMatchObject(FORBIDDEN);
			for (const missing of scopes.length > 1 ? scopes : []) {
				const { key } = await newKey(api(), { organization, scopes: SCOPES.filter((one) => one !== missing) });
				expect(await api().send(method, path, { key, ...sent })).toMatchObject(FORBIDDEN);
			}
		},
	);

	test("a key is compared whole", async () => {
		const { key } = await newKey(api());
		expect((await api().get("/users", { key })).status).toBe(200);
		for (const wrong of [key.slice(0, -1), `${key}x`, key.toUpperCase(), "ik_"]) {
			expect(await api().get("/users", { key: wrong })).toMatchObject(UNAUTHORIZED);
		}
		const basic = { authorization: `Basic ${btoa(`admin:${key}`)}` };
		expect(await api().get("/users", { key: null, headers: basic })).toMatchObject(UNAUTHORIZED);
	});

	test("what a key is not good for changes nothing", async () => {
		const { key, organization } = await newKey(api(), { scopes: ["workflows:write"] });
		expect(await api().remove(`/organizations/${organization}`, { key })).toMatchObject(FORBIDDEN);
		expect((await api().get(`/organizations/${organization}`)).status).toBe(200);
	});

	test("rate headers tell how the limit stands", async () => {
		const { key } = await newKey(api());
		const [first, second] = [await api().get("/users", { key }), await api().get("/organizations", { key })];
		const left = ({ headers }: typeof first): number => Number(headers.get("x-ratelimit-remaining"));
		expect(Number(first.headers.get("x-ratelimit-limit"))).toBe(left(first) + 1);
		expect(left(second)).toBe(left(first) - 1);
	});
}
