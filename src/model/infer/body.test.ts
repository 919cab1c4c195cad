import { expect, test } from "vitest";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const THING = sampleObject({ id: TEXT, name: TEXT });
const CHANGES = { type: "array", items: sampleObject({ "op!": TEXT, "path!": TEXT, value: {} }) };

test.each([
	["by its media type, which its schema contradicts", THING, "application/json-patch+json"],
	["by what its list holds", CHANGES, "application/json"],
])("a JSON Patch, known %s, is opaque and says why", async (_case, body, takes) => {
	const model = await sampleModel({
		"GET /things/{id}": { answers: { 200: THING } },
		"PATCH /things/{id}": { id: "patch", body, takes, answers: { 200: THING } },
	});
	const behaviour = model.behaviours.get("patch");
	expect(behaviour?.effect.kind).toBe("opaque");
	expect(behaviour?.reason).toContain("a list of changes (RFC 6902)");
});
