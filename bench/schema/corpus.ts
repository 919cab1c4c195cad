import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import type { Contract } from "../../src/contract/contract.ts";
import { loadContract } from "../../src/contract/load.ts";
import { type Generated, generate } from "../../src/schema/generate.ts";
import { nearMisses } from "../../src/schema/near-misses.ts";
import type { Direction, Schema } from "../../src/schema/schema.ts";
import { createValidation } from "../../src/schema/validate.ts";
import { createIndependent, type Independent } from "./independent.ts";

/**
 * For every schema of every request and response in a folder of OpenAPI documents: values are generated and judged by an
 * independent Ajv, and near-misses must be invalid there. Writes `RESULTS.md` beside this file.
 *
 * Usage: `node bench/schema/corpus.ts FOLDER [--seeds 20] [--misses 40] [--only NAME…] [--out FILE]`, where FOLDER holds the
 * documents and an `index.json` with `{ name, file, version }` for each.
 */
const { values: flags, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		seeds: { type: "string", default: "20" },
		misses: { type: "string", default: "40" },
		only: { type: "string", multiple: true },
		out: { type: "string", default: join(import.meta.dirname, "RESULTS.md") },
	},
});
const folder = positionals[0];
if (folder === undefined) throw new Error("name the folder of documents");
const seeds = Number(flags.seeds);
const OPTIONAL = ["all", "some", "none"] as const;
/** Reasons and failures listed per document. */
const LISTED_MAX = 40;
/** No value may take longer. */
const VALUE_MS_MAX = 50;
/** How often what took longer is measured again. */
const REPEATS = 5;

interface Tally {
	readonly name: string;
	schemas: number;
	valid: number;
	/** Judged invalid by the independent validator. */
	readonly invalid: Map<string, number>;
	/** Of several alternatives by the letter, of which a discriminator names one. */
	readonly overlaps: Map<string, number>;
	/** Said to be impossible. */
	readonly refused: Map<string, number>;
	/** The independent validator cannot compile the schema. */
	readonly unjudged: Map<string, number>;
	misses: number;
	readonly validMisses: Map<string, number>;
	/** The first value of a schema, which compiles it, and the others. */
	readonly firstMs: number[];
	readonly laterMs: number[];
	readonly slow: Slow[];
}

/** A value that took long when it was made among all others. */
interface Slow {
	readonly use: Use;
	readonly seed: number;
	readonly ms: number;
	/** Of the repetitions. */
	median: number;
	/** Of a first value, the same once more, when its schema is compiled: what is left of the time is the compiling. */
	again?: number;
}

interface Entry {
	readonly name: string;
	readonly file: string;
	readonly version: string;
}

const opened = new Map<string, unknown>();

async function measure({ name, file, version }: Entry): Promise<Tally> {
	const tally: Tally = {
		name,
		schemas: 0,
		valid: 0,
		invalid: new Map(),
		refused: new Map(),
		overlaps: new Map(),
		unjudged: new Map(),
		misses: 0,
		validMisses: new Map(),
		firstMs: [],
		laterMs: [],
		slow: [],
	};
	const spec = join(folder as string, file);
	const contract = await loadContract({ spec });
	const isOld = /^(2|3\.0)/.test(contract.openapi || version);
	const independent = {
		request: createIndependent({ open, isOld, direction: "request" }),
		response: createIndependent({ open, isOld, direction: "response" }),
	};
	for (const { schema, direction, label } of schemasOf(contract))
		judge({ schema, direction, label, independent: independent[direction] }, tally);
	await remeasure(spec, tally);
	return tally;
}

/**
 * What took long is measured again, because the system may have taken the time for something else (another process,
 * collecting the garbage of this bench): what counts is the median. A first value is made from a contract that is loaded
 * anew, so that everything is compiled again.
 */
async function remeasure(spec: string, tally: Tally): Promise<void> {
	for (const slow of tally.slow) {
		const times: number[] = [];
		const again: number[] = [];
		for (let time = 0; time < REPEATS; time++) {
			const contract = slow.seed === 0 ? await loadContract({ spec }) : undefined;
			const fresh = contract && [...schemasOf(contract)].find((use) => keyOf(use) === keyOf(slow.use));
			times.push(timed(fresh ?? slow.use, slow.seed).ms);
			if (fresh !== undefined) again.push(timed(fresh, slow.seed).ms);
		}
		slow.median = medianOf(times);
		if (again.length > 0) slow.again = medianOf(again);
	}
}

function medianOf(times: readonly number[]): number {
	return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
}

function open(file: string): unknown {
	if (!existsSync(file)) return undefined;
	const text = readFileSync(file, "utf8");
	const value =
		opened.get(file) ??
		(file.endsWith(".json") ? JSON.parse(text) : parse(text, { strict: false, uniqueKeys: false, maxAliasCount: -1 }));
	opened.set(file, value);
	return value;
}

interface Use {
	readonly schema: Schema;
	readonly direction: Direction;
	readonly label: string;
}

/** Every schema of every request and response, each place once. */
function* schemasOf(contract: Contract): Generator<Use> {
	const seen = new Set<string>();
	const uses: Use[] = contract.operations
		.flatMap(({ parameters, body, responses }) => [
			...parameters.map(({ schema, name }) => ({ schema, direction: "request" as const, label: name })),
			...(body?.content ?? []).map(({ schema }) => ({ schema, direction: "request" as const, label: "" })),
			...responses.flatMap(({ content, headers }) => [
				...content.flatMap(({ schema, itemSchema }) =>
					[schema, itemSchema].map((one) => ({ schema: one, direction: "response" as const, label: "" })),
				),
				...headers.map(({ schema, name }) => ({ schema, direction: "response" as const, label: name })),
			]),
		])
		.filter((use): use is Use => use.schema !== undefined);
	for (const use of uses) {
		if (!seen.has(keyOf(use))) yield use;
		seen.add(keyOf(use));
	}
}

function keyOf({ direction, schema }: Use): string {
	return `${direction} ${schema.source.file}#${schema.source.pointer}`;
}

function timed(
	{ schema, direction, label }: Use,
	seed: number,
): { readonly generated: Generated; readonly ms: number } {
	const start = cpuMs();
	const generated = generate(schema, { seed, direction, name: label, optional: OPTIONAL[seed % 3] ?? "all" });
	return { generated, ms: cpuMs() - start };
}

function judge({ schema, direction, label, independent }: Use & { independent: Independent }, tally: Tally): void {
	const { file, pointer } = schema.source;
	const place = `${direction} ${file.split("/").at(-1)}#${pointer}`;
	tally.schemas++;
	const validate = independent.compile(file, pointer);
	if (typeof validate === "string")
		count(tally.unjudged, `${validate.replaceAll(`${resolve(folder as string)}/`, "").slice(0, 120)} (${place})`);
	for (let seed = 0; seed < seeds; seed++) {
		const { generated, ms } = timed({ schema, direction, label }, seed);
		(seed === 0 ? tally.firstMs : tally.laterMs).push(ms);
		if (ms > VALUE_MS_MAX) tally.slow.push({ use: { schema, direction, label }, seed, ms, median: ms });
		if (generated.ok) judgeValue(generated.value, { schema, direction, place, validate, tally });
		else count(tally.refused, `${generated.reason} (${place})`);
	}
	if (typeof validate === "string") return;
	for (const { value, keyword, pointer: at } of nearMisses(schema, {
		seed: 1,
		direction,
		name: label,
		limit: Number(flags.misses),
	})) {
		tally.misses++;
		if (validate(value)) count(tally.validMisses, `${at} ${keyword} (${place})`);
	}
}

/** Time of this thread alone, so that other work on the machine does not count. */
function cpuMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1_000;
}

interface Judging {
	readonly schema: Schema;
	readonly direction: Direction;
	readonly place: string;
	readonly validate: ReturnType<Independent["compile"]>;
	readonly tally: Tally;
}

function judgeValue(value: unknown, { schema, direction, place, validate, tally }: Judging): void {
	if (typeof validate === "string" || validate(value)) tally.valid++;
	else if (isOverlap(schema, value, direction)) count(tally.overlaps, place);
	else count(tally.invalid, `${validate.errors?.[0]?.instancePath} ${validate.errors?.[0]?.message} (${place})`);
}

const strict = createValidation({ overlaps: "refused" });
const loose = createValidation();

/** Of several alternatives by the letter, of which a discriminator names one. */
function isOverlap(schema: Schema, value: unknown, direction: Direction): boolean {
	return strict.validate(schema, value, direction).length > 0 && loose.validate(schema, value, direction).length === 0;
}

function count(map: Map<string, number>, key: string): void {
	map.set(key, (map.get(key) ?? 0) + 1);
}

function total(map: ReadonlyMap<string, number>): number {
	return [...map.values()].reduce((sum, one) => sum + one, 0);
}

function percentile(list: readonly number[], share: number): string {
	const sorted = [...list].sort((a, b) => a - b);
	return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

/** The percentage is rounded down: all is only said of all. */
function share(some: number, all: number): string {
	const percent = Math.floor((100_000 * some) / Math.max(1, all)) / 1_000;
	return `${some} of ${all} (${percent.toFixed(3)} %)`;
}

function row(tally: Tally): string {
	const all = tally.valid + total(tally.invalid) + total(tally.overlaps) + total(tally.refused);
	const cells = [
		tally.name,
		tally.schemas,
		all,
		total(tally.invalid),
		total(tally.overlaps),
		total(tally.refused),
		tally.unjudged.size,
		tally.misses,
		total(tally.validMisses),
		percentile(tally.laterMs, 0.5),
		percentile(tally.laterMs, 0.99),
		percentile(tally.laterMs, 1),
		percentile(tally.firstMs, 0.99),
		percentile(tally.firstMs, 1),
	];
	return `| ${cells.join(" | ")} |`;
}

function render(all: readonly Tally[]): string {
	const values = all.reduce(
		(sum, one) => sum + one.valid + total(one.invalid) + total(one.overlaps) + total(one.refused),
		0,
	);
	const bad = all.reduce((sum, one) => sum + total(one.invalid) + total(one.overlaps) + total(one.refused), 0);
	const misses = all.reduce((sum, one) => sum + one.misses, 0);
	const badMisses = all.reduce((sum, one) => sum + total(one.validMisses), 0);
	const slow = all.flatMap((one) => one.slow);
	const still = slow.filter(({ median }) => median > VALUE_MS_MAX);
	const lines = [
		"# Values for every schema of the corpus",
		"",
		`${seeds} values for each schema of each request and response, judged by Ajv on the documents as written; near-misses must be invalid there. Made by \`node bench/schema/corpus.ts FOLDER --misses ${flags.misses}\`.`,
		"",
		`- ${all.length} documents, ${all.reduce((sum, one) => sum + one.schemas, 0)} schemas; ${share(values - bad, values)} values are valid.`,
		`- ${share(misses - badMisses, misses)} near-misses are invalid; ${badMisses} are valid.`,
		`- ${still.length} values take more than ${VALUE_MS_MAX} ms of processor time. ${slow.length} did when made among all others, and were measured again ${REPEATS} times, of which the median counts; ${slow.filter(({ seed }) => seed === 0).length} of them were the first of their schema, which compile it, and were made from a document loaded anew.`,
		"",
		"- *invalid*: the independent validator refuses the value.",
		"- *overlapping*: by the letter of `oneOf` the value is of several alternatives, because they do not fix the discriminator's property; the discriminator names the one that is meant, and the value is of that one.",
		"- *refused*: the document contradicts itself; the keywords, or the places, that do are named below.",
		"- *not judged*: Ajv cannot compile the schema as written; its own words are given below.",
		"- Near-misses that are *valid* there: `$dynamicRef`, which Ajv follows less far, and overlapping alternatives.",
		"- Times are milliseconds of processor time of one thread, counted by the system in steps of about four, on a machine of two cores that had other work.",
		"",
		"| document | schemas | values | invalid | overlapping | refused | not judged | near-misses | valid ones | ms p50 | p99 | max | first p99 | first max |",
		"|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
		...all.map(row),
		"",
		...all.flatMap((tally) => [
			...section(`${tally.name}: invalid`, tally.invalid),
			...section(`${tally.name}: of several alternatives, of which a discriminator names one`, tally.overlaps),
			...section(`${tally.name}: refused`, tally.refused),
			...section(`${tally.name}: not judged by the independent validator`, tally.unjudged),
			...section(`${tally.name}: near-misses that are valid`, tally.validMisses),
			...section(`${tally.name}: measured again`, new Map(tally.slow.map((one) => [describeSlow(one), 1]))),
		]),
	];
	return `${lines.join("\n")}\n`;
}

function describeSlow({ use, seed, ms, median, again = 0 }: Slow): string {
	const compiling = Math.max(0, median - again).toFixed(0);
	const first = `first value, of which ${compiling} ms compile its schemas and ${again.toFixed(0)} ms make it`;
	const which = seed === 0 ? first : `value ${seed}`;
	return `${ms.toFixed(0)} ms, then ${median.toFixed(0)} ms in the middle: ${which} (${keyOf(use)})`;
}

function section(title: string, map: ReadonlyMap<string, number>): readonly string[] {
	if (map.size === 0) return [];
	const listed = [...map].slice(0, LISTED_MAX).map(([text, times]) => `- ${times} × ${text}`);
	const rest = map.size > LISTED_MAX ? [`- and ${map.size - LISTED_MAX} more`] : [];
	return [`## ${title}`, "", ...listed, ...rest, ""];
}

const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as readonly Entry[];
const wanted = index.filter(({ name }) => flags.only === undefined || flags.only.includes(name));
const tallies: Tally[] = [];
for (const entry of wanted) {
	const tally = await measure(entry);
	tallies.push(tally);
	process.stdout.write(`${row(tally)}\n`);
}
writeFileSync(flags.out, render(tallies).replaceAll(`${resolve(folder)}/`, ""));
