import { expect, test } from "vitest";
import type { IntryClient } from "../intry-client.ts";
import { CALL, DEVICE, PROPERTY, SAMPLES, TENANT, UNIT, USER } from "./made.ts";

const sampleOf = (plural: string) => SAMPLES.find((one) => one.plural === plural) ?? TENANT;

export function testValues(api: () => IntryClient): void {
	test.each([
		[TENANT.plural, { name: "x" }],
		[TENANT.plural, { name: "é".repeat(100) }],
		[TENANT.plural, { contact_email: null }],
		[PROPERTY.plural, { city: "東京" }],
		[UNIT.plural, { label: "x".repeat(20) }],
		[UNIT.plural, { floor: -10 }],
		[UNIT.plural, { floor: 200 }],
		[USER.plural, { name: "Zoë O'Neill; drop table users" }],
		[DEVICE.plural, { serial_number: `${"A".repeat(31)}9` }],
		[CALL.plural, { duration_seconds: 86_400 }],
		[CALL.plural, { notes: "one\ntwo\tthree" }],
		[CALL.plural, { from_number: "+1555010" }],
	])("%s accept %j", async (plural, fields) => {
		const { body, singular } = sampleOf(plural);
		const answer = await api().post(plural, { ...(await body(api())), ...fields });
		expect(answer).toMatchObject({ status: 201, body: { [singular]: fields } });
	});

	test.each([
		[TENANT.plural, { name: "" }],
		[TENANT.plural, { name: "x".repeat(101) }],
		[TENANT.plural, { name: "a\nb" }],
		[TENANT.plural, { name: 7 }],
		[TENANT.plural, { name: null }],
		[TENANT.plural, { contact_email: "office" }],
		[TENANT.plural, { status: "gone" }],
		[PROPERTY.plural, { tenant_id: "7" }],
		[PROPERTY.plural, { tenant_id: null }],
		[UNIT.plural, { label: "x".repeat(21) }],
		[UNIT.plural, { floor: 201 }],
		[UNIT.plural, { floor: -11 }],
		[UNIT.plural, { floor: 1.5 }],
		[UNIT.plural, { floor: "1" }],
		[USER.plural, { email: "olive" }],
		[USER.plural, { role: "owner" }],
		[DEVICE.plural, { kind: "drone" }],
		[DEVICE.plural, { serial_number: "int-1" }],
		[DEVICE.plural, { serial_number: "INT" }],
		[CALL.plural, { direction: "sideways" }],
		[CALL.plural, { from_number: "5550100" }],
		[CALL.plural, { duration_seconds: -1 }],
		[CALL.plural, { duration_seconds: 86_401 }],
		[CALL.plural, { started_at: "yesterday" }],
		[CALL.plural, { started_at: "2026-02-30T10:00:00Z" }],
		[CALL.plural, { started_at: "1999-12-31T10:00:00Z" }],
		[CALL.plural, { notes: "x".repeat(2001) }],
	])("%s refuse %j", async (plural, fields) => {
		const answer = await api().post(plural, { ...(await sampleOf(plural).body(api())), ...fields });
		expect(answer).toMatchObject({ status: 422, body: { message: expect.any(String) } });
	});

	test.each([
		[PROPERTY.plural, "tenant_id"],
		[UNIT.plural, "property_id"],
		[USER.plural, "tenant_id"],
		[CALL.plural, "started_at"],
	])("%s keep their %s", async (plural, field) => {
		const body = await sampleOf(plural).body(api());
		const answer = await api().post(plural, body);
		const { id } = Object.values(answer.body as Record<string, { id: string }>)[0] ?? { id: "none" };
		expect((await api().patch(`${plural}/${id}`, { [field]: body[field] })).status).toBe(422);
	});
}
