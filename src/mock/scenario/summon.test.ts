import { expect, test } from "vitest";
import { sampleMock } from "../sample-mock.ts";

const SERVED = `openapi: 3.1.0
info: { title: Served, version: "1" }
paths:
  /licenses/{key}:
    parameters: [{ name: key, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getLicense
      responses:
        "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/License" } } } }
        "404": { description: There is none. }
    patch:
      operationId: changeLicense
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/License" } } } }
      responses:
        "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/License" } } } }
        "404": { description: There is none. }
    delete:
      operationId: dropLicense
      responses: { "204": { description: Gone. }, "404": { description: There is none. } }
  /payments:
    post:
      operationId: pay
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Payment" } } } }
      responses:
        "201": { description: Paid., content: { application/json: { schema: { $ref: "#/components/schemas/Payment" } } } }
  /payments/{id}/refunds:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: listRefunds
      responses:
        "200":
          description: Refunds.
          content:
            application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Refund" } } }
        "404": { description: There is none. }
  /payments/{id}/refunds/{refund}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: refund, in: path, required: true, schema: { type: string } }
    get:
      operationId: getRefund
      responses:
        "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Refund" } } } }
        "404": { description: There is none. }
  /moved:
    get:
      operationId: moved
      responses: { "302": { description: Elsewhere., headers: { Location: { schema: { type: string } } } } }
components:
  schemas:
    License:
      type: object
      required: [key, text]
      properties: { key: { type: string }, text: { type: string }, stars: { type: integer } }
    Payment:
      type: object
      required: [id]
      properties: { id: { type: string, readOnly: true }, amount: { type: integer } }
    Refund:
      type: object
      required: [id, amount]
      properties: { id: { type: string }, amount: { type: integer } }
`;

test("what a client names is there where nothing lists it, keeps what is changed, and is gone once it is taken away", async () => {
	const { send } = await sampleMock(SERVED);
	const first = await send("GET", "/licenses/mit");
	expect(first).toMatchObject({ status: 200, body: { key: "mit" } });
	expect((await send("GET", "/licenses/mit")).body).toEqual(first.body);
	await send("PATCH", "/licenses/mit", { ...(first.body as object), stars: 5 });
	expect((await send("GET", "/licenses/mit")).body).toEqual({ ...(first.body as object), stars: 5 });
	expect((await send("DELETE", "/licenses/mit")).status).toBe(204);
	expect((await send("GET", "/licenses/mit")).status).toBe(404);
	expect((await send("GET", "/licenses/apache")).status).toBe(200);
});

test("what nobody can put inside an item stands there all the same, other things inside another", async () => {
	const { send } = await sampleMock(SERVED);
	const [one, other] = await Promise.all([send("POST", "/payments", {}), send("POST", "/payments", {})]);
	const refundsOf = async ({ body }: typeof one) =>
		(await send("GET", `/payments/${(body as { id: string }).id}/refunds`)).body as { id: string }[];
	const [ours, theirs] = [await refundsOf(one), await refundsOf(other)];
	expect(ours.length).toBeGreaterThan(0);
	expect(ours.map(({ id }) => id)).not.toContain(theirs[0]?.id);
	const { id } = one.body as { id: string };
	expect((await send("GET", `/payments/${id}/refunds/${ours[0]?.id}`)).body).toEqual(ours[0]);
	expect((await send("GET", `/payments/${id}/refunds/${theirs[0]?.id}`)).status).toBe(404);
});

test("where nothing but a redirect is documented, it is one", async () => {
	const { mock } = await sampleMock(SERVED);
	const response = await mock.fetch(new Request("http://mock.test/moved", { redirect: "manual" }));
	expect([response.status, response.headers.get("location")]).toEqual([302, "https://example.com/"]);
});
