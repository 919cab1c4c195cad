import { describe, expect, test } from "vitest";
import { PETS, sampleMock } from "../sample-mock.ts";
import { createControl } from "./control.ts";

const LOCAL = "127.0.0.1";

async function control(token?: string) {
	const { mock, send } = await sampleMock(PETS, { journal: true });
	const { answer } = createControl({ apis: () => [{ name: "pets", mock }], token });
	const ask = (method: string, path: string, body?: unknown) => {
		const headers = { host: "localhost:4010" };
		const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
		const { status, body: shown } = answer({ method, path: `/__holdfast${path}`, headers, body: text }, LOCAL);
		return { status, body: typeof shown === "string" && shown !== "" ? JSON.parse(shown) : undefined };
	};
	return { mock, send, ask, answer };
}

describe("the control", () => {
	test("shows and edits the state", async () => {
		const { ask, send } = await control();
		const { id } = (await send("POST", "/pets", { name: "Rex" })).body as { id: string };
		expect(ask("GET", "").body).toEqual({ apis: [{ name: "pets", title: "Pets", version: "2.1", operations: 14 }] });
		expect(ask("GET", "/pets").body.resources).toContainEqual({
			name: "pets",
			kind: "collection",
			parent: null,
			path: "/pets",
			items: 1,
		});
		expect(ask("GET", "/state").body.pets).toMatchObject([{ name: "Rex" }]);
		expect(ask("PATCH", `/state/pets/${id}`, { name: "Max" })).toMatchObject({
			status: 200,
			body: { id, name: "Max" },
		});
		expect(ask("PUT", `/state/pets/${id}/toys`, ["ball"]).body).toEqual(["ball"]);
		expect((await send("GET", `/pets/${id}/toys`)).body).toEqual(["ball"]);
		expect(ask("DELETE", `/state/pets/${id}`).status).toBe(204);
		expect(ask("DELETE", `/state/pets/${id}`).status).toBe(404);
		expect(ask("GET", `/state/pets/${id}`).status).toBe(404);
		expect(ask("PATCH", `/state/pets/${id}`, {}).status).toBe(404);
	});

	test("saves, compares and restores snapshots, and resets", async () => {
		const { ask, send } = await control();
		await send("POST", "/pets", { name: "Rex" });
		expect(ask("PUT", "/snapshots/one%20pet").status).toBe(204);
		await send("POST", "/pets", { name: "Max" });
		expect(ask("GET", "/snapshots").body).toEqual(["one pet"]);
		expect(ask("GET", "/snapshots/one%20pet/diff").body).toMatchObject([{ kind: "added", after: { name: "Max" } }]);
		expect(ask("GET", "/snapshots/now/diff?to=one%20pet").body).toMatchObject([{ kind: "removed" }]);
		expect(ask("GET", "/snapshots/one%20pet").body.pets).toHaveLength(1);
		expect(ask("POST", "/snapshots/one%20pet/restore").status).toBe(204);
		expect((await send("GET", "/pets")).body).toMatchObject({ total: 1 });
		expect(ask("POST", "/reset").status).toBe(204);
		expect((await send("GET", "/pets")).body).toMatchObject({ total: 0 });
		expect(ask("DELETE", "/snapshots/one%20pet").status).toBe(204);
		expect(ask("POST", "/snapshots/one%20pet/restore")).toMatchObject({
			status: 400,
			body: { errors: [{ message: 'there is no snapshot "one pet"', hint: "there are now" }] },
		});
	});

	test("freezes and advances the clock by which answers go", async () => {
		const { ask, send } = await control();
		expect(ask("PUT", "/clock", { frozen: true, now: "2030-01-01T00:00:00Z" }).body).toEqual({
			now: "2030-01-01T00:00:00.000Z",
			frozen: true,
		});
		expect((await send("POST", "/pets", { name: "Rex" })).body).toMatchObject({
			created_at: "2030-01-01T00:00:00.000Z",
		});
		expect(ask("PUT", "/clock", { advance: "36h" }).body.now).toBe("2030-01-02T12:00:00.000Z");
		expect(ask("PUT", "/clock", { frozen: false }).body.frozen).toBe(false);
		expect(ask("DELETE", "/clock").body.now).not.toMatch(/^2030/);
	});

	test("switches faults", async () => {
		const { ask, send } = await control();
		expect(ask("PUT", "/faults", ["listPets: status=404"]).body).toEqual(["listPets: status=404"]);
		expect((await send("GET", "/pets")).status).toBe(404);
		expect(ask("POST", "/faults", ["latency=1ms"]).body).toHaveLength(2);
		expect(ask("DELETE", "/faults").status).toBe(204);
		expect((await send("GET", "/pets")).status).toBe(200);
	});

	test("says of the last requests why they were answered so", async () => {
		const { ask, send } = await control();
		await send("GET", "/nowhere");
		await send("POST", "/pets", { name: "" });
		await send("POST", "/pets", { name: "Rex" });
		expect(ask("GET", "/requests?last=2").body).toMatchObject([
			{ number: 3, method: "POST", path: "/pets", status: 201, operation: "createPet" },
			{ number: 2, status: 422, why: expect.stringContaining("when the input breaks the documented rules") },
		]);
		expect(ask("GET", "/requests/last").body).toMatchObject({
			number: 3,
			request: { body: '{"name":"Rex"}' },
			why: {
				input: [],
				guards: expect.arrayContaining([
					{ result: "holds", sentence: "answers 400 or 422 when the input breaks the documented rules" },
				]),
				written: [{ kind: "count" }, { kind: "put", in: "pets", value: { name: "Rex" } }],
			},
		});
		expect(ask("GET", "/requests/2").body.why).toMatchObject({
			operation: { id: "createPet" },
			input: [{ in: "body", at: "/name" }],
			guards: expect.arrayContaining([
				{ result: "refuses", sentence: "answers 400 or 422 when the input breaks the documented rules" },
			]),
			written: [],
		});
		expect(ask("GET", "/requests/1").body.why.reason).toMatch(/no operation/);
		expect(ask("GET", "/requests/9").status).toBe(404);
		expect(ask("DELETE", "/requests").status).toBe(204);
		expect(ask("GET", "/requests").body).toEqual([]);
	});

	test.each([
		["PUT", "/state/petz", [], 400, /no resource is called \\"petz\\"/],
		["PUT", "/state/pets", undefined, 400, /the body is the value/],
		["PUT", "/state/pets", "{", 400, /the body is not JSON/],
		["POST", "/state", {}, 405, /allowed here are GET/],
		["PUT", "/clock", { advance: "soon" }, 400, /advance is a time/],
		["PUT", "/clock", { now: "soon" }, 400, /now is a time/],
		["PUT", "/clock", [], 400, /the body is like/],
		["PUT", "/faults", [5], 400, /list of faults/],
		["PUT", "/faults", ["status=5"], 400, /status is a status/],
		["PUT", "/faults", ["listPet: status=503"], 400, /did you mean/],
		["PUT", "/snapshots/now", undefined, 400, /cannot be called/],
		["GET", "/nowhere", undefined, 404, /there is no nowhere/],
		["GET", "/snapshots/x/y", undefined, 404, /GET diff/],
	])("%s %s is told what is wrong", async (method, path, body, status, message) => {
		const { ask } = await control();
		const answer = ask(method, path, body);
		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.body)).toMatch(message);
	});

	test.each([
		["from another machine", { host: "127.0.0.1:4010" }, "192.0.2.7", undefined, 403],
		["under another name, as a page that rebinds DNS would", { host: "evil.test:4010" }, LOCAL, undefined, 403],
		["from a page of another origin", { host: "localhost:4010", origin: "http://evil.test" }, LOCAL, undefined, 403],
		["from a page of another port", { host: "localhost:4010", origin: "http://localhost:3000" }, LOCAL, undefined, 403],
		["from another site", { host: "localhost:4010", "sec-fetch-site": "cross-site" }, LOCAL, undefined, 403],
		["without the token", { host: "localhost:4010" }, LOCAL, "secret", 401],
		["with a wrong token", { host: "localhost:4010", authorization: "Bearer secreT" }, LOCAL, "secret", 401],
		[
			"from a page of another origin with the token",
			{ host: "a.test", origin: "http://b.test", authorization: "Bearer secret" },
			LOCAL,
			"secret",
			403,
		],
		[
			"from its own page",
			{ host: "localhost:4010", origin: "http://localhost:4010", "sec-fetch-site": "same-origin" },
			"::1",
			undefined,
			200,
		],
		["from this machine by IPv6", { host: "[::1]:4010" }, "::ffff:127.0.0.1", undefined, 200],
		["from anywhere with the token", { host: "mock.test", authorization: "Bearer secret" }, "192.0.2.7", "secret", 200],
	])("used %s", async (_, headers, remoteAddress, token, status) => {
		const { answer } = await control(token);
		const told = answer(
			{ method: "GET", path: "/__holdfast/state", headers: headers as Record<string, string> },
			remoteAddress,
		);
		expect(told.status).toBe(status);
		expect(Object.keys(told.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
	});

	test("has a page for people", async () => {
		const { answer } = await control();
		const headers = { host: "localhost", accept: "text/html,*/*" };
		const page = answer({ method: "GET", path: "/__holdfast", headers }, LOCAL);
		expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
		expect(page.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
		expect(page.body).not.toMatch(/(?:src|href)="http/);
	});

	test("is beside the API over HTTP, and not there when it is switched off", async () => {
		const { mock } = await control();
		const on = await mock.listen({ port: 0, host: LOCAL });
		const off = await mock.listen({ port: 0, host: LOCAL, control: false });
		expect((await fetch(`${on.url}/__holdfast/state`)).status).toBe(200);
		expect((await fetch(`${on.url}/__holdfast-not`)).status).toBe(404);
		expect((await fetch(`${off.url}/__holdfast/state`)).status).toBe(404);
		await Promise.all([on.close(), off.close()]);
	});
});
