import { describe, expect, it } from "vitest";
import type { Contract, Parameter } from "./contract.ts";
import { listed, loadFiles } from "./sample-files.ts";

/** A contract of one operation, written as one flow map. */
function operationOf(version: string, operation: string, more = ""): Promise<Contract> {
	const head = version === "2.0" ? "swagger: '2.0'" : `openapi: ${version}`;
	const text = `${head}\ninfo: { title: T, version: "1" }\n${more}paths: { "/a/{id}": { parameters: [{ name: id, in: path, required: true, type: string }], post: ${operation} } }\n`;
	return loadFiles({ "openapi.yaml": text });
}

/** How a parameter travels, in one line. */
function show({ name, in: place, style, explode, required }: Parameter): string {
	return `${place} ${name} ${style}${explode ? " explode" : ""}${required ? " required" : ""}`;
}

describe("a parameter of OpenAPI 3", () => {
	it.each([
		["{ name: q, in: query }", "query q form explode"],
		["{ name: q, in: query, required: true, explode: false }", "query q form required"],
		["{ name: q, in: query, style: deepObject }", "query q deepObject explode"],
		["{ name: q, in: query, style: pipeDelimited }", "query q pipeDelimited"],
		["{ name: q, in: query, style: spaceDelimited }", "query q spaceDelimited"],
		["{ name: q, in: query, style: deepObject, explode: false }", "query q deepObject"],
		["{ name: q, in: header }", "header q simple"],
		["{ name: q, in: cookie }", "cookie q form explode"],
		["{ name: q, in: cookie, style: cookie }", "cookie q cookie explode"],
		["{ name: id, in: path, style: label }", "path id label required"],
		["{ name: id, in: path, style: form }", "path id simple required"],
		["{ name: id, in: path, style: matrix, explode: true }", "path id matrix explode required"],
		["{ name: q, in: querystring, content: { application/json: {} } }", "querystring q form explode"],
	])("%s has its defaults filled in", async (parameter, shown) => {
		const { operations } = await operationOf("3.2.0", `{ parameters: [${parameter}] }`);
		expect(operations[0]?.parameters.map(show)).toContain(shown);
	});

	it("may be serialized by a media type", async () => {
		const parameter =
			"{ name: q, in: query, content: { Application/JSON: { schema: { type: object }, example: { a: 1 } } } }";
		const { operations } = await operationOf("3.0.3", `{ parameters: [${parameter}] }`);
		const found = operations[0]?.parameters.find(({ name }) => name === "q");
		expect([found?.mediaType, found?.schema?.node, found?.examples.map(({ value }) => value)]).toEqual([
			"application/json",
			{ type: "object" },
			[{ a: 1 }],
		]);
	});

	it("that stands in a query of the path key is a query parameter", async () => {
		const contract = await loadFiles({
			"openapi.yaml": `openapi: 3.0.0
info: { title: T, version: "1" }
paths:
  /now?lat={y}&mode=x: { get: { parameters: [{ name: y, in: path, required: true, schema: { type: number } }] } }
`,
		});
		expect(contract.operations[0]?.path).toBe("/now?lat={y}&mode=x");
		expect(contract.operations[0]?.parameters.map(show)).toEqual(["query lat form required"]);
		expect(listed(contract)).toEqual([]);
	});
});

describe("what OpenAPI 3.2 brought", () => {
	it("the method QUERY, and methods of any name", async () => {
		const contract = await loadFiles({
			"openapi.yaml": `openapi: 3.2.0
info: { title: T, version: "1" }
paths: { /a: { query: { operationId: q }, additionalOperations: { COPY: { operationId: c } } } }
`,
		});
		expect(contract.operations.map(({ id, method }) => [id, method])).toEqual([
			["q", "QUERY"],
			["c", "COPY"],
		]);
	});

	it("encodings of bodies within each other", async () => {
		const { operations } = await operationOf(
			"3.2.0",
			`{ requestBody: { content: { multipart/form-data: { encoding: { outer: { contentType: multipart/form-data,
  encoding: { inner: { contentType: Application/XML } } }, list: { style: form, allowReserved: true } } } } } }`,
		);
		const encoding = operations[0]?.body?.content[0]?.encoding;
		expect(encoding?.get("outer")?.encoding.get("inner")?.contentType).toBe("application/xml");
		expect(encoding?.get("list")).toMatchObject({ style: "form", allowReserved: true });
	});

	it("the schema of one item of a stream", async () => {
		const { operations } = await operationOf(
			"3.2.0",
			"{ responses: { 200: { content: { application/jsonl: { itemSchema: { type: integer } } } } } }",
		);
		expect(operations[0]?.responses[0]?.content[0]?.itemSchema?.node).toEqual({ type: "integer" });
	});

	it("its own name for the document", async () => {
		const contract = await operationOf(
			"3.2.0",
			"{ requestBody: { $ref: 'https://example.com/api#/components/requestBodies/B' } }",
			"$self: https://example.com/api\ncomponents: { requestBodies: { B: { required: true, content: {} } } }\n",
		);
		expect(contract.operations[0]?.body?.required).toBe(true);
	});
});

describe("examples", () => {
	it.each([
		["{ example: 1 }", [["example", 1]]],
		[
			"{ examples: { a: { value: 1 }, b: { summary: B, value: null } } }",
			[
				["a", 1],
				["b", null],
			],
		],
		["{ examples: { a: { externalValue: a.json } } }", []],
		["{ examples: { a: { $ref: '#/components/examples/A' } } }", [["a", { x: 1 }]]],
		["{ examples: { a: { dataValue: [1], serializedValue: '[1]' } } }", [["a", [1]]]],
		["{ examples: { a: { serializedValue: '{\"b\":2}' } } }", [["a", { b: 2 }]]],
		[
			"{ schema: { examples: [1, 2] } }",
			[
				["schema 1", 1],
				["schema 2", 2],
			],
		],
		[
			"{ schema: { $ref: '#/components/schemas/S' }, example: 0 }",
			[
				["example", 0],
				["schema", 9],
			],
		],
	])("of %s", async (mediaType, examples) => {
		const contract = await operationOf(
			"3.2.0",
			`{ requestBody: { content: { application/json: ${mediaType} } } }`,
			"components: { examples: { A: { value: { x: 1 } } }, schemas: { S: { example: 9 } } }\n",
		);
		const [content] = contract.operations[0]?.body?.content ?? [];
		expect(content?.examples.map(({ name, value }) => [name, value])).toEqual(examples);
		expect(listed(contract)).toEqual([]);
	});

	it.each([
		["[1]", "examples are a map by name, and here is a list", ["1", 1]],
		["{ a: 1 }", 'the example "a" is no Example Object; it is taken as the value', ["a", 1]],
	])("written as %s are used and listed", async (written, message, example) => {
		const contract = await operationOf(
			"3.1.0",
			`{ requestBody: { content: { application/json: { examples: ${written} } } } }`,
		);
		const [content] = contract.operations[0]?.body?.content ?? [];
		expect(content?.examples.map(({ name, value }) => [name, value])).toEqual([example]);
		expect(contract.problems.map((problem) => problem.message)).toEqual([message]);
	});
});

describe("a response", () => {
	it("has headers, links and encodings", async () => {
		const { operations } = await operationOf(
			"3.1.0",
			`{
  requestBody: { content: { multipart/form-data: { encoding: { f: { contentType: IMAGE/PNG, headers: { x-size: { schema: { type: integer } } } } } } } },
  responses: { 201: { description: Made, headers: { x-id: { required: true, schema: { type: string } }, Content-Type: {} },
    links: { self: { operationId: get, parameters: { id: $response.body#/id } } } } } }`,
		);
		const [response] = operations[0]?.responses ?? [];
		expect(response?.headers.map(({ name, required, schema }) => [name, required, schema?.node])).toEqual([
			["x-id", true, { type: "string" }],
		]);
		expect(response?.links).toMatchObject([
			{ name: "self", operationId: "get", parameters: { id: "$response.body#/id" } },
		]);
		const encoding = operations[0]?.body?.content[0]?.encoding.get("f");
		expect([encoding?.contentType, encoding?.headers.map(({ name }) => name)]).toEqual(["image/png", ["x-size"]]);
	});

	it("that a reference of 3.1 describes anew keeps that description", async () => {
		const { operations } = await operationOf(
			"3.1.0",
			"{ responses: { 200: { $ref: '#/components/responses/R', description: New } } }",
			"components: { responses: { R: { description: Old } } }\n",
		);
		expect(operations[0]?.responses[0]?.description).toBe("New");
	});
});

describe("servers", () => {
	it.each([
		["3.1.0", "", ["/"]],
		[
			"3.1.0",
			"servers: [{ url: 'https://{h}/{v}', variables: { h: { default: a.test }, v: { default: 2 } } }]\n",
			["https://a.test/2"],
		],
		["2.0", "host: a.test\nbasePath: /v1/\nschemes: [https, http]\n", ["https://a.test/v1", "http://a.test/v1"]],
		["2.0", "basePath: /v1\n", ["/v1"]],
	])("of %s %j", async (version, text, urls) => {
		const { servers } = await operationOf(version, "{}", text);
		expect(servers.map(({ url }) => url)).toEqual(urls);
	});
});

describe("security", () => {
	const schemes = `components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    bearer: { type: http, scheme: Bearer, bearerFormat: JWT }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: { read: Reads } } } }
    oidc: { type: openIdConnect, openIdConnectUrl: https://a.test }
    tls: { type: mutualTLS }
    odd: { type: apiKey }
security: [{ key: [] }]
`;
	it("schemes of every kind", async () => {
		const { securitySchemes } = await operationOf("3.1.0", "{}", schemes);
		expect([...securitySchemes.values()].map(({ source: _, ...scheme }) => scheme)).toEqual([
			{ name: "key", kind: "api-key", in: "header", parameter: "X-Key" },
			{ name: "bearer", kind: "http", scheme: "bearer", bearerFormat: "JWT" },
			{
				name: "oauth",
				kind: "oauth2",
				flows: [{ flow: "clientCredentials", tokenUrl: "/token", scopes: { read: "Reads" } }],
			},
			{ name: "oidc", kind: "openid-connect", url: "https://a.test" },
			{ name: "tls", kind: "mutual-tls" },
		]);
	});

	it.each([
		["{}", [[{ scheme: "key", scopes: [] }]]],
		["{ security: [] }", []],
		[
			"{ security: [{}, { key: [], oauth: [read] }] }",
			[
				[],
				[
					{ scheme: "key", scopes: [] },
					{ scheme: "oauth", scopes: ["read"] },
				],
			],
		],
	])("of the operation %s", async (operation, security) => {
		const { operations } = await operationOf("3.1.0", operation, schemes);
		expect(operations[0]?.security).toEqual(security);
	});
});

describe("Swagger 2.0", () => {
	it("gives parameters a schema, with the place of the parameter", async () => {
		const contract = await operationOf(
			"2.0",
			"{ parameters: [{ name: q, in: query, type: array, collectionFormat: multi, items: { type: integer }, maxItems: 3 }] }",
		);
		const query = contract.operations[0]?.parameters.find(({ name }) => name === "q");
		expect(show(query as Parameter)).toBe("query q form explode");
		expect(query?.schema?.node).toEqual({ type: "array", items: { type: "integer" }, maxItems: 3 });
		const { file, pointer } = query?.schema?.source ?? { file: "", pointer: "" };
		expect(contract.locate({ file, pointer: `${pointer}/maxItems` })).toMatchObject({
			pointer: "/paths/~1a~1{id}/post/parameters/0/maxItems",
			line: 3,
		});
	});

	it.each([
		["csv", "query", "form"],
		["ssv", "query", "spaceDelimited"],
		["pipes", "query", "pipeDelimited"],
		["multi", "query", "form explode"],
		["csv", "header", "simple"],
		["pipes", "path", "simple"],
	])("collectionFormat %s in %s is style %s", async (format, place, style) => {
		const parameter = `{ name: id, in: ${place}, type: array, items: {}, collectionFormat: ${format} }`;
		const { operations } = await operationOf("2.0", `{ parameters: [${parameter}] }`);
		const found = operations[0]?.parameters.find((one) => one.in === place);
		expect(show(found as Parameter)).toBe(`${place} id ${style}${place === "path" ? " required" : ""}`);
	});

	it("makes a request body of the body parameter", async () => {
		const { operations } = await operationOf(
			"2.0",
			"{ consumes: [Application/JSON, text/xml], parameters: [{ name: b, in: body, required: true, schema: { type: object, example: {} } }] }",
		);
		const body = operations[0]?.body;
		expect(body?.required).toBe(true);
		expect(body?.content.map(({ name, schema, examples }) => [name, schema?.node, examples.length])).toEqual([
			["application/json", { type: "object", examples: [{}] }, 1],
			["text/xml", { type: "object", examples: [{}] }, 1],
		]);
	});

	it("takes JSON where nothing is said", async () => {
		const { operations } = await operationOf(
			"2.0",
			"{ parameters: [{ name: b, in: body, schema: {} }], responses: { 200: { description: x, schema: { type: string } }, 201: { description: x } } }",
		);
		const [operation] = operations;
		expect(operation?.body?.content.map(({ name }) => name)).toEqual(["application/json"]);
		expect(operation?.responses.map(({ content }) => content.map(({ name }) => name))).toEqual([
			["application/json"],
			[],
		]);
	});

	it.each([
		["", "[application/x-www-form-urlencoded]", "application/x-www-form-urlencoded"],
		["type: file", "[]", "multipart/form-data"],
		["type: file", "[application/json, multipart/form-data]", "multipart/form-data"],
	])("makes a form of formData (%s, %s)", async (type, consumes, name) => {
		const field = `{ name: f, in: formData, required: true, ${type === "" ? "type: string, maxLength: 9" : type} }`;
		const list = "{ name: l, in: formData, type: array, items: { type: string }, collectionFormat: csv }";
		const contract = await operationOf("2.0", `{ consumes: ${consumes}, parameters: [${field}, ${list}] }`);
		const [content] = contract.operations[0]?.body?.content ?? [];
		expect([content?.name, content?.encoding.get("l")?.explode]).toEqual([name, false]);
		expect(content?.schema?.node).toMatchObject({
			type: "object",
			required: ["f"],
			properties: { f: { type: "string" }, l: { type: "array" } },
		});
		const { file = "", pointer = "" } = content?.schema?.source ?? {};
		const text = contract.locate({ file, pointer: `${pointer}/properties/f/type` });
		expect(text).toMatchObject({ file: "openapi.yaml", pointer: "/paths/~1a~1{id}/post/parameters/0/type", line: 3 });
	});

	it("gives responses examples by media type, and headers", async () => {
		const { operations } = await operationOf(
			"2.0",
			"{ produces: [application/json, text/plain], responses: { 200: { description: x, schema: { type: string }, examples: { text/plain: hi }, headers: { X-A: { type: integer } } } } }",
		);
		const [response] = operations[0]?.responses ?? [];
		expect(response?.content.map(({ name, examples }) => [name, examples.map(({ value }) => value)])).toEqual([
			["application/json", []],
			["text/plain", ["hi"]],
		]);
		expect(response?.headers.map(({ name, schema }) => [name, schema?.node])).toEqual([["X-A", { type: "integer" }]]);
	});

	it("names its security as OpenAPI 3 does", async () => {
		const { securitySchemes } = await operationOf(
			"2.0",
			"{}",
			"securityDefinitions: { b: { type: basic }, o: { type: oauth2, flow: accessCode, authorizationUrl: /a, tokenUrl: /t, scopes: { r: R } } }\n",
		);
		expect([...securitySchemes.values()].map(({ source: _, ...scheme }) => scheme)).toEqual([
			{ name: "b", kind: "http", scheme: "basic" },
			{
				name: "o",
				kind: "oauth2",
				flows: [{ flow: "authorizationCode", authorizationUrl: "/a", tokenUrl: "/t", scopes: { r: "R" } }],
			},
		]);
	});
});

describe("what is only named", () => {
	it("webhooks and callbacks", async () => {
		const contract = await operationOf(
			"3.1.0",
			"{ callbacks: { done: { '{$request.body#/url}': { post: {} } }, x-more: {} } }",
			"webhooks: { newPet: { post: {} } }\n",
		);
		expect([contract.webhooks, contract.operations[0]?.callbacks]).toEqual([["newPet"], ["done"]]);
	});
});
