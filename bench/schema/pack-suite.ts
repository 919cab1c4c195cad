import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * Packs the JSON Schema Test Suite (https://github.com/json-schema-org/JSON-Schema-Test-Suite, MIT) into one file that
 * the tests read: no maintained npm package carries it. Usage: `node bench/schema/pack-suite.ts SUITE`, where SUITE is a
 * folder with `tests/`, `remotes/` and `LICENSE`.
 */
const DRAFTS = ["draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"];
const suite = process.argv[2];
if (suite === undefined) throw new Error("name the folder of the test suite");

function filesUnder(folder: string): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const remotesFolder = join(suite, "remotes");
const packed = {
	license: readFileSync(join(suite, "LICENSE"), "utf8"),
	remotes: Object.fromEntries(
		filesUnder(remotesFolder).map((file) => [`http://localhost:1234/${relative(remotesFolder, file)}`, read(file)]),
	),
	drafts: Object.fromEntries(
		DRAFTS.map((draft) => {
			const folder = join(suite, "tests", draft);
			return [draft, Object.fromEntries(filesUnder(folder).map((file) => [relative(folder, file), read(file)]))];
		}),
	),
};

writeFileSync(join(import.meta.dirname, "suite.json.gz"), gzipSync(JSON.stringify(packed), { level: 9 }));
