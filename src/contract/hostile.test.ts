import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadContract } from "./load.ts";
import { listed, loadFiles, refusal, touch, writeFiles } from "./sample-files.ts";
import { validateReferences } from "./validate-references.ts";

/** None of these may take longer. */
const TIME_MS_MAX = 5_000;
const HEAD = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n";

/** Time of this thread alone: the machine may be busy with other tests. */
function cpuMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1_000;
}

describe("a hostile document is refused with a sentence", () => {
	const laughs = Array.from({ length: 12 }, (_, index) =>
		index === 0
			? "a0: &a0 [ha, ha, ha]"
			: `a${index}: &a${index} [${Array(9)
					.fill(`*a${index - 1}`)
					.join(", ")}]`,
	).join("\n");
	const chain = Array.from({ length: 2_000 }, (_, index) =>
		index === 0 ? "a0: &a0 []" : `a${index}: &a${index} [*a${index - 1}]`,
	).join("\n");
	it.each([
		[
			"JSON nested 100,000 deep",
			`${"[".repeat(100_000)}${"]".repeat(100_000)}`,
			"openapi.yaml is nested deeper than 200 levels",
		],
		[
			"JSON maps nested 100,000 deep",
			`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
			"openapi.yaml is nested deeper than 200 levels",
		],
		["YAML nested 100,000 deep", `${HEAD}x: ${"[".repeat(100_000)}`, "openapi.yaml is nested deeper than 200 levels"],
		[
			"YAML nested by indents",
			`${HEAD}${Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")}`,
			"openapi.yaml is nested deeper than 200 levels",
		],
		["a billion laughs", `${HEAD}${laughs}\n`, "openapi.yaml stands for more than 20,000,000 values"],
		["aliases that nest", `${HEAD}${chain}\n`, "openapi.yaml is nested deeper than 200 levels"],
		[
			"an alias inside what it names",
			`${HEAD}x: &x { y: *x }\n`,
			"openapi.yaml holds an alias that stands inside what it names",
		],
		[
			"a hundred thousand aliases",
			`${HEAD}x: &x 1\ny: [${"*x, ".repeat(100_000)}]\n`,
			"openapi.yaml has more than 10000 aliases",
		],
		[
			"merges that multiply",
			`${HEAD}x: &x { ${Array.from({ length: 1_000 }, (_, key) => `k${key}: 1`).join(", ")} }\ny:\n${"  - <<: *x\n".repeat(500)}`,
			"openapi.yaml merges more than 100000 keys",
		],
		["an open quote of a megabyte", `openapi: "${"x\n".repeat(500_000)}`, 'not valid YAML: Missing closing "quote'],
	])("%s", { timeout: TIME_MS_MAX }, async (_, text, sentence) => {
		const [problem, ...more] = await refusal(loadFiles({ "openapi.yaml": text }));
		expect(problem?.replace(/^openapi\.yaml(:\d+)* {2}/, "")).toBe(sentence);
		expect(more).toEqual([]);
	});

	it("a device that never ends", { timeout: TIME_MS_MAX }, async () => {
		const cwd = writeFiles({});
		symlinkSync("/dev/zero", join(cwd, "openapi.yaml"));
		expect(await refusal(loadContract({ spec: "openapi.yaml", cwd }))).toEqual([
			"openapi.yaml  openapi.yaml is not a regular file",
		]);
	});

	it("a file over the limit", { timeout: TIME_MS_MAX }, async () => {
		const cwd = writeFiles({ "openapi.yaml": "" });
		truncateSync(join(cwd, "openapi.yaml"), 65 * 1024 * 1024);
		expect(await refusal(loadContract({ spec: "openapi.yaml", cwd }))).toEqual([
			"openapi.yaml  openapi.yaml has 65 MB; the limit is 64 MB",
		]);
	});
});

describe("a hostile document loads, and what is bad is listed", () => {
	it.each<[string, Record<string, string>, string | undefined]>([
		[
			"references that lead in a circle of files",
			{
				"openapi.yaml": "openapi: 3.1.0\ninfo: {}\npaths: { /a: { $ref: a.yaml } }\n",
				"a.yaml": "$ref: b.yaml\n",
				"b.yaml": "$ref: a.yaml\n",
			},
			"it leads back to itself",
		],
		[
			"a pointer through a reference to itself",
			{ "openapi.yaml": "openapi: 3.1.0\ninfo: {}\npaths: { /a: { $ref: '#/paths/~1a/b' } }\n" },
			"it leads from reference to reference",
		],
		[
			"a chain of a thousand references",
			{
				"openapi.yaml": `openapi: 3.1.0\ninfo: {}\npaths: { /a: { $ref: '#/x/0' } }\nx:\n${Array.from({ length: 1_000 }, (_, index) => `  ${index}: { $ref: '#/x/${index + 1}' }\n`).join("")}`,
			},
			"it leads from reference to reference",
		],
		[
			"allOf in a circle",
			{
				"openapi.yaml": `${HEAD}components: { schemas: { A: { allOf: [{ $ref: '#/components/schemas/B' }] }, B: { allOf: [{ $ref: '#/components/schemas/A' }] } } }\n`,
			},
			undefined,
		],
		[
			"schemas that refer to ten others each, ten levels deep",
			{
				"openapi.yaml": `${HEAD}components:\n  schemas:\n${Array.from({ length: 10 }, (_, level) => `    S${level}: { properties: { ${Array.from({ length: 10 }, (__, index) => `p${index}: { $ref: '#/components/schemas/S${level + 1}' }`).join(", ")} } }\n`).join("")}    S10: {}\n`,
			},
			undefined,
		],
		[
			"an enum of 100,000 values",
			{
				"openapi.yaml": JSON.stringify({
					openapi: "3.1.0",
					info: {},
					paths: {},
					components: { schemas: { E: { enum: Array.from({ length: 100_000 }, (_, index) => `value ${index}`) } } },
				}),
			},
			undefined,
		],
		[
			"30,000 paths without an id",
			{
				"openapi.yaml": JSON.stringify({
					openapi: "3.1.0",
					info: {},
					paths: Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`/${index}`, { get: {} }])),
				}),
			},
			undefined,
		],
		[
			"a reference to a device",
			{ "openapi.yaml": "openapi: 3.1.0\ninfo: {}\npaths: { /a: { $ref: /dev/zero } }\n" },
			"/dev/zero is not a regular file",
		],
		[
			"a reference to binary data",
			{ "openapi.yaml": "openapi: 3.1.0\ninfo: {}\npaths: { /a: { $ref: a.bin } }\n", "a.bin": "xyzzy\0" },
			"a.bin holds a NUL byte in line 1; save it as UTF-8",
		],
		[
			"a reference that no file name can be",
			{ "openapi.yaml": "openapi: 3.1.0\ninfo: {}\npaths: { /a: { $ref: 'a%00%zz' } }\n" },
			"a%00%zz does not exist",
		],
	])("%s", { timeout: 12 * TIME_MS_MAX }, async (_, files, reason) => {
		const start = cpuMs();
		const contract = await loadFiles(files);
		const problems = listed(contract);
		expect(problems.map((problem) => problem.replace(/^.* leads nowhere: /, ""))).toEqual(
			reason === undefined ? [] : [reason],
		);
		expect(validateReferences(contract).length > 0).toBe(reason !== undefined);
		expect(cpuMs() - start).toBeLessThan(TIME_MS_MAX);
	});

	it.each([
		[
			"YAML",
			"openapi: 3.1.0\ninfo: {}\n__proto__: { polluted: 1 }\npaths: { __proto__: { get: {} }, /constructor: { __proto__: { get: {} }, get: { parameters: [{ name: __proto__, in: query }], responses: { __proto__: {} } } } }\ncomponents: { schemas: { __proto__: { type: object, properties: { __proto__: { type: string } } } }, securitySchemes: { __proto__: { type: http, scheme: x } } }\n",
		],
		[
			"JSON",
			'{"openapi":"3.1.0","info":{},"__proto__":{"polluted":1},"paths":{"__proto__":{"get":{}},"/constructor":{"get":{"parameters":[{"name":"__proto__","in":"query"}],"responses":{}}}},"components":{"schemas":{"__proto__":{"type":"object","properties":{"__proto__":{"type":"string"}}}},"securitySchemes":{"__proto__":{"type":"http","scheme":"x"}}}}',
		],
	])("keys called __proto__ in %s", async (_, text) => {
		const contract = await loadFiles({
			"openapi.yaml": text,
			"0.overlay.yaml":
				"overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: $, update: { __proto__: { polluted: 2 }, info: { __proto__: { polluted: 3 } } } }]\n",
		});
		touch(contract);
		expect(contract.operations.map(({ path }) => path)).toEqual(["__proto__", "/constructor"]);
		expect(contract.operations[1]?.parameters.map(({ name }) => name)).toEqual(["__proto__"]);
		expect([...contract.schemas.keys(), ...contract.securitySchemes.keys()]).toEqual(["__proto__", "__proto__"]);
		expect(contract.schemas.get("__proto__")?.source.pointer).toBe("/components/schemas/__proto__");
		expect(Object.prototype).not.toHaveProperty("polluted");
		expect([]).not.toHaveProperty("polluted");
	});
});

describe("a hostile overlay is refused with a sentence", () => {
	const spec = `${HEAD}x-tree: ${"{ a: ".repeat(60)}1${" }".repeat(60)}\nx-list: [${"{}, ".repeat(120)}]\n`;
	const overlay = (actions: string) => `overlay: 1.1.0\ninfo: { title: O, version: '1' }\nactions:\n${actions}\n`;
	it.each([
		[
			"one that grows with every action",
			'- { target: "$..*", update: { k: { a: { b: {} } } } }\n'.repeat(30),
			"the targets of all actions together match more than 100000 places",
		],
		[
			"one that descends from everywhere to everywhere",
			`- { target: "${`$${"..*".repeat(6)}`}[?@.zz]", remove: true }`,
			"the target looks at more than 500000 values",
		],
		[
			"filters within filters that begin at the root",
			'- { target: "$..*[?$..*[?$..*[?$..zz]]]", remove: true }',
			"the target looks at more than 500000 values",
		],
	])("%s", { timeout: 12 * TIME_MS_MAX }, async (_, actions, sentence) => {
		const start = cpuMs();
		const problems = await refusal(loadFiles({ "openapi.yaml": spec, "0.overlay.yaml": overlay(actions) }));
		expect(problems.at(-1)).toContain(sentence);
		expect(cpuMs() - start).toBeLessThan(TIME_MS_MAX);
	});

	it("a pattern that backtracks for ever", { timeout: TIME_MS_MAX }, async () => {
		const files = {
			"openapi.yaml": `${HEAD}x-list: [${"a".repeat(60)}b, other]\n`,
			"0.overlay.yaml": overlay(
				`- { target: "$['x-list'][?match(@, '(a+)+') || search(@, '^(b|b)+$')]", remove: true }`,
			),
		};
		expect(listed(await loadFiles(files))).toEqual([]);
	});
});

it.each([
	["null", "paths:\n", "openapi.yaml:3:1  a map belongs here, and here is null"],
	["a list", "paths: [1]\n", "openapi.yaml:3:1  a map belongs here, and here is a list"],
	["an operation that is null", "paths:\n  /a:\n    get:\n", "openapi.yaml:5:5  a map belongs here, and here is null"],
])("paths that are %s are listed where they stand", async (_, paths, sentence) => {
	expect(
		listed(await loadFiles({ "openapi.yaml": `openapi: 3.1.0\ninfo: { title: T, version: '1' }\n${paths}` })),
	).toEqual([sentence]);
});
