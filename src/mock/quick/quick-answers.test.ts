import { describe, expect, test } from "vitest";
import { PETS, type SampleMock, sampleMock } from "../sample-mock.ts";

const RATED = `openapi: 3.1.0
info: { title: Notes, version: "1" }
paths:
  /notes:
    get:
      operationId: listNotes
      responses:
        "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Note" } } } } }
    post:
      operationId: addNote
      summary: Add a note
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [text], properties: { text: { type: string, minLength: 1 }, color: { type: string, default: red } } }
      responses:
        "201": { description: Added., content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
        "400": { description: Refused. }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getNote
      responses:
        "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Note" } }, text/plain: { schema: { type: string } } } }
        "404": { description: None. }
    put:
      operationId: replaceNote
      summary: Replace a note
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [text], properties: { text: { type: string } } } } }
      responses: { "200": { description: Replaced., content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } } }
    delete:
      operationId: deleteNote
      responses: { "204": { description: Gone. } }
components:
  schemas:
    Note:
      type: object
      required: [id, kind, text, created_at, revision]
      properties:
        id: { type: string, readOnly: true }
        kind: { type: string, const: note }
        text: { type: string }
        color: { type: string, default: red }
        created_at: { type: string, format: date-time, readOnly: true }
        revision: { type: integer, minimum: 1, readOnly: true }
        author: { type: string, readOnly: true }
`;

type Item = Readonly<Record<string, unknown>>;

async function added(send: SampleMock["send"], body: Item): Promise<Item> {
	const { status, body: made } = await send("POST", "/notes", body);
	expect(status).toBe(201);
	return made as Item;
}

describe("an item that a body describes", () => {
	test("is shown as every reader shows it, in the order of the document", async () => {
		const { send } = await sampleMock(RATED, { now: () => 0 });
		const note = await added(send, { text: "a" });
		expect(Object.keys(note)).toEqual(["id", "kind", "text", "color", "created_at", "revision", "author"]);
		expect(note).toMatchObject({ kind: "note", text: "a", color: "red", created_at: "1970-01-01T00:00:00.000Z" });
		expect((await send("GET", `/notes/${note.id}`)).body).toEqual(note);
		expect((await send("GET", "/notes")).body).toContainEqual(note);
	});

	test("has a key of its own, whatever key was sent", async () => {
		const { send } = await sampleMock(RATED);
		const [one, other] = [await added(send, { text: "a", id: "x" }), await added(send, { text: "a", id: "x" })];
		expect(new Set([one.id, other.id, "x"]).size).toBe(3);
	});

	test("says where it stands", async () => {
		const { send } = await sampleMock(PETS);
		const { headers, body } = await send("POST", "/pets", { name: "Rex" });
		expect(headers.location).toContain(`/pets/${(body as { id: unknown }).id}`);
	});

	test("is not made of a body that is wrong, or for whom the answer is none", async () => {
		const { send, mock } = await sampleMock(RATED);
		await send("GET", "/notes");
		const before = mock.count("notes");
		expect((await send("POST", "/notes", { text: "" })).status).toBe(400);
		expect((await send("POST", "/notes", { text: "a" }, { accept: "image/png" })).status).toBe(406);
		expect(mock.count("notes")).toBe(before);
	});
});

describe("what was shown before", () => {
	test("is shown again until it changes", async () => {
		const { send } = await sampleMock(RATED);
		const { id } = await added(send, { text: "a" });
		const read = async (): Promise<Item> => (await send("GET", `/notes/${id}`)).body as Item;
		expect(await read()).toEqual(await read());
		await send("PUT", `/notes/${id}`, { text: "b" });
		expect(await read()).toMatchObject({ text: "b" });
		await send("DELETE", `/notes/${id}`);
		expect((await send("GET", `/notes/${id}`)).status).toBe(404);
	});

	test("is shown again in a list until something is added or taken away, and after a reset", async () => {
		const { send, mock } = await sampleMock(RATED);
		const list = async (): Promise<readonly Item[]> => (await send("GET", "/notes")).body as readonly Item[];
		const first = await list();
		const note = await added(send, { text: "a" });
		expect(await list()).toEqual([...first, note]);
		expect(await list()).toEqual([...first, note]);
		await send("DELETE", `/notes/${note.id}`);
		expect(await list()).toEqual(first);
		await added(send, { text: "b" });
		mock.reset();
		expect(await list()).toEqual(first);
	});

	test("is another for who accepts something else", async () => {
		const { send } = await sampleMock(RATED);
		const { id } = await added(send, { text: "a" });
		const as = async (accept: string) =>
			(await send("GET", `/notes/${id}`, undefined, { accept })).headers["content-type"];
		const [json, text] = ["application/json", "text/plain"];
		expect([await as(json), await as(text), await as(json)]).toEqual([json, "text/plain; charset=utf-8", json]);
	});

	test("is explained like what is shown for the first time", async () => {
		const { send, mock } = await sampleMock(RATED, { journal: true });
		const { id } = await added(send, { text: "a" });
		for (let round = 0; round < 2; round++) await send("GET", `/notes/${id}`);
		const [again, first, made] = mock.journal?.list() ?? [];
		expect(again?.trace.outcome).toEqual(first?.trace.outcome);
		expect(again?.trace.scene?.call.path).toEqual({ id });
		expect(made?.trace.changes?.map(({ kind }) => kind)).toEqual(["count", "put"]);
	});
});
