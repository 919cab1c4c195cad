import { describe, expect, test } from "vitest";
import { PETS, type SampleMock, sampleMock } from "./sample-mock.ts";

const NOTE =
	"{ type: object, required: [id, text], properties: { id: { type: string, readOnly: true }, text: { type: string } } }";
const json = `content: { application/json: { schema: ${NOTE} } }`;
const etag = "headers: { ETag: { schema: { type: string } } }";
const NOTES = `openapi: 3.1.0
info: { title: Notes, version: "1" }
paths:
  /notes:
    get: { operationId: list, responses: { "200": { description: ok, content: { application/json: { schema: { type: array, items: ${NOTE} } } } } } }
    post: { operationId: add, requestBody: { required: true, ${json} }, responses: { "201": { description: ok, ${etag}, ${json} }, "400": { description: no } } }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: show, responses: { "200": { description: ok, ${etag}, ${json} }, "304": { description: same }, "404": { description: no } } }
    put:
      operationId: replace
      parameters: [{ name: If-Match, in: header, required: true, schema: { type: string } }]
      requestBody: { required: true, ${json} }
      responses:
        "200": { description: ok, ${json} }
        "400": { description: no }
        "404": { description: no }
        "412": { description: changed }
        "428": { description: which }
    delete: { operationId: drop, responses: { "204": { description: ok }, "404": { description: no } } }
`;

async function noteMock(): Promise<SampleMock & { readonly id: string; readonly tag: string }> {
	const mock = await sampleMock(NOTES);
	const made = await mock.send("POST", "/notes", { text: "one" });
	return { ...mock, id: (made.body as { id: string }).id, tag: made.headers.etag as string };
}

describe("a conditional request, where the document speaks of it", () => {
	test("sees the tag of what was made, shown and changed, another for every version", async () => {
		const { send, id, tag } = await noteMock();
		expect(tag).toMatch(/^"[\w-]{22}"$/);
		expect((await send("GET", `/notes/${id}`)).headers.etag).toBe(tag);
		const changed = await send("PUT", `/notes/${id}`, { text: "two" }, { "if-match": tag });
		expect(changed.status).toBe(200);
		expect(changed.headers.etag).not.toBe(tag);
		expect((await send("GET", `/notes/${id}`)).headers.etag).toBe(changed.headers.etag);
	});

	test("changes nothing when what is there is another version", async () => {
		const { send, id, tag } = await noteMock();
		for (const condition of ['"another"', `W/${tag}`, "", '"a", "b"']) {
			const answer = await send("PUT", `/notes/${id}`, { text: "two" }, { "if-match": condition });
			expect(answer.status, condition).toBe(412);
		}
		expect((await send("GET", `/notes/${id}`)).body).toMatchObject({ text: "one" });
		for (const condition of ["*", `"a", ${tag}`]) {
			expect((await send("PUT", `/notes/${id}`, { text: "one" }, { "if-match": condition })).status).toBe(200);
		}
	});

	test("is asked for where the document requires it, after what comes before", async () => {
		const { send, id } = await noteMock();
		expect((await send("PUT", `/notes/${id}`, { text: "two" })).status).toBe(428);
		expect((await send("PUT", `/notes/${id}`, { text: 5 })).status).toBe(400);
		expect((await send("PUT", "/notes/nobody", { text: "two" }, { "if-match": "*" })).status).toBe(404);
	});

	test("is spared the body of what it has already", async () => {
		const { send, id, tag } = await noteMock();
		const same = await send("GET", `/notes/${id}`, undefined, { "if-none-match": `"a", W/${tag}` });
		expect(same).toMatchObject({ status: 304, body: "", headers: { etag: tag } });
		expect((await send("GET", `/notes/${id}`, undefined, { "if-none-match": '"a"' })).status).toBe(200);
		expect((await send("DELETE", `/notes/${id}`, undefined, { "if-none-match": "*" })).status).toBe(412);
		expect((await send("DELETE", `/notes/${id}`, undefined, { "if-match": tag })).status).toBe(204);
	});

	test("is none where the document does not speak of it", async () => {
		const { send } = await sampleMock(PETS);
		const answer = await send("GET", "/breeds", undefined, { "if-none-match": "*" });
		expect(answer.status).toBe(200);
		expect(answer.headers).not.toHaveProperty("etag");
	});
});
