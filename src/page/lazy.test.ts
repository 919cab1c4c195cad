import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";

/** Everything that a module loads before anything runs: what is imported when it is needed is left out. */
function loadedBy(file: string, seen: Set<string> = new Set()): ReadonlySet<string> {
	if (seen.has(file)) return seen;
	seen.add(file);
	if (!existsSync(file)) return seen;
	const { module } = parseSync(file, readFileSync(file, "utf8"));
	for (const { moduleRequest, entries } of module.staticImports) {
		if (entries.length > 0 && entries.every(({ isType }) => isType)) continue;
		const target = moduleRequest.value;
		loadedBy(target.startsWith(".") ? normalize(join(dirname(file), target)) : target, seen);
	}
	return seen;
}

const PARSERS = ["mdast-util-from-markdown", "parse5", "shell-quote", "acorn", "jsonc-parser"];

test.each(["run-cli", "run-check", "run-mock", "run-explain", "run-report"])(
	"%s loads nothing of docs pages",
	(name) => {
		const loaded = [...loadedBy(`src/cli/${name}.ts`)];
		expect(loaded.length).toBeGreaterThan(10);
		expect(loaded.filter((file) => file.startsWith("src/page/") || PARSERS.includes(file))).toEqual([]);
	},
);

test("pages of one kind load no parser of another", () => {
	const loaded = [...loadedBy("src/cli/run-docs.ts")];
	expect(loaded).toContain("src/page/hold-pages.ts");
	expect(loaded.filter((file) => file === "parse5" || file.startsWith("mdast"))).toEqual([]);
});
