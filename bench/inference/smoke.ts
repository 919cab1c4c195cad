import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { argv, exit, stdout } from "node:process";
import { loadContract } from "../../src/contract/load.ts";
import { type Claim, claimsOf } from "../../src/model/claim.ts";
import { resourceActedOn } from "../../src/model/effect.ts";
import { explain } from "../../src/model/explain.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Behaviour, Model } from "../../src/model/model.ts";
import type { Resource } from "../../src/model/resource.ts";
import { UserError } from "../../src/problem/problem.ts";

/**
 * Infers, claims and explains every document of a corpus, and prints for each what was found. A corpus is a folder with
 * an `index.json`: a list of objects with `name` and `file`.
 *
 *   node bench/inference/smoke.ts FOLDER [--detail] [NAME…]
 *
 * Exits with 1 when something throws, when an operation has neither an effect nor a reason, or when a document takes more
 * than a second.
 */

const INFERENCE_MS_MAX = 1_000;
const WIDTHS = [26, 6, 6, 7, 7, 7, 7, 6, 6, 7];

async function run(args: readonly string[]): Promise<number> {
	const [folder, ...names] = args.filter((arg) => !arg.startsWith("--"));
	if (folder === undefined || !existsSync(join(folder, "index.json"))) {
		stdout.write(`there is no corpus at ${folder ?? "the first argument"}: a folder with an index.json\n`);
		return 2;
	}
	const documents = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { name: string; file: string }[];
	const wanted = documents.filter(({ name }) => names.length === 0 || names.includes(name));
	stdout.write(row(["document", "ops", "rsrcs", "effect", "none", "opaque", "claims", "infer", "claim", "explain"]));
	let failures = 0;
	for (const { name, file } of wanted) {
		const problem = await tryDocument(name, join(folder, file), args.includes("--detail"));
		if (problem === undefined) continue;
		failures++;
		stdout.write(`    ${problem}\n`);
	}
	stdout.write(
		`${told.operations} operations: ${told.effects} have an effect, ${told.operations - told.effects} a reason why not\n`,
	);
	stdout.write(`${wanted.length} documents, ${failures} failed or took more than ${INFERENCE_MS_MAX} ms\n`);
	return failures === 0 ? 0 : 1;
}

async function tryDocument(name: string, file: string, isDetailed: boolean): Promise<string | undefined> {
	try {
		return await inferDocument(name, file, isDetailed);
	} catch (error) {
		// A document that nobody can load is no matter of inference.
		if (error instanceof UserError) stdout.write(`${name}: refused, ${error.problems.length} problems\n`);
		return error instanceof UserError ? undefined : String((error as Error).stack);
	}
}

async function inferDocument(name: string, file: string, isDetailed: boolean): Promise<string | undefined> {
	const contract = await loadContract({ spec: file });
	const times = [performance.now()];
	const model = inferModel(contract);
	times.push(performance.now());
	const claims = claimsOf(model);
	times.push(performance.now());
	const text = explain(model);
	times.push(performance.now());
	report(name, { model, claims, times });
	if (isDetailed) detail(model);
	const tookMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
	const mute = [...model.behaviours.values()].filter(isMute);
	if (mute.length > 0) return `neither an effect nor a reason: ${mute.map(({ operation }) => operation.id).join(", ")}`;
	told.effects +=
		model.behaviours.size - [...model.behaviours.values()].filter(({ effect }) => effect.kind === "opaque").length;
	told.operations += model.behaviours.size;
	if (tookMs > INFERENCE_MS_MAX) return `took ${Math.round(tookMs)} ms`;
	return text === "" && contract.operations.length > 0 ? "explains nothing" : undefined;
}

/** Whether nothing is known of an operation, and nothing says why. */
function isMute({ effect, reason }: Behaviour): boolean {
	return effect.kind === "opaque" && (reason === undefined || reason.trim() === "");
}

/** How many operations have an effect, over all documents; the others print why they have none. */
const told = { operations: 0, effects: 0 };

interface Inferred {
	readonly model: Model;
	readonly claims: readonly Claim[];
	readonly times: readonly number[];
}

function report(name: string, { model, claims, times }: Inferred): void {
	const behaviours = [...model.behaviours.values()];
	const count = (test: (behaviour: Behaviour) => boolean): string => String(behaviours.filter(test).length);
	const spans = times.slice(1).map((time, index) => String(Math.round(time - (times[index] ?? 0))));
	stdout.write(
		row([
			name,
			String(behaviours.length),
			String(model.resources.size),
			count(({ effect }) => resourceActedOn(effect) !== undefined),
			count(({ effect }) => effect.kind === "none"),
			count(({ effect }) => effect.kind === "opaque"),
			String(claims.length),
			...spans,
		]),
	);
}

function detail(model: Model): void {
	for (const resource of model.resources.values()) stdout.write(`    ${describeResource(resource)}\n`);
	for (const { operation, effect, reason, answer } of model.behaviours.values()) {
		const what = resourceActedOn(effect) === undefined ? effect.kind : `${effect.kind} ${resourceActedOn(effect)}`;
		const shows = `${answer.shows}${answer.at}`;
		stdout.write(`      ${operation.method.padEnd(6)} ${operation.path}  ${what}  ${shows}  ${reason ?? ""}\n`);
	}
}

function describeResource({ name, kind, parent, key, path, itemPath, fields }: Resource): string {
	const inside = parent === undefined ? "" : ` in ${parent}`;
	const keyed = key === undefined ? "" : ` key ${key.property ?? "(path)"} by ${key.made}`;
	return `${name}: ${kind}${inside}${keyed}, ${fields.size} fields, ${path} ${itemPath ?? ""}`;
}

function row(cells: readonly string[]): string {
	const padded = cells.map((cell, index) =>
		index === 0 ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0),
	);
	return `${padded.join(" ").trimEnd()}\n`;
}

exit(await run(argv.slice(2)));
