import { describe, expect, test } from "vitest";
import { parseFault } from "./fault/fault.ts";
import { type SampleMock, sampleMock } from "./sample-mock.ts";

const SHIPS = `openapi: 3.1.0
info: { title: Ships, version: "1" }
paths:
  /ships:
    get:
      operationId: listShips
      responses:
        "200":
          description: All.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Ship" } } } }
        "503": { $ref: "#/components/responses/Error" }
    post:
      operationId: addShip
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Ship" } } }
      responses:
        "201":
          description: Made.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Ship" }
              examples:
                small: { value: { id: s, name: Nut } }
                wrong: { value: { id: w, name: 5 } }
        "400": { $ref: "#/components/responses/Error" }
        "409":
          description: Taken.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Error" }
              example: { message: The ship is there }
        "429": { description: Too many }
  /ships/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getShip
      responses:
        "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Ship" } } } }
        "404": { $ref: "#/components/responses/Error" }
    delete:
      operationId: sinkShip
      responses:
        "204": { description: Gone. }
        "404": { $ref: "#/components/responses/Error" }
components:
  schemas:
    Ship:
      type: object
      required: [id, name]
      properties: { id: { type: string }, name: { type: string }, crew: { type: integer, minimum: 0, maximum: 1000 } }
    Error: { type: object, required: [message], properties: { message: { type: string } } }
  responses:
    Error:
      description: An error.
      content: { application/json: { schema: { $ref: "#/components/schemas/Error" } } }
`;

const NUT = { id: "nut", name: "Nutshell" };
const add = ({ send }: SampleMock, headers: Readonly<Record<string, string>> = {}, body: unknown = NUT) =>
	send("POST", "/ships", body, headers);

describe("who prefers an answer", () => {
	test("gets a documented status with its example, and nothing is done", async () => {
		const mock = await sampleMock(SHIPS);
		const answer = await add(mock, { prefer: "code=409" });
		expect(answer).toMatchObject({ status: 409, body: { message: "The ship is there" } });
		expect(answer.headers["preference-applied"]).toBe("code=409");
		expect((await mock.send("GET", "/ships")).body).toEqual([]);
		expect(await mock.send("GET", "/ships?__code=503")).toMatchObject({ status: 503, body: { message: "An error." } });
		expect(await add(mock, { prefer: "code=429" })).toMatchObject({ status: 429, body: "" });
		expect(await mock.send("GET", "/ships/nobody?__code=200")).toMatchObject({ status: 200, body: { id: "nobody" } });
	});

	test("gets an example by its name, as far as its schema allows it", async () => {
		const mock = await sampleMock(SHIPS);
		expect(await add(mock, { prefer: "example=small" })).toMatchObject({ status: 201, body: { id: "s", name: "Nut" } });
		const { body } = await add(mock, { prefer: "example=wrong" });
		expect(body).toEqual({ id: "w", name: expect.any(String) });
	});

	test("gets something made up, another time something else, and from the same seed the same", async () => {
		const ask = async (mock: SampleMock) => [
			(await add(mock, { prefer: "dynamic=true" })).body,
			(await add(mock, { prefer: "dynamic=true" })).body,
		];
		const [one, same] = [await ask(await sampleMock(SHIPS)), await ask(await sampleMock(SHIPS))];
		expect(one[0]).not.toEqual(one[1]);
		expect(same).toEqual(one);
		expect(one[0]).toMatchObject({ crew: expect.any(Number) });
	});

	test.each([
		["code=418", 404, /addShip documents no 418; there are 201, 400/],
		["example=tiny", 404, /no example .*tiny.*; there are small, wrong/],
		["code=429, example=x", 404, /The 429 has no body/],
	])("%s is told what there is", async (prefer, status, message) => {
		const answer = await add(await sampleMock(SHIPS), { prefer });
		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.body)).toMatch(message);
	});

	test("is refused all the same when the input is wrong", async () => {
		expect((await add(await sampleMock(SHIPS), { prefer: "code=201" }, { id: 5 })).status).toBe(400);
	});

	test("waits when it asks to", async () => {
		const started = performance.now();
		expect((await add(await sampleMock(SHIPS), { prefer: "delay=60" })).status).toBe(201);
		expect(performance.now() - started).toBeGreaterThan(50);
	});

	test("for what we do not know is served as usual", async () => {
		expect((await add(await sampleMock(SHIPS), { prefer: "respond-async, code=abc" })).headers).not.toHaveProperty(
			"preference-applied",
		);
	});
});

describe("a fault", () => {
	test("answers a documented error so often as it says, at the same requests from the same seed", async () => {
		const statuses = async (seed: number): Promise<readonly number[]> => {
			const { send } = await sampleMock(SHIPS, { seed, faults: [parseFault("listShips: status=error, rate=0.3")] });
			const answers = await Promise.all(Array.from({ length: 100 }, () => send("GET", "/ships")));
			return answers.map(({ status }) => status);
		};
		const one = await statuses(1);
		expect(one.filter((status) => status === 503).length).toBeGreaterThan(15);
		expect(one.filter((status) => status === 503).length).toBeLessThan(50);
		expect(one.filter((status) => status === 200).length).toBeGreaterThan(50);
		expect(await statuses(1)).toEqual(one);
		expect(await statuses(2)).not.toEqual(one);
	});

	test("does nothing of what was asked for when it answers an error, and all of it when the answer is lost", async () => {
		const mock = await sampleMock(SHIPS);
		expect((await add(mock, { "x-holdfast-fault": "status=429" })).status).toBe(429);
		expect((await mock.send("GET", "/ships")).body).toEqual([]);
		await expect(add(mock, { "x-holdfast-fault": "drop=before-headers" })).rejects.toThrow("fetch failed");
		expect((await mock.send("GET", "/ships")).body).toEqual([NUT]);
	});

	test("is about the operations that it names", async () => {
		const { send } = await sampleMock(SHIPS, { faults: [parseFault("GET /ships/*: status=404")] });
		expect((await send("GET", "/ships")).status).toBe(200);
		expect((await send("GET", "/ships/a")).status).toBe(404);
	});

	test("cuts the body, or lets it drip", async () => {
		const { mock } = await sampleMock(SHIPS);
		const ask = (fault: string) =>
			mock.fetch(new Request("http://mock/ships", { headers: { "x-holdfast-fault": fault } }));
		await expect((await ask("drop=within-body")).text()).rejects.toThrow("the connection was lost");
		await expect((await ask("drop=after-headers")).text()).rejects.toThrow("the connection was lost");
		const started = performance.now();
		expect(await (await ask("slow=100ms")).json()).toEqual([]);
		expect(performance.now() - started).toBeGreaterThan(80);
	});

	test("is switched on and off while the mock serves", async () => {
		const { mock, send } = await sampleMock(SHIPS);
		mock.faults.set([parseFault("status=503")]);
		expect((await send("GET", "/ships")).status).toBe(503);
		expect(mock.faults.list()).toHaveLength(1);
		mock.faults.set([]);
		expect((await send("GET", "/ships")).status).toBe(200);
	});

	test("that a header asks for in a wrong way is none", async () => {
		const { send } = await sampleMock(SHIPS);
		expect((await send("GET", "/ships", undefined, { "x-holdfast-fault": "stat" })).status).toBe(200);
	});
});
