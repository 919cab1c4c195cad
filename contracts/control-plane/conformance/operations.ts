import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import { field, NOBODY, newWebhook, unique, WEBHOOKS } from "../stories.ts";
import { INVALID, MISSING } from "./access.ts";

export function testWebhooks(api: () => ControlPlaneClient): void {
	test("show their secret once", async () => {
		const url = `https://hooks.example.com/${unique("hook")}`;
		const made = await api().post(WEBHOOKS, { url, events: ["user.created", "user.deleted"] });
		expect(made.status).toBe(201);
		const { body } = await api().get(`${WEBHOOKS}?limit=1`);
		expect(body).toMatchObject({
			webhooks: [{ id: field(made, "id"), url, events: ["user.created", "user.deleted"] }],
		});
		expect(JSON.stringify(body)).not.toContain(field(made, "secret"));
	});

	test("are sent a test event, which is among their deliveries", async () => {
		const [one, other] = [await newWebhook(api()), await newWebhook(api())];
		const sent = await api().post(`${WEBHOOKS}/${one}/test`);
		expect(sent).toMatchObject({ status: 202, body: { event: "webhook.test", status: "pending" } });
		expect((await api().get(`${WEBHOOKS}/${one}/deliveries`)).body).toMatchObject({
			deliveries: [{ id: field(sent, "id"), event: "webhook.test" }],
			pagination: { total: 1 },
		});
		expect((await api().get(`${WEBHOOKS}/${other}/deliveries`)).body).toMatchObject({ deliveries: [] });
	});

	test("are 404 when nobody made them", async () => {
		expect(await api().get(`${WEBHOOKS}/${NOBODY}/deliveries`)).toMatchObject(MISSING);
		expect(await api().post(`${WEBHOOKS}/${NOBODY}/test`)).toMatchObject(MISSING);
	});

	const url = "https://hooks.example.com/x";
	test.each([
		{ url },
		{ events: ["user.created"] },
		{ url, events: [] },
		{ url, events: ["user.vanished"] },
		{ url, events: ["user.created", "user.created"] },
		{ url, events: "user.created" },
		{ url: "http://hooks.example.com/x", events: ["user.created"] },
		{ url: "ftp://hooks.example.com/x", events: ["user.created"] },
		{ url: "not a url", events: ["user.created"] },
		{ url, events: ["user.created"], secret: "mine" },
	])("refuse %j", async (body) => {
		expect(await api().post(WEBHOOKS, body)).toMatchObject(INVALID);
	});
}

export function testHealth(api: () => ControlPlaneClient): void {
	test.each([
		["/health", { status: "ok", checks: { database: { status: "up" } } }],
		["/health/ready", { status: "ready" }],
		["/health/live", { status: "alive" }],
	])("%s is told to everybody", async (path, body) => {
		expect(await api().get(path, { as: "nobody" })).toMatchObject({ status: 200, body });
	});
}
