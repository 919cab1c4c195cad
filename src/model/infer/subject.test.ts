import { expect, test } from "vitest";
import { levelOf } from "../evidence.ts";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const PET = sampleObject({ id: TEXT, name: TEXT });

/** At which level the reader of a pet stands on its description. */
async function levelWith(description: string): Promise<string> {
	const model = await sampleModel({
		"GET /pets": { id: "list", answers: { 200: { type: "array", items: PET } } },
		"GET /pets/{petId}": { id: "get", description, answers: { 200: PET } },
	});
	return levelOf(model.behaviours.get("get")?.evidence ?? []);
}

test.each([
	["Returns a pet by its id.", "drift"],
	["Retrieves the details of a pet.", "drift"],
	["Returns the pets of a shop.", "drift"],
	["Returns a token for the pet.", "surprise"],
	["Returns what was stored with a pet.", "surprise"],
	["Shows how payments for pets are processed.", "surprise"],
])("%j carries a claim at level %s", async (description, level) => {
	expect(await levelWith(description)).toBe(level);
});
