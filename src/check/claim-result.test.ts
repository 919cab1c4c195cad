import { expect, test } from "vitest";
import { type SampleOperations, sampleObject, TEXT } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";

const OPERATIONS: SampleOperations = {
	"POST /pings": { id: "ping", body: sampleObject({ "text!": TEXT }), answers: { 200: null }, security: [{ key: [] }] },
};
const REST = { components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } } };

test.each<[refusing: string, statusFor: (key: unknown) => number, verdict: string]>([
	["whatever it is sent", () => 400, "undecided"],
	["without its key only", (key) => (key === "right" ? 200 : 400), "agrees"],
])("of the credentials of an operation that refuses %s with 400 is told what can be", async (_, statusFor, verdict) => {
	const run = await checkSample(
		OPERATIONS,
		{ "POST /pings": ({ headers }) => [statusFor(headers["x-key"]), {}] },
		{ rest: REST, headers: { "x-key": "right" }, disposable: true, phases: ["values", "experiments"] },
	);
	expect(run.claims.find(({ law }) => law === "credentials")?.verdict).toBe(verdict);
});
