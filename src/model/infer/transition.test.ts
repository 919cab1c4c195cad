import { expect, test } from "vitest";
import { levelOf } from "../evidence.ts";
import { type SampleOperation, sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const ORDER = sampleObject({
	"id!": { type: "string", readOnly: true },
	note: TEXT,
	status: { type: "string", readOnly: true, enum: ["draft", "placed", "cancelled"] },
	is_archived: { type: "boolean", readOnly: true },
});

async function effectOf(place: string, operation: Partial<SampleOperation>): Promise<unknown> {
	const model = await sampleModel({
		"POST /orders": { body: sampleObject({ note: TEXT }), answers: { 201: ORDER } },
		"GET /orders/{id}": { answers: { 200: ORDER, 404: null } },
		[place]: { answers: { 200: ORDER, 404: null }, ...operation, id: "act" },
	});
	const { effect, evidence } = model.behaviours.get("act") ?? {};
	return effect?.kind === "set" ? { ...effect.to, level: levelOf(evidence ?? []) } : effect?.kind;
}

test.each<[string, string, string, unknown]>([
	["POST /orders/{id}/cancel", "Cancel an order", "", { status: "cancelled", level: "drift" }],
	["POST /orders/{id}/cancel", "Called off", "", { status: "cancelled", level: "surprise" }],
	["PUT /orders/{id}/archive", "Archive an order", "", { is_archived: true, level: "drift" }],
	["PUT /orders/{id}/unarchive", "Unarchive an order", "", { is_archived: false, level: "drift" }],
	["POST /orders/{id}/checkout", "Check out", "The status becomes `placed`.", { status: "placed", level: "drift" }],
	[
		"POST /orders/{id}/checkout",
		"Check out",
		"Moves it from `draft` to `placed`.",
		{ status: "placed", level: "drift" },
	],
	["POST /orders/{id}/checkout", "Marks the order as placed", "", { status: "placed", level: "drift" }],
	["POST /orders/{id}/checkout", "Check out", "", "opaque"],
	["POST /orders/{id}/checkout", "Check out", "The status may become `placed`.", "opaque"],
	["POST /orders/{id}/checkout", "Check out", "The status eventually becomes `placed`.", "opaque"],
	["POST /orders/{id}/ship", "Ship an order", "", "opaque"],
])("%s, %j, %j", async (place, summary, description, effect) => {
	expect(await effectOf(place, { summary, description })).toEqual(effect);
});

test("what is only accepted, or carries a field of the item, is no plain action", async () => {
	const summary = "Cancel an order";
	expect(await effectOf("POST /orders/{id}/cancel", { summary, answers: { 202: null } })).toBe("opaque");
	const body = sampleObject({ note: TEXT });
	expect(await effectOf("POST /orders/{id}/cancel", { summary, body })).toBe("opaque");
	const reason = sampleObject({ reason: TEXT });
	expect(await effectOf("POST /orders/{id}/cancel", { summary, body: reason })).toMatchObject({ status: "cancelled" });
});

test("where a word says that it goes on for a while, nothing is claimed", async () => {
	const job = sampleObject({
		"id!": { type: "string", readOnly: true },
		status: { type: "string", readOnly: true, enum: ["running", "cancelling", "cancelled"] },
	});
	const model = await sampleModel({
		"POST /jobs": { body: sampleObject({ name: TEXT }), answers: { 201: job } },
		"GET /jobs/{id}": { answers: { 200: job, 404: null } },
		"POST /jobs/{id}/cancel": { id: "act", summary: "Cancel a job", answers: { 200: job } },
	});
	expect(model.behaviours.get("act")?.effect.kind).toBe("opaque");
});
