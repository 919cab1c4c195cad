import { expect, test } from "vitest";
import { type SampleOperation, sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const ONE = sampleObject({ id: TEXT, name: TEXT });
const asked = (name: string, description: string): unknown => ({ name, description, in: "query", schema: TEXT });
const LIST = { type: "array", items: ONE };

test.each<[string, string, string, Partial<SampleOperation>]>([
	["DELETE /things", "Delete all things", "clear", { answers: { 204: null } }],
	["DELETE /things", "Remove thing", "opaque", { answers: { 204: null } }],
	["POST /calls.remove", "Registers those who left", "opaque", { body: ONE }],
	["GET /bytes/{n}", "Returns random bytes", "none", {}],
	["GET /top/{year}/{month}", "Get the top", "none", {}],
	["GET /shots/{id}", "Compute and cache a shot", "opaque", {}],
	["GET /session", "Logs user into the system", "opaque", {}],
	["GET /", "Root", "none", { answers: { 200: { title: "anything" } } }],
	["GET /whole", "Get the whole", "read", { answers: { 200: { title: "anything" } } }],
	[
		"GET /blocks/status",
		"Get the status",
		"none",
		{ parameters: [asked("hosts", "Check if these hosts are blocked")] },
	],
	["GET /blocks/status", "Get the status", "read", { parameters: [asked("hosts", "Hosts that are blocked")] }],
	["DELETE /things", "Returns anything passed in request data", "opaque", { answers: { 200: null } }],
	["POST /things/end_sessions", "Create jobs that end sessions", "create", { body: ONE }],
	["POST /things/terminate_sessions", "Create jobs that end sessions", "opaque", { body: ONE }],
	["POST /things", "Post a new thing or update one", "opaque", { body: ONE }],
	["POST /things", "Assigns a thing to the team", "opaque", { body: sampleObject({ thing_id: TEXT }) }],
	["POST /things", "Assign a thing to the team", "opaque", { body: sampleObject({ thing_id: TEXT, role: TEXT }) }],
	["POST /things", "Assigns a thing to the team", "create", { body: sampleObject({ color: TEXT }) }],
	["PUT /notes/{id}", "Write a note", "upsert", { body: ONE, answers: { 200: ONE } }],
	["PUT /notes/{id}", "Update a note", "replace", { body: ONE, answers: { 200: ONE } }],
	["POST /things/{id}", "Updates the name, the colour of a thing", "merge", { body: ONE }],
	["GET /notices/{userId}", "Get them", "list", { answers: { 200: sampleObject({ notices: LIST, total: {} }) } }],
	["GET /notices/{noticeId}", "Get it", "read", { answers: { 200: sampleObject({ notices: LIST, total: {} }) } }],
	["GET /related/{id}", "Read what is related", "list", { answers: { 200: LIST } }],
])("%s, %j, is %s", async (place, summary, kind, operation) => {
	const asked = { id: "asked", summary, answers: { 200: ONE }, ...operation };
	const model = await sampleModel({ "GET /things": { answers: { 200: LIST } }, [place]: asked });
	expect(model.behaviours.get("asked")?.effect.kind).toBe(kind);
});
