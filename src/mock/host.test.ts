import { describe, expect, test } from "vitest";
import { fetchWeb } from "./adapter/web-fetch.ts";
import { clashesOf, createHost, type HostedApi } from "./host.ts";
import { PETS, sampleMock } from "./sample-mock.ts";

const SHOP = `openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: https://shop.example.com/api }]
paths:
  /pets: { get: { operationId: listShopPets, responses: { "200": { description: ok, content: { application/json: { schema: { const: shop } } } } } } }
  /carts: { get: { operationId: listCarts, responses: { "200": { description: ok, content: { application/json: { schema: { const: carts } } } } } } }
  /pets-api/x: { get: { operationId: x, responses: { "200": { description: ok, content: { application/json: { schema: { const: x } } } } } } }
`;

async function host() {
	const mocks = await Promise.all([PETS, SHOP].map((text) => sampleMock(text)));
	const apis = ["pets-api", "shop"].map(
		(name, index): HostedApi => ({ name, service: mocks[index]?.mock.service as HostedApi["service"] }),
	);
	const service = createHost(apis);
	const ask = async (path: string, init?: RequestInit) => {
		const answer = await fetchWeb(service, new Request(`http://mock.test${path}`, init), 10_000);
		return { status: answer.status, location: answer.headers.get("location"), body: await answer.text() };
	};
	return { ask, apis };
}

describe("several APIs at one address", () => {
	test.each([
		["/shop/pets", 200, '"shop"'],
		["/shop/api/pets", 200, '"shop"'],
		["/api/carts", 200, '"carts"'],
		["/carts?a=b", 200, '"carts"'],
		["/pets-api/pets", 200, /"total":0/],
		["/pets-api/x", 200, '"x"'],
		["/breeds", 200, /^\[/],
		["/pets", 404, /Several APIs have \/pets: ask for \/pets-api\/pets or \/shop\/pets/],
		["/nowhere", 404, /No API has \/nowhere; each is served under its name: \/pets-api, \/shop/],
		["/shop", 404, /There is no \//],
		["/shopping", 404, /No API has/],
	])("%s is answered by the one that it means", async (path, status, body) => {
		const { ask } = await host();
		const answer = await ask(path);
		expect([answer.status, answer.body]).toEqual([status, expect.stringMatching(body)]);
	});

	test("tell where something was made with the name in front when it was asked for so", async () => {
		const { ask } = await host();
		const headers = { "content-type": "application/json" };
		const made = await ask("/pets-api/pets", { method: "POST", headers, body: '{"name":"Rex"}' });
		expect(made.location).toMatch(/^\/pets-api\/pets\/[\w-]+$/);
		expect((await ask(made.location as string)).status).toBe(200);
	});

	test("are told apart where their paths clash", async () => {
		const { apis } = await host();
		const [pets, shop] = apis as [HostedApi, HostedApi];
		expect(clashesOf({ ...pets, paths: ["/pets/{id}", "/pets"] }, apis)).toEqual(["shop"]);
		expect(clashesOf({ ...shop, paths: ["/carts"] }, apis)).toEqual([]);
	});
});
