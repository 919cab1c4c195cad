import { describe, expect, test } from "vitest";
import { PETS, type SampleMock, sampleMock } from "./sample-mock.ts";

const NOBODY = "30d5c8c3-4714-4cce-a86e-faa612d48391";

async function createPet({ send }: SampleMock, body: object = { name: "Rex" }): Promise<string> {
	return ((await send("POST", "/pets", body)).body as { id: string }).id;
}

describe("a collection", () => {
	test("shows what was posted, until it is deleted", async () => {
		const mock = await sampleMock(PETS);
		const { body, headers } = await mock.send("POST", "/pets", { name: "Rex", age: 3 });
		const { id } = body as { id: string };
		expect(body).toMatchObject({ name: "Rex", age: 3, status: "available" });
		expect(headers.location).toBe(`/pets/${id}`);
		expect(await mock.send("GET", `/pets/${id}`)).toMatchObject({ status: 200, body });
		expect((await mock.send("GET", "/pets")).body).toEqual({ data: [body], total: 1, has_more: false });
		expect(await mock.send("DELETE", `/pets/${id}`)).toMatchObject({ status: 204, body: "" });
		expect((await mock.send("GET", `/pets/${id}`)).status).toBe(404);
		expect((await mock.send("GET", "/pets")).body).toEqual({ data: [], total: 0, has_more: false });
	});

	test("keeps by PATCH what PUT takes away", async () => {
		const mock = await sampleMock(PETS);
		const id = await createPet(mock, { name: "Rex", age: 3, status: "sold" });
		expect((await mock.send("PATCH", `/pets/${id}`, { name: "Max" })).body).toMatchObject({ name: "Max", age: 3 });
		const replaced = (await mock.send("PUT", `/pets/${id}`, { name: "Ann" })).body;
		expect(replaced).toMatchObject({ id, name: "Ann", status: "available" });
		expect(replaced).not.toHaveProperty("age");
		expect((await mock.send("GET", `/pets/${id}`)).body).toEqual(replaced);
	});

	test("dates what it makes and changes by its clock", async () => {
		let now = Date.UTC(2030, 0, 1);
		const mock = await sampleMock(PETS, { now: () => now });
		const id = await createPet(mock);
		now += 60_000;
		const changed = { created_at: "2030-01-01T00:00:00.000Z", updated_at: "2030-01-01T00:01:00.000Z" };
		expect((await mock.send("PATCH", `/pets/${id}`, { name: "Max" })).body).toMatchObject(changed);
		expect((await mock.send("GET", `/pets/${id}`)).body).toMatchObject(changed);
	});

	test("takes along what lives inside an item", async () => {
		const mock = await sampleMock(PETS);
		const id = await createPet(mock);
		expect((await mock.send("PUT", `/pets/${id}/toys`, ["ball", "ball"])).body).toEqual(["ball", "ball"]);
		await mock.send("DELETE", `/pets/${id}`);
		expect((await mock.send("GET", `/pets/${id}/toys`)).status).toBe(404);
	});

	test("that nobody can fill has items all the same, and they can be read", async () => {
		const mock = await sampleMock(PETS);
		const { body } = await mock.send("GET", "/breeds");
		expect(body).toHaveLength(3);
		for (const breed of body as readonly { code: string }[]) {
			expect((await mock.send("GET", `/breeds/${breed.code}`)).body).toEqual(breed);
		}
	});

	test("gets the same ids from the same seed, and others from another", async () => {
		const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => sampleMock(PETS, { seed })));
		const ids = await Promise.all([one, same, other].map((mock) => createPet(mock as SampleMock)));
		expect(ids[1]).toBe(ids[0]);
		expect(ids[2]).not.toBe(ids[0]);
	});

	test("is not shared between two mocks", async () => {
		const [one, other] = [await sampleMock(PETS), await sampleMock(PETS)];
		const id = await createPet(one);
		expect((await other.send("GET", `/pets/${id}`)).status).toBe(404);
	});

	test("counts numeric ids up, and finds them by the text in a path", async () => {
		const mock = await sampleMock(PETS.replaceAll("type: string, format: uuid", "type: integer"));
		expect([await createPet(mock), await createPet(mock)]).toEqual([1, 2]);
		expect((await mock.send("GET", "/pets/2")).body).toMatchObject({ id: 2 });
		await mock.send("DELETE", "/pets/2");
		expect(await createPet(mock)).toBe(3);
	});
});

test("a singleton starts with its example, and is changed", async () => {
	const { send } = await sampleMock(PETS);
	expect((await send("PATCH", "/settings", { theme: "light" })).body).toEqual({ theme: "light", page_size: 50 });
	expect((await send("GET", "/settings")).body).toEqual({ theme: "light", page_size: 50 });
});

describe("an operation without state", () => {
	test("answers with ids of its own, constants, and what was sent", async () => {
		const { send } = await sampleMock(PETS);
		const walks = [await send("POST", "/walks", { minutes: 5 }), await send("POST", "/walks", { minutes: 7 })];
		expect(walks.map(({ body }) => body)).toMatchObject([
			{ minutes: 5, state: "booked" },
			{ minutes: 7, state: "booked" },
		]);
		expect(new Set(walks.map(({ body }) => (body as { walk_id: string }).walk_id)).size).toBe(2);
	});

	test("reads forms", async () => {
		const { send } = await sampleMock(PETS);
		const headers = { "content-type": "application/x-www-form-urlencoded" };
		expect(await send("POST", "/walks", "minutes=5", headers)).toMatchObject({ status: 202, body: { minutes: 5 } });
		expect((await send("POST", "/walks", "minutes=0", headers)).status).toBe(400);
	});

	test("answers in the media type that is asked for", async () => {
		const { send } = await sampleMock(PETS);
		expect(await send("GET", "/notes", undefined, { accept: "text/csv" })).toMatchObject({
			body: "a,b",
			headers: { "content-type": "text/csv; charset=utf-8" },
		});
	});
});

describe("a refusal", () => {
	test.each([
		[
			"an unknown item",
			["GET", `/pets/${NOBODY}`],
			404,
			{ code: 404, message: `No pet has id "${NOBODY}"`, pet_id: NOBODY },
		],
		["an id that is none, where only its absence is documented", ["GET", "/pets/nope"], 404, { code: 404 }],
		[
			"input that breaks several rules",
			["POST", "/pets", { name: "", age: -1 }],
			422,
			{
				code: 422,
				message: "name must be at least 1 character long; age must be at least 0",
				errors: [
					{ field: "name", message: "name must be at least 1 character long" },
					{ field: "age", message: "age must be at least 0" },
				],
			},
		],
		["no body", ["POST", "/pets"], 400, { message: "The body is required" }],
		["broken JSON", ["POST", "/pets", "{", { "content-type": "application/json" }], 400, { code: 400 }],
		["deep JSON", ["POST", "/pets", "[".repeat(500), { "content-type": "application/json" }], 400, { code: 400 }],
		["bytes that are no text", ["POST", "/pets", "\ud800", { "content-type": "application/json" }], 400, { code: 400 }],
		["another media type", ["POST", "/pets", "name=Rex", { "content-type": "text/css" }], 415, { code: 415 }],
		["a body too large", ["POST", "/pets", { name: "x".repeat(2_000) }], 413, { code: 413 }],
		["an unknown path", ["GET", "/nowhere"], 404, { code: 404, message: "There is no /nowhere" }],
		["an answer that nobody offers", ["GET", "/pets", undefined, { accept: "image/png" }], 406, { code: 406 }],
	] as const)("tells of %s in the document's own form", async (_title, call, status, body) => {
		const { send } = await sampleMock(PETS, { bodyBytesMax: 1_000 });
		const [method, path, sent, headers] = call as readonly [string, string, unknown?, Record<string, string>?];
		const answer = await send(method, path, sent, headers);
		expect(answer).toMatchObject({ status, body, headers: { "content-type": "application/json" } });
	});

	test("names the methods that there are", async () => {
		const { send } = await sampleMock(PETS);
		expect(await send("POST", `/pets/${NOBODY}`)).toMatchObject({
			status: 405,
			headers: { allow: "GET, PUT, PATCH, DELETE" },
		});
	});

	test("changes nothing", async () => {
		const mock = await sampleMock(PETS);
		const id = await createPet(mock);
		await mock.send("PUT", `/pets/${id}`, { name: "", age: 1 });
		await mock.send("POST", "/pets", { age: 1 });
		await mock.send("GET", "/pets", undefined, { accept: "image/png" });
		expect((await mock.send("GET", "/pets")).body).toMatchObject({ total: 1, data: [{ name: "Rex" }] });
	});

	test("is Problem Details where the document has no form of its own", async () => {
		const text =
			'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: { /a: { get: { parameters: [{ name: n, in: query, schema: { type: integer } }], responses: { "200": { description: ok } } } } }\n';
		const { send } = await sampleMock(text);
		expect(await send("GET", "/a?n=x")).toMatchObject({
			status: 400,
			headers: { "content-type": "application/problem+json" },
			body: { type: "about:blank", title: "Bad Request", status: 400, errors: [{ in: "query", name: "n" }] },
		});
	});
});

describe("HTTP", () => {
	test("HEAD is GET without a body", async () => {
		const { send } = await sampleMock(PETS);
		expect(await send("HEAD", "/notes")).toMatchObject({ status: 200, body: "", headers: { "content-length": "9" } });
	});

	test("what may be sent is told with a refused media type", async () => {
		const { send } = await sampleMock(PETS);
		const text = { "content-type": "text/plain" };
		expect(await send("POST", "/pets", "Rex", text)).toMatchObject({
			status: 415,
			headers: { "accept-post": "application/json" },
		});
		expect(await send("PATCH", "/settings", "Rex", text)).toMatchObject({
			status: 415,
			headers: { "accept-patch": "application/json" },
		});
	});

	test("all that is wrong is told as Problem Details to who asks for it, and in the document's form to everybody else", async () => {
		const { send } = await sampleMock(PETS);
		const wrong = { name: "", age: -1, status: "lost" };
		const problem = await send("POST", "/pets", wrong, { accept: "application/problem+json" });
		expect(problem.headers["content-type"]).toBe("application/problem+json");
		expect(problem.body).toMatchObject({
			status: 422,
			errors: [{ pointer: "#/name" }, { pointer: "#/age" }, { pointer: "#/status" }],
		});
		for (const accept of ["application/json, application/problem+json", "*/*", "text/html"]) {
			const own = await send("POST", "/pets", wrong, { accept });
			expect(own.body).toMatchObject({ code: 422, errors: [{ field: "name" }, { field: "age" }, { field: "status" }] });
		}
	});

	test("OPTIONS tells what is allowed, and answers a preflight", async () => {
		const { send } = await sampleMock(PETS);
		expect(await send("OPTIONS", "/pets")).toMatchObject({
			status: 204,
			headers: { allow: "GET, POST, HEAD, OPTIONS" },
		});
		expect((await send("OPTIONS", "/nowhere")).status).toBe(404);
		const preflight = {
			origin: "http://page.test",
			"access-control-request-method": "POST",
			"access-control-request-headers": "x-key",
		};
		expect(await send("OPTIONS", "/pets", undefined, preflight)).toMatchObject({
			status: 204,
			headers: {
				"access-control-allow-origin": "http://page.test",
				"access-control-allow-methods": "GET, POST",
				"access-control-allow-headers": "x-key",
			},
		});
	});

	test("a page of another origin may read the answer", async () => {
		const { send } = await sampleMock(PETS);
		const { headers } = await send("GET", "/notes", undefined, { origin: "http://page.test" });
		expect(headers).toMatchObject({ "access-control-allow-origin": "http://page.test", vary: "Origin" });
	});

	test("the path of the documented server may stand in front", async () => {
		const { send } = await sampleMock(PETS);
		expect((await send("GET", "/v1/notes")).body).toBe("two notes");
	});
});
