import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadContract } from "../../src/contract/load.ts";
import { type Claim, claimsOf, type Rival } from "../../src/model/claim.ts";
import { inferModel } from "../../src/model/infer.ts";
import { type CleanPiece, countBy, type Measuring, measureClean, measureRival } from "./measure.ts";
import type { RivalOutcome } from "./outcome.ts";
import { type Measured, renderResults } from "./results.ts";

/**
 * Checks the mock of each document: of the faithful one nothing may be found, and of one that does as a rival does the
 * check must name the operation and the rival. What each document gave is kept in `--out` and not measured again; so a
 * long measurement can be made in parts: after `--minutes` it stops, and goes on where it was when it is started again.
 *
 * @example node bench/self/run.ts corpus/index.json --rivals 20 --minutes 3 --out out
 * @example node bench/self/run.ts museum.yaml --operations listEvents --again
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		out: { type: "string", default: "/tmp/holdfast-self" },
		only: { type: "string" },
		/** How many rivals of each document are tried, by lot; `all` for every one. */
		rivals: { type: "string", default: "0" },
		/** Globs are not needed: ids, divided by commas. */
		operations: { type: "string" },
		law: { type: "string" },
		piece: { type: "string", default: "25" },
		/** No more operations of each document, taken evenly from all. */
		most: { type: "string", default: "100000" },
		seed: { type: "string", default: "1" },
		/** Exchanges for each piece and each rival. */
		budget: { type: "string", default: "20000" },
		minutes: { type: "string", default: "1000" },
		again: { type: "boolean", default: false },
		write: { type: "boolean", default: false },
	},
});
const seed = Number(values.seed);
const deadline = performance.now() + Number(values.minutes) * 60_000;
const isLate = (): boolean => performance.now() > deadline;

interface Document {
	readonly name: string;
	readonly file: string;
}

/** Documents that were named, or all of an `index.json`. */
function documents(): readonly Document[] {
	const found = positionals.flatMap((given): readonly Document[] => {
		const file = resolve(given);
		if (!file.endsWith("index.json")) return [{ name: basename(file).replace(/\.\w+$/, ""), file }];
		const listed = JSON.parse(readFileSync(file, "utf8")) as readonly Document[];
		return listed.map((one) => ({ name: one.name, file: join(file, "..", one.file) }));
	});
	const only = values.only?.split(",");
	return only === undefined ? found : found.filter(({ name }) => only.includes(name));
}

function stored(name: string): string {
	return join(values.out, `${name}.json`);
}

function load(name: string): Measured | undefined {
	return existsSync(stored(name)) ? (JSON.parse(readFileSync(stored(name), "utf8")) as Measured) : undefined;
}

async function measure({ name, file }: Document): Promise<void> {
	let measured = values.again ? undefined : load(name);
	if (measured !== undefined && isWhole(measured)) return;
	const contract = await loadContract({ spec: file });
	const model = inferModel(contract);
	const claims = claimsOf(model);
	const measuring: Measuring = { contract, model, seed, budget: Number(values.budget) };
	const operations = values.operations?.split(",") ?? evenly(contract.operations.map(({ id }) => id));
	measured ??= {
		name,
		operations: contract.operations.length,
		claims: countBy(claims, ({ law }) => law),
		rivals: countBy(
			claims.flatMap(({ law, rivals }) => rivals.map(() => law)),
			(law) => law,
		),
		clean: [],
		drawn: 0,
		injected: [],
	};
	const keep = (next: Measured): void => {
		measured = next;
		writeFileSync(stored(name), `${JSON.stringify(next, undefined, "\t")}\n`);
	};
	const done = new Set(measured.clean.flatMap((piece) => piece.operations));
	const left = operations.filter((id) => !done.has(id)).slice(0, Math.max(0, operations.length - done.size));
	for (let at = 0; at < left.length && !isLate(); at += Number(values.piece)) {
		const piece = await measureClean(measuring, left.slice(at, at + Number(values.piece)));
		keep({ ...measured, clean: [...measured.clean, piece] });
		tellPiece(name, piece);
	}
	const chosen = drawn(claims.filter(({ operation }) => operations.includes(operation)));
	keep({ ...measured, drawn: chosen.length });
	for (const one of chosen.slice(measured.injected.length)) {
		if (isLate()) break;
		const outcome = await measureRival(measuring, one);
		keep({ ...measured, injected: [...measured.injected, outcome] });
		tellRival(name, outcome);
	}
}

function isWhole(measured: Measured): boolean {
	const clean = measured.clean.flatMap(({ operations }) => operations).length;
	const wanted = values.rivals === "all" ? Number.POSITIVE_INFINITY : Number(values.rivals);
	const rivals = Object.values(measured.rivals).reduce((sum, count) => sum + count, 0);
	return (
		clean >= Math.min(measured.operations, Number(values.most)) && measured.injected.length >= Math.min(wanted, rivals)
	);
}

/** Some operations from everywhere in a document. */
function evenly(ids: readonly string[]): readonly string[] {
	const step = Math.max(1, ids.length / Number(values.most));
	return ids.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

interface Pair {
	readonly claim: Claim;
	readonly rival: Rival;
}

/** Rivals by lot, as many of each law as can be: a law that a document has once is as worth a look as one it has often. */
function drawn(claims: readonly Claim[]): readonly Pair[] {
	const all = claims
		.filter(({ law }) => values.law === undefined || law === values.law)
		.flatMap((claim) => claim.rivals.map((rival): Pair => ({ claim, rival })));
	if (values.rivals === "all") return all;
	const random = lot(seed);
	const numbered = all.map((pair) => ({ pair, number: random() }));
	const byLaw = Map.groupBy(
		numbered.toSorted((a, b) => a.number - b.number),
		({ pair }) => `${pair.claim.law} ${pair.rival.name}`,
	);
	const ranked = [...byLaw.values()].flatMap((group) => group.map((one, rank) => ({ ...one, rank })));
	const sorted = ranked.toSorted((a, b) => a.rank - b.rank || a.number - b.number);
	return sorted.slice(0, Number(values.rivals)).map(({ pair }) => pair);
}

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
function lot(from: number): () => number {
	let state = from;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

function tellPiece(name: string, { operations, exchanges, ms, findings }: CleanPiece): void {
	console.log(
		`${name}: ${operations.length} operations, ${exchanges} exchanges, ${ms} ms, ${findings.length} findings`,
	);
	for (const finding of findings) console.log(`  ${finding}`);
}

function tellRival(name: string, { verdict, operation, law, rival, lies, detail = "" }: RivalOutcome): void {
	if (verdict === "named") return;
	console.log(`${name}: ${verdict}: ${operation}=${law}: ${rival}${lies ? "!" : ""} · ${detail}`);
}

await mkdir(values.out, { recursive: true });
for (const document of documents()) {
	if (isLate()) break;
	await measure(document);
}
if (values.write) {
	const measured = readdirSync(values.out)
		.filter((file) => file.endsWith(".json"))
		.flatMap((file) => load(file.replace(/\.json$/, "")) ?? []);
	writeFileSync(new URL("RESULTS.md", import.meta.url), renderResults(measured));
}
