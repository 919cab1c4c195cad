import { expect, test } from "vitest";
import type { IntryClient } from "../intry-client.ts";
import { CALL, DEVICE, type Fields, itemsOf, made, NOBODY, PROPERTY, TENANT, UNIT, USER } from "./made.ts";

export function testLists(api: () => IntryClient): void {
	const labels = async (query: string): Promise<readonly unknown[]> =>
		itemsOf(await api().get(`units?${query}`), "units").map(({ label }) => label);

	test("a list comes in parts, and tells what was asked for", async () => {
		const property = await made(api(), PROPERTY);
		for (const label of ["A", "B", "C", "D", "E"]) await made(api(), UNIT, { property_id: property.id, label });
		const mine = `property_id=${property.id}`;
		expect((await api().get(`units?${mine}`)).body).toMatchObject({ total: 5, limit: 20, offset: 0 });
		const part = await api().get(`units?${mine}&limit=2&offset=1`);
		expect(part.body).toMatchObject({ total: 5, limit: 2, offset: 1 });
		expect(itemsOf(part, "units").map(({ label }) => label)).toEqual(["D", "C"]);
		expect(await labels(`${mine}&limit=2&offset=4`)).toEqual(["A"]);
		expect((await api().get(`units?${mine}&offset=5`)).body).toMatchObject({ units: [], total: 5, offset: 5 });
		expect(await labels(`${mine}&offset=3`)).toEqual(["B", "A"]);
	});

	test("a list is sorted as it is asked for", async () => {
		const property = await made(api(), PROPERTY);
		for (const label of ["b", "B", "a"]) await made(api(), UNIT, { property_id: property.id, label });
		const mine = `property_id=${property.id}`;
		expect(await labels(mine)).toEqual(["a", "B", "b"]);
		expect(await labels(`${mine}&sort=created_at`)).toEqual(["b", "B", "a"]);
		expect(await labels(`${mine}&sort=label`)).toEqual(["B", "a", "b"]);
		expect(await labels(`${mine}&sort=-label`)).toEqual(["b", "a", "B"]);
	});

	test.each([
		"limit=0",
		"limit=101",
		"limit=-1",
		"limit=x",
		"limit=",
		"offset=-1",
		"offset=1000001",
		"sort=floor",
		"status=vacnt",
		"property_id=7",
		"floor=201",
	])("the query %s is refused", async (query) => {
		const answer = await api().get(`units?${query}`);
		expect(answer).toMatchObject({ status: 422, body: { message: expect.any(String) } });
	});

	test.each(["limit=1", "limit=100", "offset=0", "offset=1000000", "floor=-10", "floor=200"])(
		"the query %s is served",
		async (query) => {
			expect((await api().get(`units?${query}`)).status).toBe(200);
		},
	);
}

export function testFilters(api: () => IntryClient): void {
	const found = async (plural: string, query: string): Promise<readonly unknown[]> => {
		const answer = await api().get(`${plural}?limit=100&${query}`);
		const items = itemsOf(answer, plural);
		expect(Math.min(Number((answer.body as Fields).total), 100)).toBe(items.length);
		return items.map(({ id }) => id);
	};

	test("tenants are filtered by status", async () => {
		const tenant = await made(api(), TENANT, { status: "suspended" });
		expect(await found("tenants", "status=suspended")).toContain(tenant.id);
		expect(await found("tenants", "status=active")).not.toContain(tenant.id);
	});

	test("properties are filtered by tenant and by the whole city", async () => {
		const one = await made(api(), PROPERTY, { city: "Bergen" });
		const two = await made(api(), PROPERTY, { city: "Bergen aan Zee", tenant_id: one.tenant_id });
		await made(api(), PROPERTY, { city: "Bergen" });
		const mine = `tenant_id=${one.tenant_id}`;
		expect(await found("properties", mine)).toEqual([two.id, one.id]);
		expect(await found("properties", `${mine}&city=Bergen`)).toEqual([one.id]);
		expect(await found("properties", `${mine}&city=bergen`)).toEqual([]);
		expect(await found("properties", `tenant_id=${NOBODY}`)).toEqual([]);
	});

	test("units are filtered by property, status and floor", async () => {
		const one = await made(api(), UNIT, { floor: 3, status: "blocked" });
		const two = await made(api(), UNIT, { floor: 30, status: "vacant", property_id: one.property_id });
		const mine = `property_id=${one.property_id}`;
		expect(await found("units", mine)).toEqual([two.id, one.id]);
		expect(await found("units", `${mine}&floor=3`)).toEqual([one.id]);
		expect(await found("units", `${mine}&status=vacant`)).toEqual([two.id]);
		expect(await found("units", `${mine}&status=vacant&floor=3`)).toEqual([]);
	});

	test("users are filtered by tenant, role and status", async () => {
		const one = await made(api(), USER, { role: "staff", status: "active" });
		const two = await made(api(), USER, { role: "manager", status: "disabled", tenant_id: one.tenant_id });
		const mine = `tenant_id=${one.tenant_id}`;
		expect(await found("users", mine)).toEqual([two.id, one.id]);
		expect(await found("users", `${mine}&role=staff`)).toEqual([one.id]);
		expect(await found("users", `${mine}&status=disabled`)).toEqual([two.id]);
	});

	test("devices are filtered by unit, kind and status", async () => {
		const one = await made(api(), DEVICE, { kind: "lock", status: "online" });
		const two = await made(api(), DEVICE, { kind: "camera", status: "offline", unit_id: one.unit_id });
		const mine = `unit_id=${one.unit_id}`;
		expect(await found("devices", mine)).toEqual([two.id, one.id]);
		expect(await found("devices", `${mine}&kind=lock`)).toEqual([one.id]);
		expect(await found("devices", `${mine}&status=offline`)).toEqual([two.id]);
	});

	test("calls are filtered by unit, direction, status and time, both ends included", async () => {
		const one = await made(api(), CALL, { direction: "inbound", started_at: "2026-01-15T10:00:00.000Z" });
		const later = { direction: "outbound", status: "missed", started_at: "2026-01-15T11:00:00.000Z" };
		const two = await made(api(), CALL, { ...later, unit_id: one.unit_id });
		const mine = `unit_id=${one.unit_id}`;
		expect(await found("calls", mine)).toEqual([two.id, one.id]);
		expect(await found("calls", `${mine}&direction=inbound`)).toEqual([one.id]);
		expect(await found("calls", `${mine}&status=missed`)).toEqual([two.id]);
		expect(await found("calls", `${mine}&started_from=2026-01-15T11:00:00.000Z`)).toEqual([two.id]);
		expect(await found("calls", `${mine}&started_until=2026-01-15T10:00:00.000Z`)).toEqual([one.id]);
		expect(await found("calls", `${mine}&started_from=2026-01-15T11:00:00.001Z`)).toEqual([]);
		expect(await found("calls", `${mine}&sort=started_at`)).toEqual([one.id, two.id]);
	});
}
