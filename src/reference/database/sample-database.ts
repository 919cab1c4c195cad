import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import type { Database } from "./database.ts";
import { embeddedDatabase } from "./embedded-database.ts";

const CACHE = new URL("../../../node_modules/.cache/", import.meta.url);
const EMPTY = new URL("reference-postgres.tar", CACHE);

/**
 * An empty PostgreSQL in memory for a test file. Making one takes seconds, so the first that was made is kept beside the
 * packages and copied.
 */
export async function openSampleDatabase(): Promise<Database> {
	const copied = await copyEmpty();
	if (copied !== undefined) return embeddedDatabase(copied);
	const made = await PGlite.create();
	const dump = await made.dumpDataDir("none");
	mkdirSync(CACHE, { recursive: true });
	// Several test files may do this at the same time: each writes a file of its own and puts it there as a whole.
	const own = new URL(`reference-postgres.${process.pid}.tar`, CACHE);
	writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
	renameSync(own, EMPTY);
	return embeddedDatabase(made);
}

/** One of another version of PGlite cannot be opened and is made anew. */
async function copyEmpty(): Promise<PGlite | undefined> {
	try {
		return await PGlite.create({ loadDataDir: new Blob([readFileSync(EMPTY)]) });
	} catch {
		return undefined;
	}
}
