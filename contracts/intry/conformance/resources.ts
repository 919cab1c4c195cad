import { expect, test } from "vitest";
import type { IntryClient } from "../intry-client.ts";
import { CALL, DEVICE, itemOf, itemsOf, made, NOBODY, PROPERTY, SAMPLES, TENANT, UNIT, USER } from "./made.ts";

export function testResources(api: () => IntryClient): void {
	test.each(SAMPLES)("a $singular is created with every field, shown, and listed first", async (sample) => {
		const { plural, singular } = sample;
		const body = await sample.body(api());
		const answer = await api().post(plural, body);
		expect(answer).toMatchObject({ status: 201, body: { [singular]: body } });
		const item = itemOf(answer, singular);
		expect((await api().get(`${plural}/${item.id}`)).body).toEqual({ [singular]: item });
		expect(itemsOf(await api().get(`${plural}?limit=1`), plural)).toEqual([item]);
	});

	test.each(SAMPLES)("a $singular is created with its defaults", async (sample) => {
		const { plural, singular, defaults } = sample;
		const body = Object.fromEntries(
			Object.entries(await sample.body(api())).filter(([name]) => !Object.hasOwn(defaults, name)),
		);
		const answer = await api().post(plural, body);
		expect(answer).toMatchObject({ status: 201, body: { [singular]: { ...body, ...defaults } } });
	});

	test.each(SAMPLES)("a patch changes what it has of a $singular and leaves the rest", async (sample) => {
		const { plural, singular, patch } = sample;
		const { updated_at: _before, ...item } = await made(api(), sample);
		const answer = await api().patch(`${plural}/${item.id}`, patch);
		expect(answer).toMatchObject({ status: 200, body: { [singular]: { ...item, ...patch } } });
		expect((await api().get(`${plural}/${item.id}`)).body).toEqual(answer.body);
	});

	test.each(SAMPLES)("a $singular is deleted, once", async (sample) => {
		const { plural } = sample;
		const path = `${plural}/${(await made(api(), sample)).id}`;
		expect(await api().remove(path)).toMatchObject({ status: 204, body: "" });
		expect((await api().get(path)).status).toBe(404);
		expect((await api().remove(path)).status).toBe(404);
		expect((await api().patch(path, sample.patch)).status).toBe(404);
	});

	test.each(SAMPLES)("an unknown $singular is 404", async ({ plural, patch }) => {
		expect((await api().get(`${plural}/${NOBODY}`)).status).toBe(404);
		expect((await api().patch(`${plural}/${NOBODY}`, patch)).status).toBe(404);
		expect((await api().remove(`${plural}/${NOBODY}`)).status).toBe(404);
	});

	test.each(SAMPLES)("$plural refuse fields that nobody knows, and bodies without fields", async (sample) => {
		const { plural } = sample;
		const item = await made(api(), sample);
		expect((await api().post(plural, { ...(await sample.body(api())), bogus: 1 })).status).toBe(422);
		expect((await api().post(plural, {})).status).toBe(422);
		expect((await api().patch(`${plural}/${item.id}`, { bogus: 1 })).status).toBe(422);
		expect((await api().patch(`${plural}/${item.id}`, {})).status).toBe(422);
	});
}

export function testOwners(api: () => IntryClient): void {
	test.each([
		[PROPERTY, "tenant_id"],
		[UNIT, "property_id"],
		[USER, "tenant_id"],
		[DEVICE, "unit_id"],
		[CALL, "unit_id"],
	] as const)("$0.plural need an owner that is there", async (sample, field) => {
		const body = await sample.body(api());
		expect((await api().post(sample.plural, { ...body, [field]: NOBODY })).status).toBe(404);
	});

	test("a device moves to a unit that is there, and out of it", async () => {
		const device = await made(api(), DEVICE);
		const unit = await made(api(), UNIT);
		const path = `devices/${device.id}`;
		expect((await api().patch(path, { unit_id: NOBODY })).status).toBe(404);
		expect(itemOf(await api().patch(path, { unit_id: unit.id }), "device").unit_id).toBe(unit.id);
		expect(itemOf(await api().patch(path, { unit_id: null }), "device").unit_id).toBeNull();
		expect(itemOf(await api().get(path), "device").unit_id).toBeNull();
	});

	test("a tenant takes along its users and properties, their units and calls; devices stay", async () => {
		const tenant = await made(api(), TENANT);
		const user = await made(api(), USER, { tenant_id: tenant.id });
		const property = await made(api(), PROPERTY, { tenant_id: tenant.id });
		const unit = await made(api(), UNIT, { property_id: property.id });
		const device = await made(api(), DEVICE, { unit_id: unit.id });
		const call = await made(api(), CALL, { unit_id: unit.id });
		const other = await made(api(), UNIT);
		expect((await api().remove(`tenants/${tenant.id}`)).status).toBe(204);
		for (const path of [`users/${user.id}`, `properties/${property.id}`, `units/${unit.id}`, `calls/${call.id}`]) {
			expect((await api().get(path)).status, path).toBe(404);
		}
		expect(itemOf(await api().get(`devices/${device.id}`), "device")).toMatchObject({ id: device.id, unit_id: null });
		expect((await api().get(`units/${other.id}`)).status).toBe(200);
	});

	test("an email is taken whatever its case, a serial number as it is", async () => {
		const user = await made(api(), USER);
		const email = String(user.email);
		const second = await USER.body(api());
		expect((await api().post("users", { ...second, email: email.toUpperCase() })).status).toBe(409);
		const other = await made(api(), USER);
		expect((await api().patch(`users/${other.id}`, { email })).status).toBe(409);
		expect((await api().patch(`users/${user.id}`, { email })).status).toBe(200);
		const device = await made(api(), DEVICE);
		const body = await DEVICE.body(api());
		expect((await api().post("devices", { ...body, serial_number: device.serial_number })).status).toBe(409);
		await api().remove(`devices/${device.id}`);
		expect((await api().post("devices", { ...body, serial_number: device.serial_number })).status).toBe(201);
	});
}
