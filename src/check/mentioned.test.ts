import { expect, test } from "vitest";
import { schemaFrom } from "../schema/registry.ts";
import { likelyForms } from "./likely-form.ts";
import { fieldsMentioned } from "./mentioned.ts";

test.each([
	["Key 'kind' not present", { key: "x" }, ["kind"]],
	['{"path":"/kind","code":"type"}', {}, ["kind"]],
	["DNS Name 'north' is not canonical", { key: "north", kind: "x" }, ["key"]],
	["the kind is not known", {}, ["kind"]],
	["unkindly refused", {}, []],
])("%s speaks of the right fields", (refusal, body, fields) => {
	expect(fieldsMentioned(refusal, ["key", "kind"], body)).toEqual(fields);
});

test("a text is tried as its description gives it, as it quotes it, as is usual, and as it was seen", () => {
	const schema = schemaFrom({ type: "string", description: "The DNS name (e.g. “a.example.”), one of “b”" });
	const forms = likelyForms({ name: "host", schema }, new Map([["host", new Set(["seen"])]]));
	expect(forms).toEqual([
		{ kind: "after", text: "a.example." },
		...["a.example.", "b", "host.example.com", "host.example.com.", "seen"].map((value) => ({ kind: "value", value })),
	]);
	const list = schemaFrom({ type: "array", items: { type: "string", description: "IP address" } });
	expect(
		likelyForms({ name: "masters", schema: list }, new Map()).map((form) => form.kind === "value" && form.value),
	).toEqual([["192.0.2.1"], []]);
});
