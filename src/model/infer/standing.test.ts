import { expect, test } from "vitest";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const TICKET = sampleObject({
	"id!": { type: "string", readOnly: true },
	title: TEXT,
	status: { type: "string", readOnly: true, enum: ["open", "on_hold", "closed"] },
	locked: { type: "boolean", readOnly: true },
});
const COMMENT = sampleObject({ "id!": { type: "string", readOnly: true }, text: TEXT });

async function guardsOf(place: string, description: string, conflict: string | null): Promise<unknown> {
	const model = await sampleModel({
		"POST /tickets": { body: sampleObject({ title: TEXT }), answers: { 201: TICKET } },
		"GET /tickets/{id}": { answers: { 200: TICKET, 404: null } },
		"GET /tickets/{id}/comments": { answers: { 200: { type: "array", items: COMMENT } } },
		[place]: {
			id: "act",
			description,
			body: sampleObject({ title: TEXT, text: TEXT }),
			answers: { 200: TICKET, 201: COMMENT, 404: null, ...(conflict === null ? {} : { 409: conflict }) },
		},
	});
	const guards = model.behaviours.get("act")?.guards ?? [];
	return guards.flatMap((guard) =>
		guard.kind === "when" ? [[guard.isNot === true ? "not" : "is", guard.fields, guard.of ?? "own"]] : [],
	);
}

const closed = { status: "closed" };
test.each<[string, string, string | null, unknown]>([
	["PATCH /tickets/{id}", "A closed ticket cannot be changed.", "", [["not", closed, "own"]]],
	["PATCH /tickets/{id}", "Closed tickets can no longer be updated.", "", [["not", closed, "own"]]],
	["PATCH /tickets/{id}", "Changes a ticket.", "The ticket is closed.", [["not", closed, "own"]]],
	["PATCH /tickets/{id}", "Changes a ticket.", "The ticket is not open.", [["is", { status: "open" }, "own"]]],
	["PATCH /tickets/{id}", "Changes a ticket.", "Already closed", [["not", closed, "own"]]],
	[
		"PATCH /tickets/{id}",
		"Only open or on hold tickets can be changed.",
		"",
		[["is", { status: ["open", "on_hold"] }, "own"]],
	],
	["PATCH /tickets/{id}", "The ticket must be `open`.", "", [["is", { status: "open" }, "own"]]],
	["PATCH /tickets/{id}", "A locked ticket cannot be changed.", "", [["not", { locked: true }, "own"]]],
	["DELETE /tickets/{id}", "Cannot be removed once the ticket is closed.", "", [["not", closed, "own"]]],
	["POST /tickets/{id}/comments", "Comments cannot be added to closed tickets.", "", [["not", closed, "tickets"]]],
	["PATCH /tickets/{id}", "A closed ticket cannot be changed unless it is yours.", "", []],
	["PATCH /tickets/{id}", "A closed ticket cannot be changed.", null, []],
	["PATCH /tickets/{id}", "Changes an open ticket.", "The title is taken by an open ticket of yours.", []],
])("%s, %j, %j", async (place, description, conflict, guards) => {
	expect(await guardsOf(place, description, conflict)).toEqual(guards);
});
