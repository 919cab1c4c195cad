import { describe, expect, test } from "vitest";
import { loadFiles } from "../../contract/sample-files.ts";
import { inferModel } from "../../model/infer.ts";
import type { Model } from "../../model/model.ts";
import { PETS, sampleMock } from "../sample-mock.ts";
import { createIdentities } from "./identities.ts";

/** Tokens that the API issues, to everybody or only to who has one. */
async function issuing(security: string): Promise<Model> {
	const text = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /tokens:
    get:
      security: [{ token: [] }]
      responses: { "200": { description: ok, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Token" } } } } } }
    post:
      summary: Create a token
      security: ${security}
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Token" } } } }
      responses: { "201": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Token" } } } } }
components:
  securitySchemes: { token: { type: http, scheme: bearer }, admin: { type: http, scheme: basic } }
  schemas: { Token: { type: object, properties: { id: { type: string }, value: { type: string, x-holdfast: { credential: token } } } } }
`;
	return inferModel(await loadFiles({ "openapi.yaml": text }));
}

describe("createIdentities", () => {
	test.each([
		["secret-key", { kind: "right" }],
		["", { kind: "wrong", how: "empty" }],
		["secret", { kind: "wrong", how: "prefix" }],
		["secret-key-2", { kind: "wrong", how: "longer" }],
		["SECRET-KEY", { kind: "wrong", how: "other-case" }],
		["x", { kind: "wrong", how: "other" }],
	])("tells what %j is", async (value, credential) => {
		const identities = createIdentities(await issuing("[]"), { admin: "secret-key" });
		expect(identities.classify("admin", value)).toEqual(credential);
	});

	test("trusts the first value where none is given, and no other from then on", async () => {
		const identities = createIdentities(await issuing("[]"), {});
		expect(identities.classify("admin", "")).toEqual({ kind: "wrong", how: "empty" });
		expect(identities.classify("admin", "first")).toEqual({ kind: "right" });
		expect(identities.classify("admin", "second")).toEqual({ kind: "wrong", how: "other" });
		expect(identities.classify("admin", "first")).toEqual({ kind: "right" });
	});

	test("looks values up that the API issues", async () => {
		const identities = createIdentities(await issuing("[{ admin: [] }]"), {});
		expect(identities.classify("token", "first")).toEqual({ kind: "value", value: "first" });
	});

	test("trusts the first value of a scheme that is needed to be issued one", async () => {
		const identities = createIdentities(await issuing("[{ token: [] }]"), {});
		expect(identities.classify("token", "first")).toEqual({ kind: "right" });
		expect(identities.classify("token", "issued")).toEqual({ kind: "value", value: "issued" });
	});
});

describe("credentials", () => {
	const SCHEMES = {
		"{ type: http, scheme: bearer }": { authorization: "Bearer right" },
		"{ type: http, scheme: basic }": { authorization: `Basic ${btoa("right")}` },
		'{ type: oauth2, flows: { clientCredentials: { tokenUrl: "https://x.test", scopes: {} } } }': {
			authorization: "bearer right",
		},
		"{ type: apiKey, in: header, name: X-Key }": { "x-key": "right" },
		"{ type: apiKey, in: cookie, name: sid }": { cookie: "a=b; sid=right" },
	};

	test.each(Object.entries(SCHEMES))("of %s are read and asked for", async (scheme, headers) => {
		const secured = PETS.replace(
			"components:\n",
			`security: [{ door: [] }]\ncomponents:\n  securitySchemes: { door: ${scheme} }\n`,
		);
		const { send } = await sampleMock(secured, { identities: { door: "right" } });
		expect((await send("GET", "/notes", undefined, headers)).status).toBe(200);
		const refused = await send("GET", "/notes");
		expect(refused.status).toBe(401);
		expect(refused.headers["www-authenticate"]).toBe(
			/http, scheme: basic/.test(scheme)
				? 'Basic realm="holdfast"'
				: /apiKey/.test(scheme)
					? undefined
					: 'Bearer realm="holdfast"',
		);
	});

	test("may stand in the query", async () => {
		const scheme = "{ type: apiKey, in: query, name: key }";
		const secured = PETS.replace(
			"components:\n",
			`security: [{ door: [] }]\ncomponents:\n  securitySchemes: { door: ${scheme} }\n`,
		);
		const { send } = await sampleMock(secured, { identities: { door: "a b" } });
		expect([(await send("GET", "/notes?key=a+b")).status, (await send("GET", "/notes?key=ab")).status]).toEqual([
			200, 401,
		]);
	});
});
