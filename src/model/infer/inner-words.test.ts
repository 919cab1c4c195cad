import { expect, test } from "vitest";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const inner = (description?: string, properties: object = { a: TEXT, b: TEXT }): object => ({
	type: "object",
	properties,
	additionalProperties: false,
	...(description === undefined ? {} : { description }),
});

const KEPT = "A setting that is left out stays unchanged.";

test.each<[string, object, string]>([
	["is merged where its words say that what is left out stays", { s: inner(KEPT) }, "deep-merge"],
	["is merged where all of several say so", { s: inner(KEPT), t: inner("What is omitted is kept.") }, "deep-merge"],
	["is open where one of several says nothing", { s: inner(KEPT), t: inner() }, "merge or deep-merge"],
	["is open where nothing is said", { s: inner("Settings.") }, "merge or deep-merge"],
	[
		"is open under a condition",
		{ s: inner("What is left out stays unchanged unless you say so.") },
		"merge or deep-merge",
	],
	[
		"is open where what is left out has its default",
		{ s: inner("What is left out stays at its default.") },
		"merge or deep-merge",
	],
	["does not matter where there is none", { s: TEXT }, "merge or deep-merge"],
])("an object inside %s", async (_, properties, expected) => {
	const thing = sampleObject({ id: TEXT, ...properties });
	const model = await sampleModel({
		"POST /things": { body: sampleObject(properties as Readonly<Record<string, unknown>>), answers: { 201: thing } },
		"GET /things/{id}": { answers: { 200: thing } },
		"PATCH /things/{id}": {
			id: "change",
			body: sampleObject(properties as Readonly<Record<string, unknown>>),
			answers: { 200: thing },
		},
	});
	const effect = model.behaviours.get("change")?.effect;
	if (effect?.kind !== "merge") throw new Error(`it is ${effect?.kind}`);
	expect([effect.does, ...(effect.orElse ?? [])].join(" or ")).toBe(expected);
});
