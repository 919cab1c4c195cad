import { expect, test } from "vitest";
import { levelOf } from "../evidence.ts";
import { type SampleOperation, sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const PET = sampleObject({ id: { type: "integer", readOnly: true }, "name!": TEXT, born: TEXT });
const NEW = sampleObject({ "name!": TEXT, born: TEXT });
const many = (schema: unknown): unknown => ({ type: "array", items: schema });
const reads: SampleOperation = { answers: { 200: PET, 404: null } };
const makes: SampleOperation = { body: NEW, answers: { 201: PET } };

test.each<[string, string, string | undefined, SampleOperation, string, string]>([
	["PUT /pets/{id}", "Replace a pet", undefined, makes, "replace", "drift"],
	["PUT /pets/{id}", "Update a pet", undefined, makes, "replace", "surprise"],
	["PUT /pets/{id}", "Create or update a pet", undefined, makes, "upsert", "drift"],
	["PUT /pets/{id}", "Creates the pet, or overwrites it", undefined, makes, "upsert", "drift"],
	["PUT /pets/{id}", "Update a pet", "Fields that are not sent are left unchanged.", makes, "merge", "drift"],
	["PUT /pets/{id}", "Update a pet", "Only the provided fields are updated.", makes, "merge", "drift"],
	["PATCH /pets/{id}", "Update a pet", undefined, makes, "merge", "surprise"],
	["PATCH /pets/{id}", "Partially update a pet", undefined, makes, "merge", "drift"],
	["PATCH /pets/{id}", "Update a pet", "A field that is left out is reset to its default.", makes, "replace", "drift"],
	["POST /pets/{id}", "Create or overwrite a pet", undefined, makes, "upsert", "drift"],
	["POST /pets/{id}", "Update a pet", undefined, makes, "merge", "drift"],
	["POST /pets/{id}", "Rename a pet", undefined, makes, "opaque", "surprise"],
	["POST /pets", "Create a pet", undefined, makes, "create", "drift"],
	["POST /pets", "Add a pet to the store", undefined, makes, "create", "drift"],
	["POST /pets", "Pets", undefined, makes, "create", "surprise"],
	["DELETE /pets/{id}", "Delete a pet", undefined, { answers: { 204: null } }, "remove", "drift"],
	["DELETE /pets", "Delete all pets", undefined, { answers: { 204: null } }, "clear", "drift"],
	["PUT /tags", "Replace the tags", undefined, { body: many(TEXT), answers: { 204: null } }, "replace", "drift"],
	["PUT /tags", "Append to the tags", undefined, { body: many(TEXT), answers: { 204: null } }, "append", "drift"],
	["POST /tags", "Overwrites the tags", undefined, { body: many(TEXT), answers: { 204: null } }, "replace", "drift"],
	["POST /tags", "Add tags", undefined, { body: many(TEXT), answers: { 204: null } }, "append", "drift"],
])("reads words: %s, %j, %j", async (place, summary, description, operation, effect, level) => {
	const model = await sampleModel({
		"GET /pets": { answers: { 200: many(PET) } },
		"POST /pets": makes,
		"GET /pets/{id}": reads,
		"GET /tags": { answers: { 200: { type: "array", uniqueItems: true, items: TEXT } } },
		[place]: { ...operation, id: "op", summary, ...(description === undefined ? {} : { description }) },
	});
	const behaviour = model.behaviours.get("op");
	expect([behaviour?.effect.kind, levelOf(behaviour?.evidence ?? [])]).toEqual([effect, level]);
});

test.each([
	["PUT /pets/{id}", "Pet", "The pet may be replaced only as long as it is not sold."],
	["PUT /pets/{id}", "Pet", "Replaces everything except the name of the pet."],
	["PATCH /pets/{id}", "Pet", "Some fields might be ignored when the pet is updated."],
	["DELETE /pets/{id}", "Pet", "The pet is not deleted before the end of the month."],
	["POST /pets", "Pet", "Creates the pet unless one of the same name is there."],
])(
	"a sentence that limits %s takes the conventional claim away, and is quoted",
	async (place, summary, description) => {
		const body = place.startsWith("DELETE") ? { answers: { 204: null } } : makes;
		const model = await sampleModel({
			"POST /pets": makes,
			"GET /pets/{id}": reads,
			[place]: { ...body, id: "op", summary, description },
		});
		const behaviour = model.behaviours.get("op");
		expect([behaviour?.effect.kind, behaviour?.reason]).toEqual(["opaque", `a sentence limits it: "${description}"`]);
	},
);

test.each([
	["DELETE /pets/{id}", "Permanently deletes the pet. This cannot be undone."],
	["DELETE /pets/{id}", "Deletes the pet. Answers 404 if the pet does not exist."],
	["DELETE /pets/{id}", "Deletes the pet. Only administrators may delete pets."],
	["DELETE /pets/{id}", "Deletes the pet, which may take some time."],
	["POST /pets", "Creates a pet. Not available in the free plan."],
])("%s keeps its claim beside what limits something else: %s", async (place, description) => {
	const body = place.startsWith("DELETE") ? { answers: { 204: null } } : makes;
	const model = await sampleModel({
		"POST /pets": makes,
		"GET /pets/{id}": reads,
		[place]: { ...body, id: "op", description },
	});
	expect(model.behaviours.get("op")?.effect.kind).toBe(place.startsWith("DELETE") ? "remove" : "create");
});
