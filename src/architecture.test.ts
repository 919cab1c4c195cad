import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";

/** Who may import whom. A floor may always import itself; a floor that is not listed here does not exist. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
	problem: [],
	schema: ["problem"],
	http: ["problem"],
	contract: ["problem", "schema", "http"],
	model: ["problem", "schema", "http", "contract"],
	finding: ["problem", "schema", "http", "contract", "model"],
	// The two readers of the model: neither imports the other.
	check: ["problem", "schema", "http", "contract", "model", "finding"],
	mock: ["problem", "schema", "http", "contract", "model", "finding"],
	report: ["problem", "schema", "http", "contract", "model", "finding"],
	// Reads docs pages and holds them against the contract; it knows neither of the two.
	page: ["problem", "schema", "http", "contract", "model", "finding"],
	cli: ["problem", "schema", "http", "contract", "model", "finding", "check", "mock", "report", "page"],
	// The entries of the package; nobody imports them.
	"index.ts": ["problem", "schema", "http", "contract", "model", "finding", "check", "mock", "report", "page", "cli"],
	"vitest.ts": ["problem", "schema", "http", "contract", "model", "finding", "check", "mock", "report", "page", "cli"],
	// An oracle that shares code with what it judges is no oracle.
	reference: [],
};

/** File → what it imports. */
type Imports = ReadonlyMap<string, readonly Import[]>;

interface Import {
	/** A path from `src/`, or the name of a package. */
	readonly target: string;
	readonly isPackage: boolean;
	/** Gone when the program runs. */
	readonly isType: boolean;
}

const isTest = (file: string): boolean => file.endsWith(".test.ts") || /(^|\/)sample-[^/]*$/.test(file);
const floorOf = (file: string): string => file.split("/")[0] ?? file;

/** Imports that point up or sideways. Tests may look at any floor of the kit, but they too keep to their island. */
function findWrongImports(imports: Imports, floors: typeof FLOORS): readonly string[] {
	return [...imports].flatMap(([file, targets]) =>
		targets
			.filter(({ isPackage, target }) => !isPackage && !isAllowed(file, target, floors))
			.map(({ target }) => `${file} imports ${target}`),
	);
}

function isAllowed(file: string, target: string, floors: typeof FLOORS): boolean {
	const [from, to] = [floorOf(file), floorOf(target)];
	if (from === to) return true;
	if (from === "reference" || to === "reference" || target.startsWith("..")) return false;
	return isTest(file) ? to in floors : (floors[from]?.includes(to) ?? false);
}

/** The cycles of the running program, each once. Types may name each other: a law and the union of all laws do. */
function findCycles(imports: Imports): readonly string[] {
	const cycles = new Set<string>();
	const done = new Set<string>();
	const visit = (file: string, path: readonly string[]): void => {
		const start = path.indexOf(file);
		if (start !== -1) cycles.add(nameCycle(path.slice(start)));
		if (start !== -1 || done.has(file)) return;
		const targets = (imports.get(file) ?? []).filter(({ isType, target }) => !isType && imports.has(target));
		for (const { target } of targets) visit(target, [...path, file]);
		done.add(file);
	};
	for (const file of imports.keys()) visit(file, []);
	return [...cycles];
}

function nameCycle(files: readonly string[]): string {
	const first = files.indexOf(files.toSorted()[0] as string);
	return [...files.slice(first), ...files.slice(0, first)].join(" → ");
}

/** What the package holds: all that its entries lead to. */
const ENTRIES: readonly string[] = ["index.ts", "vitest.ts", "cli/main.ts"];

function findReachable(imports: Imports): ReadonlySet<string> {
	const reached = new Set(ENTRIES);
	for (const file of reached) for (const { target } of imports.get(file) ?? []) reached.add(target);
	return reached;
}

/** Packages that the kit imports and a user would not get. */
function findUndeclared(imports: Imports, declared: readonly string[]): readonly string[] {
	return [...findReachable(imports)].flatMap((file) => {
		const packages = (imports.get(file) ?? []).filter(
			({ isPackage, target }) => isPackage && !target.startsWith("node:"),
		);
		const names = packages.map(({ target }) => packageOf(target));
		return names.filter((name) => !declared.includes(name)).map((name) => `${file} imports ${name}`);
	});
}

function packageOf(specifier: string): string {
	return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function readImports(file: string, text: string): readonly Import[] {
	const { module, errors } = parseSync(file, text);
	if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
	const found = (specifier: string, isType: boolean): Import => {
		const isPackage = !specifier.startsWith(".");
		return { target: isPackage ? specifier : normalize(join(dirname(file), specifier)), isPackage, isType };
	};
	const fixed = module.staticImports.map(({ moduleRequest, entries }) =>
		found(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType)),
	);
	const passed = module.staticExports.flatMap(({ entries }) =>
		entries.flatMap(({ moduleRequest, isType }) => (moduleRequest === null ? [] : found(moduleRequest.value, isType))),
	);
	// What is imported by a computed name (the user's configuration) is no part of the house.
	const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
		const literal = /^["'](.*)["']$/.exec(text.slice(start, end))?.[1];
		return literal === undefined ? [] : found(literal, false);
	});
	return [...fixed, ...passed, ...dynamic];
}

const root = import.meta.dirname;
const files = readdirSync(root, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
	.map((entry) => relative(root, join(entry.parentPath, entry.name)));
const imports: Imports = new Map(
	files.map((file) => [file, readImports(file, readFileSync(join(root, file), "utf8"))]),
);

describe("the house", () => {
	test("has no floor that the table does not name", () => {
		const unknown = files.map(floorOf).filter((floor) => !(floor in FLOORS) && !isTest(floor));
		expect([...new Set(unknown)]).toEqual([]);
	});

	test("has imports that point down only, and an island", () => {
		expect(findWrongImports(imports, FLOORS)).toEqual([]);
	});

	test("has no cycle", () => {
		expect(findCycles(imports)).toEqual([]);
	});

	test("needs no package that a user does not get", () => {
		const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "../package.json"), "utf8"));
		expect(findUndeclared(imports, Object.keys({ ...dependencies, ...peerDependencies }))).toEqual([]);
	});

	test("is read file by file", () => {
		expect(imports.size).toBeGreaterThan(50);
		expect(imports.get("http/curl.ts")).toEqual([{ target: "http/exchange.ts", isPackage: false, isType: true }]);
	});
});

describe("a house that is broken is seen", () => {
	const made = (entries: Readonly<Record<string, string>>): Imports =>
		new Map(Object.entries(entries).map(([file, text]) => [file, readImports(file, text)]));

	test.each([
		["upwards", "http/send.ts", 'import { check } from "../check/run.ts";', ["http/send.ts imports check/run.ts"]],
		[
			"upwards for a type",
			"http/send.ts",
			'import type { A } from "../model/a.ts";',
			["http/send.ts imports model/a.ts"],
		],
		["upwards by passing on", "http/send.ts", 'export { a } from "../cli/a.ts";', ["http/send.ts imports cli/a.ts"]],
		["upwards when it runs", "http/send.ts", 'await import("../cli/a.ts");', ["http/send.ts imports cli/a.ts"]],
		["sideways", "check/a.ts", 'import "../mock/a.ts";', ["check/a.ts imports mock/a.ts"]],
		["onto the island", "cli/a.ts", 'import "../reference/gateway/a.ts";', ["cli/a.ts imports reference/gateway/a.ts"]],
		[
			"onto the island in a test",
			"cli/a.test.ts",
			'import "../reference/a.ts";',
			["cli/a.test.ts imports reference/a.ts"],
		],
		["off the island", "reference/a.ts", 'import "../http/a.ts";', ["reference/a.ts imports http/a.ts"]],
		["out of the house", "cli/a.ts", 'import "../../bench/a.ts";', ["cli/a.ts imports ../bench/a.ts"]],
		["an entry", "cli/a.ts", 'import "../index.ts";', ["cli/a.ts imports index.ts"]],
		["down", "cli/a.ts", 'import "../http/a.ts"; import "undici"; import "node:fs";', []],
		["up in a test", "http/a.test.ts", 'import "../contract/a.ts";', []],
	])("importing %s", (_, file, text, wrong) => {
		expect(findWrongImports(made({ [file]: text }), FLOORS)).toEqual(wrong);
	});

	test("by a cycle, but not by one of types", () => {
		const cycle = made({
			"model/a.ts": 'import { b } from "./b.ts"; import type { D } from "./d.ts";',
			"model/b.ts": 'export { c } from "./law/c.ts";',
			"model/law/c.ts": 'await import("../a.ts");',
			"model/d.ts": 'import "./a.ts";',
		});
		expect(findCycles(cycle)).toEqual(["model/a.ts → model/b.ts → model/law/c.ts"]);
	});

	test("by a package that is only there for development", () => {
		const modules = made({
			"cli/main.ts": 'await import("./a.ts");',
			"cli/a.ts": 'import "@scope/name/part"; import "commander"; import "node:fs";',
			"cli/a.test.ts": 'import "./a.ts"; import "vitest";',
		});
		expect(findUndeclared(modules, ["commander"])).toEqual(["cli/a.ts imports @scope/name"]);
	});
});
