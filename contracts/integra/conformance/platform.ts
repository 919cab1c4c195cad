import { expect, test } from "vitest";
import type { Without } from "../conformance.ts";
import type { IntegraClient } from "../integra-client.ts";
import {
	FORBIDDEN,
	INVALID,
	type Item,
	itemsOf,
	MISSING,
	NOBODY,
	newKey,
	newOrganization,
	newUser,
	UNAUTHORIZED,
} from "../stories.ts";

export function testConfig(api: () => IntegraClient): void {
	test("changes in what is sent, on both levels, and in nothing else", async () => {
		await api().patch("/config", {
			session_minutes: 60,
			sign_up: true,
			notifications: { email: true, webhook: false },
		});
		const { body } = await api().get("/config");
		const { updated_at: _, ...before } = body as Item;
		expect(await api().patch("/config", { session_minutes: 30 })).toMatchObject({
			status: 200,
			body: { ...before, session_minutes: 30 },
		});
		await api().patch("/config", { notifications: { webhook: true } });
		expect((await api().get("/config")).body).toMatchObject({
			...before,
			session_minutes: 30,
			notifications: { email: true, webhook: true },
		});
	});

	test.each([
		{ session_minutes: 4 },
		{ session_minutes: 1441 },
		{ session_minutes: "30" },
		{ sign_up: null },
		{ notifications: { sms: true } },
		{ support_email: "nobody" },
		{ colour: "green" },
	])("refuses %j", async (body) => {
		const before = await api().get("/config");
		expect(await api().patch("/config", body)).toMatchObject(INVALID);
		expect((await api().get("/config")).body).toEqual(before.body);
	});
}

interface Usage {
	readonly requests: number;
	readonly by_key: readonly { readonly key_id: string; readonly requests: number }[];
	readonly by_day: readonly { readonly requests: number }[];
}

export function testUsage(api: () => IntegraClient, { "what usage is made of": usage }: Without): void {
	const usageOf = async (organization: string, query = ""): Promise<Usage> =>
		(await api().get(`/analytics/usage?org_id=${organization}${query}`)).body as Usage;

	test("counts the calls that were made with the keys of an organization, and not those that were refused", async () => {
		const { key, id, organization } = await newKey(api(), { scopes: ["admin:users"] });
		const other = await newKey(api(), { organization });
		const stranger = await newKey(api());
		expect((await usageOf(organization)).requests).toBe(0);
		await api().get("/users", { key });
		await newUser(api());
		await api().get(`/users/${NOBODY.user}`, { key });
		expect(await api().get("/config", { key })).toMatchObject(FORBIDDEN);
		await api().get("/config", { key: other.key });
		await api().get("/users", { key: stranger.key });
		await api().remove(`/api-keys/${id}`);
		expect(await api().get("/users", { key })).toMatchObject(UNAUTHORIZED);
		expect((await usageOf(organization)).requests).toBe(2);
		expect((await usageOf(stranger.organization, "&period=24h")).requests).toBe(1);
	});

	test.skipIf(usage !== undefined)("adds up", async () => {
		const organization = await newOrganization(api());
		const [one, other] = [await newKey(api(), { organization }), await newKey(api(), { organization })];
		for (const { key } of [one, one, other]) await api().get("/users", { key });
		const { requests, by_key, by_day } = await usageOf(organization);
		const sum = (all: readonly { readonly requests: number }[]): number =>
			all.reduce((total, part) => total + part.requests, 0);
		expect([requests, sum(by_key), sum(by_day)]).toEqual([3, 3, 3]);
		expect(new Map(by_key.map((part) => [part.key_id, part.requests]))).toEqual(
			new Map([
				[one.id, 2],
				[other.id, 1],
			]),
		);
	});

	test.skipIf(usage !== undefined)("is asked for by organization and period", async () => {
		const organization = await newOrganization(api());
		for (const period of ["24h", "7d", "30d", "90d"]) {
			expect((await api().get(`/analytics/usage?org_id=${organization}&period=${period}`)).status).toBe(200);
		}
		expect(await api().get(`/analytics/usage?org_id=${NOBODY.organization}`)).toMatchObject(MISSING);
		for (const query of ["", "period=30d", `org_id=${organization}&period=1d`, "org_id=acme&period=30d"]) {
			expect(await api().get(`/analytics/usage?${query}`)).toMatchObject(INVALID);
		}
	});
}

const DAY_MS = 86_400_000;
const day = (offset: number): string => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

export function testAudit(api: () => IntegraClient, { "what entries are about": about }: Without): void {
	test.skipIf(about !== undefined)("keeps every call, the newest first: writes, reads and refused ones", async () => {
		const user = await newUser(api());
		await api().get(`/users/${user}`);
		await api().patch(`/users/${user}`, { name: "" });
		await api().remove(`/users/${user}`, { key: null });
		await api().remove(`/users/${user}`);
		const entries = (await itemsOf(api(), "/audit-logs?per_page=10")).filter(({ resource_id }) => resource_id === user);
		expect(entries.map(({ action }) => action)).toEqual(
			["createUser", "getUser", "updateUser", "deleteUser", "deleteUser"].toReversed(),
		);
		expect(entries.map(({ status }) => status)).toEqual([201, 200, 400, 401, 204].toReversed());
		expect(entries.map(({ actor_id }) => actor_id)).toEqual(["operator", null, "operator", "operator", "operator"]);
	});

	test.skipIf(about !== undefined)("shows what was about one organization, by action and day", async () => {
		const { key, id, organization } = await newKey(api());
		await api().get(`/organizations/${organization}`, { key });
		await api().remove(`/api-keys/${id}`);
		await api().get(`/analytics/usage?org_id=${organization}`);
		const path = `/audit-logs?org_id=${organization}`;
		const actionsOf = async (query: string): Promise<readonly unknown[]> =>
			(await itemsOf(api(), `${path}${query}`)).map(({ action }) => action);
		const all = ["getUsage", "revokeApiKey", "getOrganization", "createApiKey", "createOrganization"];
		expect(await actionsOf("")).toEqual(all);
		expect(await actionsOf("&action=revokeApiKey")).toEqual(["revokeApiKey"]);
		expect(await actionsOf(`&start_date=${day(0)}&end_date=${day(0)}&action=getUsage`)).toEqual(["getUsage"]);
		expect(await actionsOf(`&end_date=${day(-1)}`)).toEqual([]);
		expect(await actionsOf(`&start_date=${day(1)}`)).toEqual([]);
		expect((await itemsOf(api(), `${path}&action=getOrganization`))[0]).toMatchObject({ actor_id: id });
		await api().remove(`/organizations/${organization}`);
		expect((await actionsOf(""))[0]).toBe("deleteOrganization");
	});

	test.skipIf(about !== undefined)("shows nothing secret", async () => {
		const { key } = await newKey(api());
		await api().get("/users?email=someone@example.com", { key });
		const shown = JSON.stringify(await itemsOf(api(), "/audit-logs?per_page=10"));
		expect(shown).not.toContain(key);
		expect(shown).not.toContain("someone@example.com");
	});

	test.each(["start_date=yesterday", "end_date=2026-02-30", "action=vanish", "org_id=acme", "page=0"])(
		"refuses %s",
		async (query) => {
			expect(await api().get(`/audit-logs?${query}`)).toMatchObject(INVALID);
		},
	);
}
