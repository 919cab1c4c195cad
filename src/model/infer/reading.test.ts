import { expect, test } from "vitest";
import { levelOf } from "../evidence.ts";
import type { Behaviour } from "../model.ts";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const ONE = sampleObject({ name: TEXT });

async function behaviourAt(path: string, answer: unknown, words: object): Promise<Behaviour | undefined> {
	const model = await sampleModel({ [`GET ${path}`]: { id: "get", ...words, answers: { 200: answer } } });
	return model.behaviours.get("get");
}

test.each([
	"Update an existing view.",
	"Sets the last visited time",
	"Logs out the current session.",
	"Deletes old entries",
])("a GET that says %j is opaque and quotes it", async (summary) => {
	const behaviour = await behaviourAt("/view", ONE, { summary });
	expect(behaviour?.effect.kind).toBe("opaque");
	expect(behaviour?.reason).toContain(summary);
});

test.each<[string, unknown, string, string]>([
	["list", { type: "array", items: ONE }, "Get products", "drift"],
	["list", { type: "array", items: ONE }, "Product types", "surprise"],
	["read", ONE, "Get the products", "drift"],
	["read", ONE, "Product types", "surprise"],
	["list", null, "List products", "drift"],
	["none", null, "Product types", "surprise"],
])("%s is what a GET does that shows %j and says %j, at level %s", async (kind, answer, summary, level) => {
	const behaviour = await behaviourAt("/products", answer, { summary });
	expect(behaviour?.effect.kind).toBe(kind);
	expect(levelOf(behaviour?.evidence ?? [])).toBe(level);
});

test("a limit on who may call takes nothing from a sentence", async () => {
	const description = "Returns the profile, if the user does not have access to others.";
	expect((await behaviourAt("/profile", ONE, { description }))?.effect.kind).toBe("read");
});

test("a limit on what is shown does", async () => {
	const description = "Returns the profile only when it was never changed.";
	expect((await behaviourAt("/profile", ONE, { description }))?.effect.kind).toBe("opaque");
});
