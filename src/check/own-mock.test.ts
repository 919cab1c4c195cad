import { expect, test } from "vitest";
import { loadFiles } from "../contract/sample-files.ts";
import type { Run } from "../finding/run.ts";
import { createMock } from "../mock/mock.ts";
import { inferModel } from "../model/infer.ts";
import { type SampleOperations, sampleDocument, sampleObject, TEXT } from "../model/sample-model.ts";
import { type CheckOptions, check } from "./run.ts";

/** Checks the mock of a document that is made of operations in short. */
async function checkMock(operations: SampleOperations, options: Partial<CheckOptions> = {}): Promise<Run> {
	const contract = await loadFiles({ "openapi.yaml": sampleDocument(operations) });
	const model = inferModel(contract);
	const { url, close } = await createMock({ contract, model }).listen({ port: 0, host: "127.0.0.1" });
	const fixed = { contract, model, target: url, api: "sample", runId: "hftest", settleMs: 100, disposable: true };
	try {
		for await (const event of check({ ...fixed, ...options })) if (event.kind === "finished") return event.run;
	} finally {
		await close();
	}
	throw new Error("the check ended without a run");
}

const TOKEN = { type: "string", pattern: "^inv_.+$" };
const READ_ONLY = { readOnly: true };
const ITEM = sampleObject({ "id!": { ...TOKEN, ...READ_ONLY }, "name!": TEXT });
const NAMED = sampleObject({ "name!": TEXT });
const LISTED = { type: "array", items: ITEM, example: [{ id: "inv_first", name: "first" }] };

/** What a document may say, of which nothing may be found in a mock that does it. */
test.each<[what: string, operations: SampleOperations]>([
	[
		"shows a field as another type than it is sent as, which its base only describes",
		{
			"POST /invoices": {
				body: sampleObject({ "details!": sampleObject({ "source!": TEXT }) }),
				answers: { 201: shownInvoice() },
			},
			"GET /invoices/{id}": { answers: { 200: shownInvoice(), 404: null } },
			"DELETE /invoices/{id}": { answers: { 204: null, 404: null } },
		},
	],
	[
		"shows a text shorter than it may be sent",
		{
			"POST /notes": { body: NAMED, answers: { 201: shortNote() } },
			"GET /notes/{id}": { answers: { 200: shortNote(), 404: null } },
			"DELETE /notes/{id}": { answers: { 204: null, 404: null } },
		},
	],
	[
		"takes a body where it removes, and names an item in an example",
		{
			"GET /invoices": { answers: { 200: LISTED } },
			"POST /invoices": { body: NAMED, answers: { 201: ITEM } },
			"GET /invoices/{id}": { parameters: [keyed()], answers: { 200: ITEM, 404: null } },
			"DELETE /invoices/{id}": {
				parameters: [keyed()],
				body: sampleObject({ test: { type: "boolean" } }),
				answers: { 204: null, 404: null },
			},
		},
	],
	[
		"gives its keys a form in paths only",
		{
			"POST /invoices": {
				body: NAMED,
				answers: { 201: sampleObject({ "id!": { ...READ_ONLY, type: "string" }, "name!": TEXT }) },
			},
			"GET /invoices/{id}": {
				parameters: [keyed()],
				answers: { 200: sampleObject({ "id!": { ...READ_ONLY, type: "string" }, "name!": TEXT }), 404: null },
			},
			"DELETE /invoices/{id}": { parameters: [keyed()], answers: { 204: null, 404: null } },
		},
	],
	[
		"carries as text in paths what answers show as a number, in an envelope",
		{
			"POST /posts": { body: NAMED, answers: { 200: post() } },
			"PUT /posts/{id}": { summary: "Update a post", body: NAMED, answers: { 200: sampleObject({ "post!": post() }) } },
			"GET /posts/{id}": { answers: { 200: post() } },
		},
	],
	[
		"has two templates of one path",
		{
			"PUT /groups/{name}": { body: NAMED, answers: { 200: NAMED } },
			"GET /groups/{name}/members": { answers: { 200: { type: "array", items: TEXT } } },
			"PUT /groups/{id}/members": { body: { type: "array", items: TEXT }, answers: { 200: null } },
		},
	],
])("of the mock of a document that %s nothing is found", async (_, operations) => {
	const run = await checkMock(operations);
	// A mock must answer what a document leaves without a status.
	const found = run.findings.filter(({ rule }) => rule !== "status-code-conformance");
	expect(found.map(({ message }) => message)).toEqual([]);
	expect(run.phases.some(({ exchanges }) => exchanges > 0)).toBe(true);
});

const PET = sampleObject({ "id!": { type: "integer" }, "name!": TEXT, tag: TEXT });
const TAGGED = { name: "tag", in: "query", schema: TEXT };
const FEED = sampleObject({ "id!": { type: "string", ...READ_ONLY }, "name!": TEXT });

/** What must be decided, although the run neither names the items by what a server says nor makes what they live in. */
test.each<[what: string, operations: SampleOperations, claims: readonly string[]]>([
	[
		"a list of what clients name",
		{
			"GET /pets": { id: "list", parameters: [TAGGED], answers: { 200: { type: "array", items: PET } } },
			"POST /pets": { body: PET, answers: { 201: PET } },
			"DELETE /pets/{id}": { answers: { 204: null, 404: null } },
		},
		["list agrees", "filter agrees"],
	],
	[
		"what lives inside of what paths only pass through",
		{
			"GET /{account}/feeds": { id: "list", answers: { 200: { type: "array", items: FEED } } },
			"POST /{account}/feeds": { body: NAMED, answers: { 201: FEED } },
			"DELETE /{account}/feeds/{id}": { answers: { 204: null, 404: null } },
		},
		["list agrees"],
	],
])("%s is decided", async (_, operations, expected) => {
	const run = await checkMock(operations, { operations: ["list"], phases: ["experiments"] });
	const told = run.claims.map(({ law, verdict }) => `${law} ${verdict}`);
	expect(told).toEqual(expect.arrayContaining([...expected]));
});

function shownInvoice(): unknown {
	const base = sampleObject({ "id!": { type: "string", ...READ_ONLY }, details: { description: "How it was paid." } });
	return { allOf: [base, sampleObject({ details: { type: "array", items: TEXT } })] };
}

function shortNote(): unknown {
	return sampleObject({ "id!": { type: "string", ...READ_ONLY }, name: { type: "string", maxLength: 8 } });
}

function post(): unknown {
	return sampleObject({ "id!": { type: "integer", ...READ_ONLY }, "name!": TEXT, "score!": { type: "number" } });
}

function keyed(): unknown {
	return { name: "id", in: "path", required: true, schema: TOKEN, example: "inv_first" };
}
