import { expect, test } from "vitest";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const PET = sampleObject({ "id!": { type: "string", readOnly: true }, name: TEXT, slug: TEXT });
const BODY = sampleObject({ name: TEXT, slug: TEXT });

test.each([
	["The only exception is `slug`, which stays as it is if it is left out.", ["slug"]],
	["The slug is kept when it is not sent.", ["slug"]],
	["The slug is set to its default when it is left out.", undefined],
	["The slug stays readable.", undefined],
])("%s", async (sentence, spared) => {
	const model = await sampleModel({
		"POST /pets": { body: BODY, answers: { 201: PET } },
		"GET /pets/{id}": { answers: { 200: PET, 404: null } },
		"PUT /pets/{id}": { id: "put", description: `Replaces the pet. ${sentence}`, body: BODY, answers: { 200: PET } },
	});
	const { effect, spares } = model.behaviours.get("put") ?? {};
	expect(effect?.kind).toBe("replace");
	expect(spares === undefined ? undefined : [...spares]).toEqual(spared);
});
