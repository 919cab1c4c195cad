import { expect, test } from "vitest";
import { loadFiles } from "../contract/sample-files.ts";
import type { CheckEvent } from "../finding/event.ts";
import { inferModel } from "../model/infer.ts";
import { sampleDocument, sampleObject, TEXT } from "../model/sample-model.ts";
import { type Answer, type Asked, refuse, serve } from "./fixture/serve.ts";
import { check } from "./run.ts";

const NOTE = sampleObject({ "id!": { type: "string", readOnly: true }, text: TEXT });
const PARAMETERS = [
	{ name: "X-Env", in: "header", required: true, schema: TEXT, examples: { one: { value: "LIVE" } } },
];

test("what was made in a part of the data is taken away there, and the journal says where that is", async () => {
	const notes = new Map<string, object>();
	const inPart = (asked: Asked, answer: () => Answer) =>
		asked.headers["x-env"] === "LIVE" ? answer() : refuse(400, "there is no such part");
	const served = await serve({
		"GET /notes": (asked) => inPart(asked, () => [200, [...notes.values()]]),
		"POST /notes": (asked) =>
			inPart(asked, () => {
				const note = { ...(asked.body as object), id: `n${notes.size + 1}-${Math.random()}` };
				notes.set(note.id, note);
				return [201, note];
			}),
		"DELETE /notes/{}": (asked) =>
			inPart(asked, () => (notes.delete(asked.names[0] ?? "") ? [204] : refuse(404, "there is no such note"))),
	});
	const parameters = PARAMETERS;
	const contract = await loadFiles({
		"openapi.yaml": sampleDocument(
			{
				"GET /notes": {
					id: "list",
					parameters,
					answers: { 200: { type: "array", items: NOTE }, 400: "No such part." },
				},
				"POST /notes": { id: "create", body: NOTE, parameters, answers: { 201: NOTE, 400: "No such part." } },
				"DELETE /notes/{id}": { id: "delete", parameters, answers: { 204: null, 404: null, 400: "No such part." } },
			},
			{ "x-holdfast": { partition: { by: "header", name: "X-Env" } } },
		),
	});
	const made: CheckEvent[] = [];
	const options = { contract, model: inferModel(contract), target: served.url, api: "notes", runId: "hftest" };
	for await (const event of check({ ...options, phases: ["experiments"] })) if (event.kind === "made") made.push(event);
	await served.close();
	expect(made.length).toBeGreaterThan(0);
	for (const event of made) expect(event).toMatchObject({ method: "DELETE", headers: { "X-Env": "LIVE" } });
	expect([...notes.values()]).toEqual([]);
});

test("what stood in a list before stays there, although the whole list was read and is known", async () => {
	const OLD = ["old-note-1", "old-note-2"];
	const notes = new Map<string, object>(OLD.map((id) => [id, { id, text: "of somebody else" }]));
	const removed: string[] = [];
	const served = await serve({
		"GET /notes": ({ query }) => {
			const [limit, offset] = ["limit", "offset"].map((name) => query.get(name));
			const from = Number(offset ?? 0);
			return [200, [...notes.values()].slice(from, from + Number(limit ?? 50))];
		},
		"POST /notes": ({ body }) => {
			const note = { ...(body as object), id: `n${notes.size + 1}-${Math.random()}` };
			notes.set(note.id, note);
			return [201, note];
		},
		"DELETE /notes/{}": ({ names: [id = ""] }) => {
			removed.push(id);
			return notes.delete(id) ? [204] : refuse(404, "there is no such note");
		},
	});
	const whole = (name: string, greatest: number) => {
		return { name, in: "query", schema: { type: "integer", minimum: 0, maximum: greatest, default: 50 } };
	};
	const contract = await loadFiles({
		"openapi.yaml": sampleDocument({
			"GET /notes": {
				id: "list",
				parameters: [
					whole("limit", 50),
					{ ...whole("offset", 1000), schema: { type: "integer", minimum: 0, default: 0 } },
				],
				answers: { 200: { type: "array", items: NOTE } },
			},
			"POST /notes": { id: "create", body: NOTE, answers: { 201: NOTE } },
			"DELETE /notes/{id}": { id: "delete", answers: { 204: null, 404: null } },
		}),
	});
	const options = { contract, model: inferModel(contract), target: served.url, api: "notes", runId: "hftest" };
	for await (const _ of check({ ...options, phases: ["experiments"], operations: ["list"] }));
	await served.close();
	expect(removed.length).toBeGreaterThan(0);
	expect([...notes.keys()]).toEqual(OLD);
});
