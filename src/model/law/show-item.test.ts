import { expect, test } from "vitest";
import { resourceNamed } from "../model.ts";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";
import { showItem } from "./show-item.ts";

const SENT = sampleObject({ note: TEXT, way: TEXT, card: sampleObject({ number: TEXT, code: TEXT }) });
const SHOWN = sampleObject({
	id: { type: "string", readOnly: true },
	note: TEXT,
	way: { type: "string", maxLength: 4 },
	card: sampleObject({ number: TEXT }),
});

test("what answers may show otherwise than it was sent is only hinted at, and of an object not even that", async () => {
	const model = await sampleModel({
		"POST /orders": { body: SENT, answers: { 201: SHOWN } },
		"GET /orders/{id}": { answers: { 200: SHOWN } },
	});
	const value = { id: "a", note: "hello", way: "sea", card: { number: "1", code: "2" } };
	const fields = ["id", "note", "way", "card"];
	const pattern = showItem(resourceNamed(model, "orders"), { fields, reveals: false }, value);
	const kinds =
		pattern.kind === "object" ? Object.entries(pattern.members).map(([name, { kind }]) => [name, kind]) : [];
	expect(Object.fromEntries(kinds)).toEqual({ id: "value", note: "value", way: "hint" });
});
