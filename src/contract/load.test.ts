import { describe, expect, it } from "vitest";
import { renderPlace, renderProblem } from "../problem/problem.ts";
import { loadContract } from "./load.ts";
import { listed, loadFiles, refusal, writeFiles } from "./sample-files.ts";
import { validateReferences } from "./validate-references.ts";

const PETS = `openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
      - { name: trace, in: query, schema: { type: string } }
    get:
      operationId: getPet
      summary: One pet
      tags: [pets]
      parameters:
        - { name: trace, in: query, required: true, schema: { type: boolean } }
      responses:
        "200":
          description: The pet
          content:
            application/JSON:
              schema: { $ref: "#/components/schemas/Pet" }
              example: { name: Rex }
        4xx: { description: None }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string, example: Bello } } }
`;

describe("a document", () => {
	it("becomes one contract", async () => {
		const contract = await loadFiles({ "openapi.yaml": PETS });
		expect([contract.file, contract.title, contract.version, contract.openapi]).toEqual([
			"openapi.yaml",
			"Pets",
			"1",
			"3.1.0",
		]);
		expect(contract.servers).toEqual([{ url: "/" }]);
		const [operation] = contract.operations;
		expect(operation).toMatchObject({ id: "getPet", method: "GET", path: "/pets/{id}", tags: ["pets"], security: [] });
		expect(operation?.responses.map(({ status, content }) => [status, content.map(({ name }) => name)])).toEqual([
			["200", ["application/json"]],
			["4XX", []],
		]);
	});

	it("lets a parameter of the operation take the place of one of the path", async () => {
		const { operations } = await loadFiles({ "openapi.yaml": PETS });
		expect(operations[0]?.parameters.map(({ name, required, schema }) => [name, required, schema?.node])).toEqual([
			["id", true, { type: "integer" }],
			["trace", true, { type: "boolean" }],
		]);
	});

	it("gives examples with their places, those of the schema last", async () => {
		const { operations } = await loadFiles({
			"openapi.yaml": PETS.replace("Pet: { type", "Pet: { example: { name: Tom }, type"),
		});
		const [mediaType] = operations[0]?.responses[0]?.content ?? [];
		expect(mediaType?.examples).toEqual([
			{
				name: "example",
				value: { name: "Rex" },
				source: {
					file: "openapi.yaml",
					pointer: "/paths/~1pets~1{id}/get/responses/200/content/application~1JSON/example",
				},
			},
			{
				name: "schema",
				value: { name: "Tom" },
				source: { file: "openapi.yaml", pointer: "/components/schemas/Pet/example" },
			},
		]);
	});

	it.each([
		["a map where its key stands", "/paths/~1pets~1{id}/get", undefined, "openapi.yaml:8:5"],
		["a plain value where it stands itself", "/paths/~1pets~1{id}/get/operationId", undefined, "openapi.yaml:9:20"],
		["a key when it is asked for", "/paths/~1pets~1{id}/get/operationId", "key" as const, "openapi.yaml:9:7"],
		["a list item where it begins", "/paths/~1pets~1{id}/parameters/1", undefined, "openapi.yaml:7:9"],
		["what is not there at its nearest ancestor", "/components/schemas/Pet/nothing", undefined, "openapi.yaml:24:5"],
	])("locates %s", async (_, pointer, end, place) => {
		const contract = await loadFiles({ "openapi.yaml": PETS });
		expect(renderPlace(contract.locate({ file: "openapi.yaml", pointer }, end))).toBe(place);
	});

	it("gives schemas by name, made when asked for", async () => {
		const { schemas } = await loadFiles({ "openapi.yaml": PETS });
		expect([...schemas.keys()]).toEqual(["Pet"]);
		expect(schemas.get("Pet")?.source.pointer).toBe("/components/schemas/Pet");
		expect(schemas.get("Dog")).toBeUndefined();
	});
});

describe("a document that cannot be used is refused with one sentence", () => {
	it.each<[string, Record<string, string | Uint8Array>, string]>([
		[
			"missing, a name alike",
			{ "openapi.yml": PETS },
			'openapi.yaml  openapi.yaml does not exist; did you mean "openapi.yml"?',
		],
		["missing, no name alike", {}, "openapi.yaml  openapi.yaml does not exist"],
		["a directory", { "openapi.yaml/x": "" }, "openapi.yaml  openapi.yaml is a directory; name the document inside it"],
		["empty", { "openapi.yaml": "\n  \n" }, "openapi.yaml  openapi.yaml is empty"],
		[
			"UTF-16",
			{ "openapi.yaml": Buffer.from("\ufeffopenapi: 3.1.0", "utf16le") },
			"openapi.yaml  openapi.yaml is written in UTF-16; save it as UTF-8",
		],
		[
			"a NUL byte",
			{ "openapi.yaml": "openapi: 3.1.0\nx: \0" },
			"openapi.yaml  openapi.yaml holds a NUL byte in line 2; save it as UTF-8",
		],
		[
			"Latin-1",
			{ "openapi.yaml": Buffer.from("openapi: 3.1.0\ninfo:\n  title: Caf\xe9\n", "latin1") },
			"openapi.yaml  openapi.yaml is not UTF-8 in line 3; save it as UTF-8",
		],
		[
			"broken YAML",
			{ "openapi.yaml": "openapi: 3.1.0\ninfo: [a\npaths: {}\n" },
			"openapi.yaml:3:1  not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
		],
		["text", { "openapi.yaml": "hello" }, "openapi.yaml:1:1  openapi.yaml is a string and not an OpenAPI document"],
		[
			"misspelt",
			{ "openapi.yaml": "opnapi: 3.1.0" },
			'openapi.yaml:1:1  openapi.yaml has neither "openapi" nor "swagger" and is not an OpenAPI document; it has "opnapi"; did you mean "openapi"?',
		],
		[
			"an overlay",
			{ "openapi.yaml": "overlay: 1.0.0" },
			'openapi.yaml:1:1  openapi.yaml has neither "openapi" nor "swagger" and is not an OpenAPI document; this is an overlay; name it with --overlay',
		],
		[
			"too new",
			{ "openapi.yaml": "info: {}\nopenapi: 4.0.0" },
			"openapi.yaml:2:10  openapi 4.0.0 is not supported; Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are",
		],
	])("%s", async (_, files, sentence) => {
		expect(await refusal(loadFiles(files))).toEqual([sentence]);
	});

	it("in a directory that is not there", async () => {
		expect(await refusal(loadContract({ spec: "no/openapi.yaml", cwd: writeFiles({}) }))).toEqual([
			"no/openapi.yaml  no/openapi.yaml does not exist; there is no directory no",
		]);
	});

	it("broken JSON, with its line", async () => {
		const cwd = writeFiles({ "api.json": '{\n  "openapi": "3.1.0",\n  "info": {\n' });
		expect(await refusal(loadContract({ spec: "api.json", cwd }))).toEqual([
			"api.json:4:1  not valid JSON: Expected property name or '}'",
		]);
	});

	it("together with every overlay that cannot be used", async () => {
		const files = { "a.overlay.yaml": "overlay: 1.0.0", "b.overlay.yaml": "openapi: 3.1.0" };
		const problems = await refusal(loadFiles(files));
		expect(problems.map((problem) => problem.split("  ")[0])).toEqual([
			"openapi.yaml",
			"a.overlay.yaml:1:1",
			"a.overlay.yaml:1:1",
			"a.overlay.yaml:1:1",
			"b.overlay.yaml:1:1",
		]);
	});
});

describe("what is broken in a document is listed, and the rest works", () => {
	const head = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths:\n';
	it.each<[string, string, string]>([
		[
			"a key written twice",
			"  /a: {}\n  /a: {}\n",
			'openapi.yaml:5:3  the key "/a" stands here twice; the last one counts',
		],
		[
			"a path without a slash",
			"  a: { get: { responses: {} } }\n",
			'openapi.yaml:4:3  the path "a" does not begin with a slash; it is read as "/a"',
		],
		[
			"a misspelt method",
			"  /a: { gett: {} }\n",
			'openapi.yaml:4:9  "gett" is no method and no other field of a path; it is left out; did you mean "get"?',
		],
		[
			"a broken path item",
			"  /a: { $ref: other.yaml }\n",
			'openapi.yaml:4:15  $ref "other.yaml" leads nowhere: other.yaml does not exist',
		],
		[
			"a broken response",
			"  /a: { get: { responses: { 200: { $ref: '#/components/responses/X' } } } }\n",
			'openapi.yaml:4:42  $ref "#/components/responses/X" leads nowhere: there is no "components" at the root of openapi.yaml',
		],
		[
			"a reference to itself",
			"  /a: { $ref: '#/paths/~1a' }\n",
			'openapi.yaml:4:15  $ref "#/paths/~1a" leads nowhere: it leads back to itself',
		],
		[
			"a strange status",
			"  /a: { get: { responses: { ok: { description: x } } } }\n",
			'openapi.yaml:4:29  "ok" is no status; a response is named by a number like 200, a range like 2XX, or default',
		],
		[
			"a parameter without a name",
			"  /a: { get: { parameters: [{ in: query }] } }\n",
			"openapi.yaml:4:29  a parameter has no name; it is left out",
		],
		[
			"a parameter in a strange place",
			"  /a: { get: { parameters: [{ name: q, in: qery }] } }\n",
			'openapi.yaml:4:44  the place of parameter "q" is "qery" and must be one of path, query, header, cookie, querystring; it is left out; did you mean "query"?',
		],
		[
			"a parameter given twice",
			"  /a: { get: { parameters: [{ name: q, in: query }, { name: q, in: query }] } }\n",
			'openapi.yaml:4:53  the query parameter "q" is declared twice; the first one counts',
		],
		[
			"a path parameter without a place",
			"  /a: { get: { parameters: [{ name: q, in: path }] } }\n",
			'openapi.yaml:4:29  the path parameter "q" has no place in the path; it is left out',
		],
		[
			"a place without a path parameter",
			"  /a/{id}: { get: {} }\n",
			'openapi.yaml:4:14  the path has a place for "id", and no parameter of that name is declared; it is taken as any text',
		],
		[
			"a header that OpenAPI ignores",
			"  /a: { get: { parameters: [{ name: Accept, in: header }] } }\n",
			'openapi.yaml:4:29  the header parameter "Accept" is ignored: OpenAPI leaves it to security schemes and media types',
		],
		[
			"a style that is none",
			"  /a: { get: { parameters: [{ name: q, in: query, style: simple }] } }\n",
			'openapi.yaml:4:58  style "simple" is not defined in query; "form" is used',
		],
		[
			"a schema that is none",
			"  /a: { get: { parameters: [{ name: q, in: query, schema: text }] } }\n",
			"openapi.yaml:4:59  a schema is a map or a boolean, and here is a string",
		],
		[
			"an unknown security scheme",
			"  /a: { get: { security: [{ key: [] }] } }\n",
			'openapi.yaml:4:29  the security scheme "key" is not declared',
		],
		["an operation that is none", "  /a: { get: null }\n", "openapi.yaml:4:14  a map belongs here, and here is null"],
		[
			"a media type that is none",
			"  /a: { get: { responses: { 200: { description: '', content: { '*': {} } } } } }\n",
			'openapi.yaml:4:64  "*" is no media type',
		],
	])("%s", async (_, paths, sentence) => {
		expect(listed(await loadFiles({ "openapi.yaml": head + paths }))).toEqual([sentence]);
	});

	it.each([
		["read fast", ""],
		["read by the forgiving parser", "x-tag: !own a\n"],
	])("keys written twice, %s", async (_, more) => {
		const { problems, title, operations } = await loadFiles({
			"openapi.yaml": `openapi: 3.1.0
info: { title: A, title: B, version: "1" }
paths:
  /a: { get: {} }
  /a: &a { put: {} }
  /b: *a
${more}`,
		});
		expect(problems.map(renderProblem)).toEqual([
			'openapi.yaml:2:19  the key "title" stands here twice; the last one counts',
			'openapi.yaml:5:3  the key "/a" stands here twice; the last one counts',
		]);
		expect([title, ...operations.map(({ id }) => id)]).toEqual(["B", "put /a", "put /b"]);
	});

	it("an operationId that is used twice, made unique", async () => {
		const contract = await loadFiles({
			"openapi.yaml": `${head}  /a: { get: { operationId: x }, put: { operationId: x } }\n  /b: { get: {} }\n`,
		});
		expect(contract.operations.map(({ id }) => id)).toEqual(["x", "x-2", "get /b"]);
		expect(contract.problems.map(renderProblem)).toEqual([
			'openapi.yaml:4:54  the operationId "x" is used twice; PUT /a is called "x-2"',
		]);
	});

	it("JSON with a trailing comma, read as YAML", async () => {
		const cwd = writeFiles({ "api.json": '{ "openapi": "3.1.0", "info": {}, "paths": {}, }' });
		const contract = await loadContract({ spec: "api.json", cwd });
		expect(contract.problems.map(({ code }) => code)).toEqual(["document-syntax"]);
	});
});

describe("references", () => {
	const files = {
		"openapi.yaml": `openapi: 3.0.3
info: { title: T, version: "1" }
paths:
  /a: { $ref: "paths/a.yaml", summary: Beside }
`,
		"paths/a.yaml": `get:
  parameters: [{ $ref: "../shared.yaml#/parameters/limit" }]
  responses: { "200": { $ref: "../shared.yaml#/ok" } }
post: { $ref: "post%20a.yaml" }
`,
		"paths/post a.yaml": "operationId: postA\nresponses: {}\n",
		"shared.yaml": `parameters: { limit: { name: limit, in: query, schema: { type: integer } } }
ok:
  description: Fine
  content: { application/json: { schema: { $ref: "#/Pet" } } }
Pet: { type: object, nullable: true, properties: { friend: { $ref: "#/Pet" }, enemy: { $ref: "#/Pat" } } }
`,
	};

	it("lead through files, each part with the place where it stands", async () => {
		const contract = await loadFiles(files);
		const [get, post] = contract.operations;
		expect([get?.summary, get?.source, post?.id]).toEqual([
			"Beside",
			{ file: "paths/a.yaml", pointer: "/get" },
			"postA",
		]);
		expect(get?.parameters[0]?.source).toEqual({ file: "shared.yaml", pointer: "/parameters/limit" });
		const [mediaType] = get?.responses[0]?.content ?? [];
		expect(mediaType?.schema?.registry.resolve("shared.yaml#/Pet")?.node).toMatchObject({ type: ["object", "null"] });
		expect(contract.problems).toEqual([]);
	});

	it("are found broken without touching the parts", async () => {
		const contract = await loadFiles(files);
		expect(validateReferences(contract).map(renderProblem)).toEqual([
			'shared.yaml:5:94  $ref "#/Pat" leads nowhere: there is no "Pat" at the root of shared.yaml; did you mean "#/Pet"?',
		]);
	});

	it("are followed when somebody asks, and not before", async () => {
		const contract = await loadFiles({ ...files, "shared.yaml": "parameters: [" });
		expect(contract.operations).toHaveLength(2);
		expect(contract.problems).toEqual([]);
		expect(contract.operations[0]?.parameters).toEqual([]);
		expect(contract.problems.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^\$ref "..\/shared.yaml#\/parameters\/limit" leads nowhere: not valid YAML: .* \(shared.yaml, line 1\)$/,
			),
		]);
	});

	it("may stand for whole maps and lists", async () => {
		const contract = await loadFiles({
			"openapi.yaml":
				"openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: { $ref: paths.yaml }\ncomponents: { securitySchemes: { $ref: 'more.yaml#/schemes' } }\n",
			"paths.yaml": "/a: { get: { parameters: { $ref: 'more.yaml#/list' }, responses: { $ref: 'more.yaml#/all' } } }\n",
			"more.yaml":
				"list: [{ name: q, in: query }]\nall: { 200: { description: Fine } }\nschemes: { k: { type: http, scheme: basic } }\n",
		});
		expect(contract.operations.flatMap(({ parameters, responses }) => [...parameters, ...responses])).toMatchObject([
			{ name: "q", source: { file: "more.yaml", pointer: "/list/0" } },
			{ status: "200", source: { file: "more.yaml", pointer: "/all/200" } },
		]);
		expect([...contract.securitySchemes.keys()]).toEqual(["k"]);
		expect(validateReferences(contract)).toEqual([]);
	});

	it("to names that schemas give themselves are understood", async () => {
		const contract = await loadFiles({
			"openapi.yaml": `openapi: 3.1.0
info: { title: T, version: "1" }
paths: {}
components:
  schemas:
    A: { $id: "https://example.com/a", $defs: { X: { $anchor: x } }, properties: { p: { $ref: "#x" }, q: { $ref: "#/$defs/X" } } }
    B: { properties: { a: { $ref: "https://example.com/a#x" }, b: { $ref: "#y" } } }
`,
		});
		expect(validateReferences(contract).map(({ message }) => message)).toEqual([
			'$ref "#y" leads nowhere: nothing is called "#y"',
		]);
	});

	it("in examples, extensions and prose are none", async () => {
		const contract = await loadFiles({
			"openapi.yaml": `openapi: 3.1.0
info: { title: T, version: "1", description: { $ref: a.md } }
tags: [{ name: a, description: { $ref: a.md } }]
x-more: { $ref: none.yaml }
paths:
  /a: { get: { responses: { default: { description: "", content: { a/b: { example: { $ref: none.yaml } } } } } } }
components: { schemas: { default: { const: { $ref: none } }, A: { properties: { example: { $ref: "#/components/schemas/B" } } } } }
`,
		});
		expect(validateReferences(contract).map(({ message }) => message)).toEqual([
			'$ref "#/components/schemas/B" leads nowhere: there is no "B" at openapi.yaml#/components/schemas',
		]);
	});

	it("to other machines are not followed unless that is allowed", async () => {
		const contract = await loadFiles({
			"openapi.yaml": "openapi: 3.1.0\ninfo: {}\npaths:\n  /a: { $ref: 'https://example.com/a.yaml' }\n",
		});
		expect(contract.problems.map(renderProblem)).toEqual([
			'openapi.yaml:4:15  $ref "https://example.com/a.yaml" leads nowhere: https://example.com/a.yaml is not on this machine; allow it with --allow-remote, or keep a copy beside the document',
		]);
	});
});
