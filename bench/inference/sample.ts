import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exit, stdout } from "node:process";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import type { Contract, Operation } from "../../src/contract/contract.ts";
import { loadContract } from "../../src/contract/load.ts";
import { renderCard } from "./card.ts";
import type { Label } from "./facts.ts";

/**
 * Chooses operations of a corpus at random, evenly by document, and prints a card of each for whoever labels them. What is
 * chosen depends on the seed and the documents alone: an operation's rank within its document is a hash of its name.
 *
 *   node bench/inference/sample.ts FOLDER [--count 300] [--seed 1] [--except LABELS…] [--out FOLDER] [--batch 25] [--shuffle]
 *
 * Operations that one of the files of labels speaks of already are not drawn again.
 * FOLDER is a corpus with an `index.json`: a list of objects with `name` and `file`. With `--out`, the cards go there
 * in files of `--batch` cards each; `--shuffle` orders them by hash instead of by document, for a second reading.
 */
const { values: flags, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		count: { type: "string", default: "300" },
		seed: { type: "string", default: "1" },
		except: { type: "string", multiple: true, default: [] },
		out: { type: "string" },
		batch: { type: "string", default: "25" },
		shuffle: { type: "boolean", default: false },
	},
});

interface Chosen {
	readonly file: string;
	readonly contract: Contract;
	readonly operation: Operation;
	readonly rank: string;
}

exit(await run(positionals[0]));

async function run(folder: string | undefined): Promise<number> {
	if (folder === undefined || !existsSync(join(folder, "index.json"))) {
		stdout.write(`there is no corpus at ${folder ?? "the first argument"}: a folder with an index.json\n`);
		return 2;
	}
	const queues = (await loadQueues(folder)).toSorted((a, b) => compare(rankOf(a.name), rankOf(b.name)));
	const chosen = chooseEvenly(
		queues.map(({ operations }) => operations),
		Number(flags.count),
	);
	const ordered = chosen.toSorted((a, b) => compare(orderOf(a), orderOf(b)));
	write(ordered.map((one, index) => `### ${index + 1} ${renderCard(one)}`));
	return 0;
}

/** The operations of each document, in the order in which they are drawn. */
async function loadQueues(folder: string): Promise<{ name: string; operations: Chosen[] }[]> {
	const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { name: string; file: string }[];
	const queues: { name: string; operations: Chosen[] }[] = [];
	const known = new Set(flags.except.flatMap(labelled));
	for (const { name, file } of index) {
		const contract = await loadContract({ spec: join(folder, file) });
		const fresh = contract.operations.filter(({ id, method, path }) => {
			return !known.has(`${file} ${id}`) && !known.has(`${file} ${method} ${path}`);
		});
		const operations = fresh.map((operation) => {
			return { file, contract, operation, rank: rankOf(`${name} ${operation.method} ${operation.path}`) };
		});
		queues.push({ name, operations: operations.toSorted((a, b) => compare(a.rank, b.rank)) });
	}
	return queues;
}

/** `DOCUMENT OPERATION` of each label in a file. */
function labelled(file: string): readonly string[] {
	const labels = parse(readFileSync(file, "utf8")) as readonly Label[];
	return labels.map(({ document, operation }) => `${document} ${operation}`);
}

/** One of each queue in turn until enough are chosen or all queues are empty. */
function chooseEvenly<T>(queues: readonly (readonly T[])[], count: number): readonly T[] {
	const rounds = Math.max(...queues.map(({ length }) => length));
	const inTurn = Array.from({ length: rounds }, (_, round) => queues.flatMap((queue) => queue.slice(round, round + 1)));
	return inTurn.flat().slice(0, count);
}

function rankOf(text: string): string {
	return createHash("sha256").update(`${flags.seed} ${text}`).digest("hex");
}

/** By document and then by path, so that a reader stays in one API; or shuffled. */
function orderOf({ file, operation, rank }: Chosen): string {
	return flags.shuffle ? rankOf(rank) : `${file} ${operation.path} ${operation.method}`;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

function write(cards: readonly string[]): void {
	const { out } = flags;
	if (out === undefined) {
		stdout.write(cards.join("\n"));
		return;
	}
	mkdirSync(out, { recursive: true });
	const size = Number(flags.batch);
	for (let start = 0; start < cards.length; start += size) {
		const name = `cards-${String(start / size + 1).padStart(2, "0")}.txt`;
		writeFileSync(join(out, name), cards.slice(start, start + size).join("\n"));
	}
	stdout.write(`${cards.length} cards in ${out}\n`);
}
