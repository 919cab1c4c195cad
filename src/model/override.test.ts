import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadFiles, refusal } from "../contract/sample-files.ts";
import { EFFECT_WORDS } from "./effect-laws.ts";
import { inferModel } from "./infer.ts";
import { milliseconds } from "./override/guard.ts";
import { outline } from "./sample-model.ts";
import vocabulary from "./vocabulary.json" with { type: "json" };

const DOCUMENT = `openapi: 3.1.0
info: { title: pets, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { "200": { description: "", content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } } } } }
    post:
      operationId: createPet
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "201": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getPet
      responses: { "200": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/Found" } } } }, "404": { description: "" } }
    put:
      operationId: putPet
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "200": { description: "" }, "404": { description: "" } }
    delete:
      operationId: deletePet
      responses: { "204": { description: "" }, "404": { description: "" } }
  /pets/{id}/tags:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: listTags
      responses: { "200": { description: "", content: { application/json: { schema: { type: array, items: { type: string } } } } }, "404": { description: "" } }
    put:
      operationId: putTags
      requestBody: { content: { application/json: { schema: { type: array, items: { type: string } } } } }
      responses: { "200": { description: "" }, "404": { description: "" } }
  /use:
    post:
      operationId: use
      security: [{ petKey: [] }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { tag: { type: string } } } } } }
      responses: { "200": { description: "" }, "401": { description: "" }, "403": { description: "" } }
components:
  securitySchemes:
    petKey: { type: apiKey, in: header, name: X-Pet }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        id: { type: string }
        name: { type: string }
        secret: { type: string }
        quota: { type: integer }
    Found:
      type: object
      properties: { found: { $ref: "#/components/schemas/Pet" }, pet: { $ref: "#/components/schemas/Pet" } }
`;

const overlay = (...actions: readonly string[]): string =>
	["overlay: 1.0.0", "info: { title: o, version: 1.0.0 }", "actions:", ...actions.map((one) => `  - ${one}`)].join(
		"\n",
	);
const at = (target: string, update: string): string => `{ target: "${target}", update: { x-holdfast: ${update} } }`;
const ROOT = "$";
const USE = "$.paths['/use'].post";
const SECRET = "$.components.schemas.Pet.properties.secret";

const load = async (...actions: readonly string[]): Promise<ReturnType<typeof inferModel>> =>
	inferModel(await loadFiles({ "openapi.yaml": DOCUMENT, "o.overlay.yaml": overlay(...actions) }));

const mistakes = (...actions: readonly string[]): Promise<readonly string[]> => refusal(load(...actions));

describe("every word changes the model", () => {
	test.each(["document", "service"])("authority: %s", async (authority) => {
		expect((await load(at(ROOT, `{ authority: ${authority} }`))).authority).toBe(authority);
	});

	test.each([
		["kind", "{ resources: { tags: { kind: set } } }", "tags: set in pets"],
		["kind: list, which has an order", "{ resources: { tags: { kind: list } } }", "tags: list in order in pets"],
		[
			"key",
			"{ resources: { pets: { key: name } } }",
			"pets: collection, key name by the server { id secret quota name:unique found:volatile pet:volatile }",
		],
		[
			"made",
			"{ resources: { pets: { made: client } } }",
			"pets: collection, key id by the client { id name secret quota found:volatile pet:volatile }",
		],
	])("%s of a resource", async (_, declared, expected) => {
		expect(outline(await load(at(ROOT, declared)))).toContain(expected);
	});

	test.each([
		["alone", "{ refers: { name: pets } }", undefined],
		["with cascade", "{ refers: { name: pets }, cascade: true }", "cascade"],
		["with cascade: false", "{ refers: { name: pets }, cascade: false }", "stay"],
		["with its removal", "{ refers: { name: { to: pets, removal: unset } } }", "unset"],
	])("refers of a resource, %s", async (_, declared, removal) => {
		const model = await load(at(ROOT, `{ resources: { pets: ${declared} } }`));
		expect(model.resources.get("pets")?.refers?.get("name")).toEqual({
			resource: "pets",
			evidence: [expect.objectContaining({ kind: "overlay" })],
			...(removal === undefined ? {} : { removal }),
		});
	});

	test.each([
		["writes", "writes", ["createPet", "putPet", "deletePet"]],
		["requests", "requests", ["listPets", "createPet", "getPet", "putPet", "deletePet", "putTags", "use"]],
		["operations", "[use, getPet]", ["getPet", "use"]],
	])("records: %s", async (_, declared, expected) => {
		const model = await load(at(ROOT, `{ resources: { tags: { records: ${declared} } } }`));
		expect(model.resources.get("tags")?.kind).toBe("log");
		const recorded = [...model.behaviours.values()].filter(({ guards }) =>
			guards.some(({ kind }) => kind === "records"),
		);
		expect(recorded.map(({ operation }) => operation.id)).toEqual(expected);
	});

	test.each([
		["of a resource", at(ROOT, "{ resources: { pets: { atomic: true } } }"), ["createPet", "putPet", "deletePet"]],
		["of an operation", at("$.paths['/pets/{id}/tags'].put", "{ atomic: true }"), ["putTags"]],
		["of a resource that makes none", at(ROOT, "{ resources: { pets: { atomic: false } } }"), []],
	])("atomic %s", async (_, action, expected) => {
		const { behaviours } = await load(action);
		const promised = [...behaviours.values()].filter(({ atomic }) => atomic !== undefined);
		expect(promised.map(({ operation }) => operation.id)).toEqual(expected);
	});

	test("atomic: false of an operation goes before what its resource promises", async () => {
		const { behaviours } = await load(
			at(ROOT, "{ resources: { pets: { atomic: true } } }"),
			at("$.paths['/pets/{id}'].put", "{ atomic: false }"),
		);
		const promised = [...behaviours.values()].filter(({ atomic }) => atomic !== undefined);
		expect(promised.map(({ operation }) => operation.id)).toEqual(["createPet", "deletePet"]);
		expect(promised[0]?.atomic?.[0]).toMatchObject({ kind: "overlay", text: "x-holdfast: changes of pets are atomic" });
	});

	test("cascade of a resource", async () => {
		const model = await load(at(ROOT, "{ resources: { tags: { cascade: false } } }"));
		expect([model.resources.get("tags")?.cascade, model.resources.get("pets")?.cascade]).toEqual([false, true]);
	});

	test.each(EFFECT_WORDS.filter((word) => word !== "set"))("effect: %s", async (effect) => {
		const model = await load(at(USE, `{ effect: ${effect}, resource: pets }`));
		const { effect: declared, evidence, reason } = model.behaviours.get("use") ?? {};
		expect([declared?.kind, evidence?.[0]?.kind, reason]).toEqual([effect, "overlay", undefined]);
	});

	test.each([
		["a word and its resource", "{ create: pets }", { kind: "create", resource: "pets" }],
		["what an action sets", "{ set: pets, to: { name: Rex } }", { kind: "set", to: { name: "Rex" } }],
		["what a removal keeps", "{ remove: pets, keeps: { name: gone } }", { kind: "remove", keeps: { name: "gone" } }],
		["a new secret", "{ rotate: pets, secret: secret }", { kind: "rotate", secret: "secret" }],
		[
			"a new item, and what becomes of the former",
			"{ rotate: pets, name: { new: active, old: previous } }",
			{ kind: "rotate", status: { field: "name", new: "active", old: "previous" } },
		],
		["what a new item holds", "{ create: pets, with: { name: Rex } }", { kind: "create", with: { name: "Rex" } }],
		[
			"what a new item takes from another, and which one is meant",
			"{ create: pets, from: { name: pets.secret }, once: name, case: ignored }",
			{ kind: "create", from: { name: { of: "pets", field: "secret" } }, once: "name", ignoresCase: true },
		],
		["a merge of what is inside as well", "{ merge: pets, deep: true }", { kind: "merge", does: "deep-merge" }],
		["a list of one", "[{ upsert: pets }]", { kind: "upsert" }],
		[
			"several",
			"[{ create: pets }, { append: tags }, emit]",
			{ kind: "several", parts: [{ kind: "create" }, { kind: "append" }, { kind: "emit" }] },
		],
	])("effect as a map or a list: %s", async (_, declared, expected) => {
		expect((await load(at(USE, `{ effect: ${declared} }`))).behaviours.get("use")?.effect).toMatchObject(expected);
	});

	test("effect without a resource, where the path names one", async () => {
		const model = await load(at("$.paths['/pets/{id}'].put", "{ effect: upsert }"));
		expect(outline(model)).toContain("PUT /pets/{id}: upsert pets if valid");
	});

	test.each([
		["exists", "{ exists: pets, status: 404 }", { kind: "exists", resource: "pets", statuses: ["404"] }],
		[
			"member",
			"{ member: tag, of: tags, status: 403 }",
			{ kind: "member", property: "tag", of: "tags", statuses: ["403"] },
		],
		["unique", "{ unique: tag, status: 409 }", { kind: "unique", property: "tag", statuses: ["409"] }],
		[
			"unique everywhere, whatever its case",
			"{ unique: tag, within: everywhere, case: ignored }",
			{ kind: "unique", within: "everywhere", ignoresCase: true },
		],
		["refers", "{ refers: tag, of: pets, status: 422 }", { kind: "refers", property: "tag", of: "pets", sure: true }],
		["refers by a field", "{ refers: tag, of: pets, field: name }", { kind: "refers", field: "name" }],
		["unused", "{ unused: tags, status: 409 }", { kind: "unused", by: "tags" }],
		["when", "{ when: { name: new }, of: pets, status: 409 }", { kind: "when", fields: { name: "new" }, of: "pets" }],
		[
			"limit as a number",
			"{ limit: 5, of: pets, window: 2m }",
			{ kind: "limit", max: 5, windowMs: 120_000, statuses: [] },
		],
		[
			"limit as a field",
			"{ limit: quota, of: pets, window: 60s, zero: 9, status: '429' }",
			{ kind: "limit", max: { field: "quota" }, zero: 9, statuses: ["429"] },
		],
		[
			"limit for whoever calls",
			"{ limit: 100, window: 60s, per: partition }",
			{ kind: "rate", max: 100, windowMs: 60_000, per: "partition", group: "use", statuses: ["429"] },
		],
		[
			"scope",
			"{ scope: 'pets:use', status: 403 }",
			{ kind: "scope", alternatives: [{ schemes: [], scopes: ["pets:use"] }], known: ["pets:use"], strict: true },
		],
		["several scopes", "{ scope: [a, b] }", { alternatives: [{ schemes: [], scopes: ["a", "b"] }], strict: false }],
	])("guard %s", async (_, declared, expected) => {
		const model = await load(at(USE, `{ guards: [${declared}] }`));
		expect(model.behaviours.get("use")?.guards).toContainEqual(expect.objectContaining(expected));
	});

	test("guard keep, on the item that the path names", async () => {
		const model = await load(at("$.paths['/pets/{id}'].delete", "{ guards: [{ keep: { name: x }, least: 2 }] }"));
		expect(model.behaviours.get("deletePet")?.guards).toContainEqual(
			expect.objectContaining({ kind: "keep", fields: { name: "x" }, least: 2 }),
		);
	});

	test("a declared guard takes the place of an inferred one, and the status that it claims", async () => {
		const model = await load(
			at("$.paths['/pets/{id}'].get", "{ guards: [{ exists: pets, status: 410 }] }"),
			at(USE, "{ guards: [{ member: tag, of: tags, status: 403 }] }"),
		);
		const statuses = (id: string): unknown =>
			model.behaviours.get(id)?.guards.map(({ kind, statuses: all }) => [kind, ...all]);
		expect(statuses("getPet")).toEqual([["valid"], ["exists", "410"]]);
		expect(statuses("use")).toEqual([["credentials", "401"], ["valid"], ["member", "403"]]);
	});

	test("answer: its body shows the item there", async () => {
		const get = "$.paths['/pets/{id}'].get";
		const before = inferModel(await loadFiles({ "openapi.yaml": DOCUMENT })).behaviours.get("getPet")?.answer.at;
		const { answer } = (await load(at(get, "{ answer: { body: /found } }"))).behaviours.get("getPet") ?? {};
		expect([before, answer?.at, answer?.shows, answer?.fields]).toEqual([
			"",
			"/found",
			"item",
			["id", "name", "secret", "quota"],
		]);
	});

	test.each([
		["generated", "{ generated: unique }", { owner: "unique" }],
		["credential", "{ credential: petKey }", { credential: "petKey" }],
		[
			"a credential with scopes",
			"{ credential: { scheme: petKey, scopes: name } }",
			{ credential: "petKey", scopes: "name" },
		],
		["reveal", "{ reveal: once }", { reveal: "once" }],
		["immutable", "{ immutable: true }", { immutable: [expect.objectContaining({ kind: "overlay" })] }],
	])("%s of a property", async (_, declared, expected) => {
		expect((await load(at(SECRET, declared))).resources.get("pets")?.fields.get("secret")).toMatchObject(expected);
	});

	test("limits of the root hold for the operations that they name, and share one count", async () => {
		const limits =
			"[{ max: 9, window: 1m }, { max: 5, window: 60s, per: all, status: 503, operations: ['* /pets/**'] }]";
		const model = await load(at(ROOT, `{ limits: ${limits} }`), at(USE, "{ limits: [{ max: 2, window: 1s }] }"));
		const rates = (id: string): unknown =>
			model.behaviours.get(id)?.guards.flatMap((one) => (one.kind === "rate" ? [[one.max, one.group]] : []));
		expect(rates("use")).toEqual([
			[9, "shared 0"],
			[2, "use 0"],
		]);
		expect(rates("getPet")).toEqual([
			[9, "shared 0"],
			[5, "shared 1"],
		]);
	});

	test("a partition holds for what stands at the top, unless it says something else", async () => {
		const model = await load(at(ROOT, "{ partition: { by: identity } }"));
		expect(model.resources.get("pets")?.partition).toEqual({ by: "identity" });
		expect(model.resources.get("tags")?.partition).toBeUndefined();
		const own = await load(at(ROOT, "{ resources: { pets: { partition: { by: identity } } } }"));
		expect(own.resources.get("pets")?.partition).toEqual({ by: "identity" });
	});

	test("the same from the document itself", async () => {
		const declared = DOCUMENT.replace("operationId: use", "operationId: use\n      x-holdfast: { effect: none }");
		const model = inferModel(await loadFiles({ "openapi.yaml": declared }));
		expect(model.behaviours.get("use")?.effect.kind).toBe("none");
	});
});

test("every word of the vocabulary is tried here or beside, and every effect has a law", () => {
	const { "effect-word": effect, ...parts } = vocabulary.$defs;
	expect([...effect.enum].sort()).toEqual([...EFFECT_WORDS].sort());
	const words = Object.values(parts)
		.flatMap((part) => Object.keys("properties" in part ? part.properties : {}))
		.filter((word) => !effect.enum.includes(word));
	const folder = new URL("override/", import.meta.url);
	const beside = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
	const files = [new URL(import.meta.url), ...beside.map((name) => new URL(name, folder))];
	const tried = files.map((file) => readFileSync(file, "utf8")).join("\n");
	expect([...new Set(words)].filter((word) => !tried.includes(`${word}: `))).toEqual([]);
});

describe("every mistake is one problem with its line, and says what was meant", () => {
	test.each([
		[
			"an unknown key at the root",
			at(ROOT, "{ autority: service }"),
			'o.overlay.yaml:4:44  unknown key "autority" in x-holdfast; did you mean "authority"?',
		],
		[
			"an unknown key of a resource",
			at(ROOT, "{ resources: { pets: { kin: set } } }"),
			'o.overlay.yaml:4:65  unknown key "kin" in x-holdfast; did you mean "kind"?',
		],
		[
			"an unknown kind",
			at(ROOT, "{ resources: { pets: { kind: sets } } }"),
			'o.overlay.yaml:4:71  unknown kind "sets"; did you mean "set"?',
		],
		[
			"a resource that is not there",
			at(ROOT, "{ resources: { pet: { kind: set } } }"),
			'o.overlay.yaml:4:57  no resource is called "pet"; did you mean "pets"?',
		],
		[
			"a key that no item has",
			at(ROOT, "{ resources: { pets: { key: nam } } }"),
			'o.overlay.yaml:4:70  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"an unknown effect",
			at(USE, "{ effect: upset }"),
			'o.overlay.yaml:4:71  unknown effect "upset"; did you mean "upsert"?',
		],
		[
			"an effect that is neither a word nor a map",
			at(USE, "{ effect: 5 }"),
			"o.overlay.yaml:4:71  effect must be string,object,array",
		],
		[
			"a map without a word of ours",
			at(USE, "{ effect: { creates: pets } }"),
			'o.overlay.yaml:4:73  no effect is called "creates"; did you mean "create"?',
		],
		[
			"a map on a resource that is not there",
			at(USE, "{ effect: { create: pet } }"),
			'o.overlay.yaml:4:81  no resource is called "pet"; did you mean "pets"?',
		],
		[
			"a key that is not the effect's own",
			at(USE, "{ effect: { create: pets, keep: { name: x } } }"),
			'o.overlay.yaml:4:87  unknown key "keep" in x-holdfast; there are create, with, from, once, case',
		],
		[
			"a field that no item has",
			at(USE, "{ effect: { set: pets, to: { nam: x } } }"),
			'o.overlay.yaml:4:90  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"a log of what is no word",
			at(ROOT, "{ resources: { tags: { records: write } } }"),
			'o.overlay.yaml:4:74  unknown records "write"; did you mean "writes"?',
		],
		[
			"a log of an operation that is not there",
			at(ROOT, "{ resources: { tags: { records: [usee] } } }"),
			'o.overlay.yaml:4:75  no operation is called "usee"; did you mean "use"?',
		],
		[
			"a field that refers to nothing",
			at(ROOT, "{ resources: { pets: { refers: { name: pet } } } }"),
			'o.overlay.yaml:4:81  no resource is called "pet"; did you mean "pets"?',
		],
		[
			"no field that refers",
			at(ROOT, "{ resources: { pets: { refers: { nam: pets } } } }"),
			'o.overlay.yaml:4:75  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"what becomes of it in no word of ours",
			at(ROOT, "{ resources: { pets: { refers: { name: { to: pets, removal: remove } } } } }"),
			'o.overlay.yaml:4:102  unknown removal "remove"; there are cascade, unset, stay',
		],
		[
			"a guard on a field that no item has",
			at("$.paths['/pets/{id}'].delete", "{ guards: [{ keep: { nam: x } }] }"),
			'o.overlay.yaml:4:90  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"a guard on a field of what is not there",
			at(USE, "{ guards: [{ refers: tag, of: pets, field: nam }] }"),
			'o.overlay.yaml:4:104  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"a guard of what nothing refers to",
			at(USE, "{ guards: [{ unused: tag }] }"),
			'o.overlay.yaml:4:82  no resource is called "tag"; did you mean "tags"?',
		],
		[
			"a value taken from a field that is not there",
			at(USE, "{ effect: { create: pets, from: { name: pets.nam } } }"),
			'o.overlay.yaml:4:101  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"a value taken from what is not there",
			at(USE, "{ effect: { create: pets, from: { name: pet.name } } }"),
			'o.overlay.yaml:4:101  no resource is called "pet"; did you mean "pets"?',
		],
		[
			"a key of what is not there",
			at("$.paths['/pets/{id}'].get", "{ keys: { pet: id } }"),
			'o.overlay.yaml:4:76  no resource is called "pet"; did you mean "pets"?',
		],
		[
			"a key by a parameter that the path has not",
			at("$.paths['/pets/{id}'].get", "{ keys: { pets: ix } }"),
			'o.overlay.yaml:4:82  no path parameter is called "ix"; did you mean "id"?',
		],
		[
			"what must not be, in a field that is not there",
			at(USE, "{ guards: [{ unless: { nam: x }, of: pets }] }"),
			'o.overlay.yaml:4:84  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"others that count by a field that is not there",
			at(USE, "{ guards: [{ unique: tag, among: { nam: x }, of: pets }] }"),
			'o.overlay.yaml:4:96  no field of pets is called "nam"; did you mean "name"?',
		],
		[
			"a set without fields",
			at(USE, "{ effect: set, resource: pets }"),
			'o.overlay.yaml:4:71  the effect "set" needs the fields that it sets; write { set: pets, to: { FIELD: VALUE } }',
		],
		[
			"one part of several",
			at(USE, "{ effect: [{ create: pets }, { upset: pets }] }"),
			'o.overlay.yaml:4:92  no effect is called "upset"; did you mean "upsert"?',
		],
		[
			"an effect without a resource",
			at(USE, "{ effect: create }"),
			'o.overlay.yaml:4:71  the effect "create" needs a resource, and the path names none; name it with `resource`; there are pets, tags',
		],
		[
			"an effect on a resource that is not there",
			at(USE, "{ effect: create, resource: pet }"),
			'o.overlay.yaml:4:89  no resource is called "pet"; did you mean "pets"?',
		],
		[
			"a resource alone",
			at(USE, "{ resource: pets }"),
			"o.overlay.yaml:4:73  a resource alone says nothing; name the `effect` on it as well",
		],
		[
			"a partition by a header that no operation has",
			at(ROOT, "{ partition: { by: header, name: X-Env } }"),
			'o.overlay.yaml:4:75  no header parameter is called "X-Env"; there are none',
		],
		[
			"a partition by an unknown word",
			at(ROOT, "{ partition: { by: identities } }"),
			'o.overlay.yaml:4:61  unknown by "identities"; did you mean "identity"?',
		],
		[
			"a limit of operations that are not there",
			at(ROOT, "{ limits: [{ max: 5, window: 60s, operations: ['POST /petz'] }] }"),
			'o.overlay.yaml:4:89  no operation is called "POST /petz"; did you mean "POST /pets"?',
		],
		[
			"parts of what lives in something",
			at(ROOT, "{ resources: { tags: { partition: { by: identity } } } }"),
			"o.overlay.yaml:4:65  tags lives in pets, and has the parts that pets has",
		],
		[
			"scopes in a field that is not there",
			at(SECRET, "{ credential: { scheme: petKey, scopes: nam } }"),
			'o.overlay.yaml:4:123  no field is called "nam"; did you mean "name"?',
		],
		[
			"calls counted for whom no parameter asks",
			at(SECRET, "{ counts: { calls: accepted, of: { owner: name } } }"),
			'o.overlay.yaml:4:112  no query parameter is called "owner"; there are none',
		],
		[
			"an unknown guard",
			at(USE, "{ guards: [{ exist: pets }] }"),
			'o.overlay.yaml:4:74  no guard is called "exist"; did you mean "exists"?',
		],
		[
			"a guard whose law is not built",
			at(USE, "{ guards: [{ parent: pets }] }"),
			'o.overlay.yaml:4:74  no guard is called "parent"; its law is not built yet',
		],
		[
			"an empty guard",
			at(USE, "{ guards: [{}] }"),
			"o.overlay.yaml:4:72  a guard without a word says nothing; there are exists, member, limit, scope, unique, keep, when, unless, refers, unused",
		],
		[
			"an unknown key of a guard",
			at(USE, "{ guards: [{ exists: pets, stats: 404 }] }"),
			'o.overlay.yaml:4:88  unknown key "stats" in x-holdfast; did you mean "status"?',
		],
		[
			"a guard on a resource that is not there",
			at(USE, "{ guards: [{ exists: pet }] }"),
			'o.overlay.yaml:4:82  no resource is called "pet"; did you mean "pets"?',
		],
		[
			"a guard on a property that no body has",
			at(USE, "{ guards: [{ member: tagg, of: tags }] }"),
			'o.overlay.yaml:4:82  no property of the body is called "tagg"; did you mean "tag"?',
		],
		[
			"a limit in a field that is not there",
			at(USE, "{ guards: [{ limit: quot, of: pets, window: 1m }] }"),
			'o.overlay.yaml:4:81  no field of pets is called "quot"; did you mean "quota"?',
		],
		[
			"a window that is none",
			at(USE, "{ guards: [{ limit: 5, of: pets, window: 1 day }] }"),
			'o.overlay.yaml:4:102  window must match pattern "^[0-9]+(ms|s|m|h)$"; it is a length of time: 500ms, 60s, 1m, 1h',
		],
		[
			"a limit without a window",
			at(USE, "{ guards: [{ limit: 5, of: pets }] }"),
			'o.overlay.yaml:4:72  x-holdfast lacks "window"',
		],
		[
			"an answer that has nothing there",
			at("$.paths['/pets/{id}'].get", "{ answer: { body: /fuond } }"),
			'o.overlay.yaml:4:84  the answer has nothing at "/fuond"',
		],
		[
			"an unknown key of a property",
			at(SECRET, "{ revael: once }"),
			'o.overlay.yaml:4:85  unknown key "revael" in x-holdfast; did you mean "reveal"?',
		],
		[
			"an unknown owner",
			at(SECRET, "{ generated: uniqu }"),
			'o.overlay.yaml:4:96  unknown generated "uniqu"; did you mean "unique"?',
		],
		[
			"an unknown security scheme",
			at(SECRET, "{ credential: petKe }"),
			'o.overlay.yaml:4:97  no security scheme is called "petKe"; did you mean "petKey"?',
		],
		[
			"atomicity of what only reads",
			at("$.paths['/pets/{id}'].get", "{ atomic: true }"),
			"o.overlay.yaml:4:76  `atomic` says nothing of an operation that changes nothing; write it at what changes something, or at the resource",
		],
		["what is no map", at(USE, "nothing"), "o.overlay.yaml:4:61  x-holdfast must be object"],
	])("%s", async (_, action, expected) => {
		const found = await mistakes(action);
		expect(found).toEqual([expected]);
	});

	test("in the document, its line is that of the document", async () => {
		const declared = DOCUMENT.replace("operationId: use", "operationId: use\n      x-holdfast:\n        effect: upset");
		expect(await refusal(loadFiles({ "openapi.yaml": declared }).then(inferModel))).toEqual([
			'openapi.yaml:37:17  unknown effect "upset"; did you mean "upsert"?',
		]);
	});

	test("several are told at once, in the order of the document", async () => {
		const found = await mistakes(
			at(ROOT, "{ resources: { pet: { kind: set } } }"),
			at(USE, "{ effect: upset, guards: [{ exist: pets }] }"),
			at(SECRET, "{ reveal: twice, credential: key }"),
		);
		expect(found.map((line) => line.replace(/^\S+ {2}/, ""))).toEqual([
			'no resource is called "pet"; did you mean "pets"?',
			'unknown reveal "twice"; there are once, never',
			'unknown effect "upset"; did you mean "upsert"?',
		]);
	});
});

test.each([
	["500ms", 500],
	["60s", 60_000],
	["2m", 120_000],
	["1h", 3_600_000],
])("%s are %i milliseconds", (text, expected) => {
	expect(milliseconds(text)).toBe(expected);
});
