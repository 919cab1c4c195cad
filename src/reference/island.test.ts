import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const ISLAND = resolve(import.meta.dirname);

/** Static and dynamic imports by path; packages are not looked at. */
const IMPORT = /(?:from|import\()\s*"(\.{1,2}\/[^"]+)"/g;

test("the reference servers import nothing of the kit: an oracle that shares code with what it judges is none", async () => {
	const files = (await readdir(ISLAND, { recursive: true })).filter((file) => file.endsWith(".ts"));
	const imports = await Promise.all(files.map(importsOf));
	expect(imports.flat().length).toBeGreaterThan(files.length);
	expect(imports.flat().filter(({ to }) => to.startsWith(".."))).toEqual([]);
});

async function importsOf(file: string): Promise<readonly { readonly from: string; readonly to: string }[]> {
	const source = await readFile(join(ISLAND, file), "utf8");
	return [...source.matchAll(IMPORT)].map(([, path = ""]) => ({
		from: file,
		to: relative(ISLAND, resolve(ISLAND, file, "..", path)),
	}));
}
