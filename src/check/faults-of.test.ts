import { expect, test } from "vitest";
import { type FaultsOptions, faultsOf } from "./faults-of.ts";

const given = { spec: "spec/gateway/openapi.yaml", operation: "getApp" };
const answer = (
	status: number,
	body: unknown,
	headers = { "Content-Type": "application/json" },
): FaultsOptions["answer"] => ({ status, headers, body });

test.each<[string, FaultsOptions["answer"], readonly string[]]>([
	["a documented refusal", answer(404, { success: false, app_id: "a", error: "App not found" }), []],
	["a status that is not documented", answer(409, ""), ["status-code-conformance"]],
	["a body of another shape", answer(200, { app_id: 5 }), ["response-schema-conformance"]],
	["a body that is parsed already, as text", answer(200, '{"app_id":5}'), ["response-schema-conformance"]],
	["another media type", answer(200, "a", { "Content-Type": "text/html" }), ["content-type-conformance"]],
])("of %s", async (_, came, rules) => {
	expect((await faultsOf({ ...given, answer: came })).map(({ rule }) => rule)).toEqual(rules);
	const byPath = await faultsOf({ ...given, operation: "GET /admin/apps/{app_id}", answer: came });
	expect(byPath.map(({ rule }) => rule)).toEqual(rules);
});

test("of an operation that is not there is the user's mistake", async () => {
	const asked = faultsOf({ ...given, operation: "getAp", answer: answer(200, "") });
	await expect(asked).rejects.toThrow('there is no operation "getAp"');
});
