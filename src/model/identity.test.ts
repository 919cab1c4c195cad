import { expect, test } from "vitest";
import { loadFiles } from "../contract/sample-files.ts";
import { MAIN, securityFor } from "./identity.ts";
import { inferModel } from "./infer.ts";

test.each([
	[["key"], [{ scheme: "key" }]],
	[["basic"], [{ scheme: "basic" }]],
	[[], [{ scheme: "basic" }]],
])("with %j at hand a call carries %j", async (schemes, expected) => {
	const contract = await loadFiles({
		"openapi.yaml": JSON.stringify({
			openapi: "3.1.0",
			info: { title: "me", version: "1" },
			components: {
				securitySchemes: {
					basic: { type: "http", scheme: "basic" },
					key: { type: "apiKey", in: "header", name: "X-Key" },
				},
			},
			paths: {
				"/me": {
					get: { operationId: "me", security: [{ basic: [] }, { key: [] }], responses: { 200: { description: "I" } } },
				},
			},
		}),
	});
	const model = { ...inferModel(contract), identities: [{ name: MAIN, schemes, tenant: "one" }] };
	const [operation] = contract.operations;
	expect(operation && securityFor(model, operation)).toMatchObject(expected);
});
