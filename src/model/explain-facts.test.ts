import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import { explainAll } from "./explain-json.ts";
import { sampleModel, sampleObject, TEXT } from "./sample-model.ts";

const DATA = sampleObject({ data: sampleObject({ id: TEXT, name: TEXT, pin: TEXT, size: TEXT, made_at: TEXT }) });
const BODY = sampleObject({
	data: sampleObject({
		name: TEXT,
		pin: { type: "string", writeOnly: true },
		size: { type: "string", default: "small" },
	}),
});

const model = await sampleModel({
	"POST /pets": { id: "createPet", body: BODY, answers: { 201: DATA } },
	"GET /pets/{id}": { id: "getPet", answers: { 200: DATA, 404: null } },
	"DELETE /pets/{id}": { id: "deletePet", answers: { 204: null, 404: null }, declares: { atomic: true } },
	"POST /calls/{id}/dial": { id: "dial", answers: { 204: null } },
});

test.each([
	["envelope", "the body carries the item at /data"],
	["", "the answer carries the item at /data"],
	[
		"visibility",
		'name|pin never shown · size default "small" · id made by the server, never the same twice · made_at the server\'s, may change at any time',
	],
])("explain prints the row %j", (name, text) => {
	const wanted = text.replace(/^name\|/, "");
	expect(explain(model, "createPet")).toContain(`  ${name.padEnd(11)}${wanted}\n`);
});

test("explain says who promises atomicity", () => {
	expect(explain(model, "deletePet")).toContain(
		"  atomic     happens as if nothing else were under way\n               x-holdfast: deletePet is atomic (openapi.yaml:",
	);
	expect(explain(model, "createPet")).not.toContain("atomic");
});

test("what acts on nothing has neither envelope nor visibility nor links", () => {
	expect(explain(model, "dial")).not.toMatch(/envelope|visibility|links/);
	expect(explainAll(model, "dial")[0]).toMatchObject({ visibility: {}, links: [] });
});

test("tools get the visibility, and an overlay action that says otherwise", () => {
	expect(explainAll(model, "createPet")[0]).toMatchObject({
		visibility: { pin: "never shown", size: 'default "small"' },
		overlay: { target: "$.paths['/pets'].post", update: { "x-holdfast": { effect: "upsert" } } },
	});
});
