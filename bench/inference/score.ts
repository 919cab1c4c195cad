import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exit, stdout } from "node:process";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { loadContract } from "../../src/contract/load.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import { compare, type Fact, type Label } from "./facts.ts";
import { type First, renderResults, type Sample, type Scored, summarize } from "./results.ts";

/**
 * Measures the inference against labels that people wrote: loads each labelled document, infers its model, compares fact by
 * fact, prints the counts and writes them with every error to `RESULTS.md` beside this file.
 *
 *   node bench/inference/score.ts FOLDER [--labels FILE…] [--out FILE]
 *
 * FOLDER is the corpus that the labels speak of; without `--labels`, every sample that `blind/measured.yaml` names is
 * measured. Exits with 2 when the corpus, or an operation that is labelled, is not there.
 */
const { values: flags, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		labels: { type: "string", multiple: true, default: [] },
		out: { type: "string", default: join(import.meta.dirname, "RESULTS.md") },
	},
});

const models = new Map<string, Promise<Model | undefined>>();

exit(await run(positionals[0]));

async function run(folder: string | undefined): Promise<number> {
	if (folder === undefined || !existsSync(folder)) {
		stdout.write(`there is no corpus at ${folder ?? "the first argument"}\n`);
		return 2;
	}
	const firsts = parse(readFileSync(join(import.meta.dirname, "blind/measured.yaml"), "utf8")) as readonly First[];
	const chosen = firsts.filter(({ labels }) => flags.labels.length === 0 || flags.labels.includes(labels));
	const samples: Sample[] = [];
	for (const first of chosen) samples.push({ first, scored: await scoreSample(folder, first.labels) });
	writeFileSync(flags.out, renderResults(samples));
	for (const { first, scored } of samples) stdout.write(`${first.labels}\n${summarize(scored)}\n`);
	return 0;
}

/** Every label of a file with its facts; names what the corpus lacks. */
async function scoreSample(folder: string, file: string): Promise<readonly Scored[]> {
	const labels = parse(readFileSync(join(import.meta.dirname, file), "utf8")) as readonly Label[];
	const scored: Scored[] = [];
	for (const label of labels) {
		const model = await modelOf(join(folder, label.document));
		const facts = model === undefined ? undefined : factsOf(model, label);
		if (facts !== undefined) scored.push({ label, facts });
		else {
			stdout.write(`${label.document} has no operation ${label.operation}\n`);
			exit(2);
		}
	}
	return scored;
}

/** Several samples speak of one document. */
function modelOf(file: string): Promise<Model | undefined> {
	const known = models.get(file) ?? loadModel(file);
	models.set(file, known);
	return known;
}

async function loadModel(file: string): Promise<Model | undefined> {
	return existsSync(file) ? inferModel(await loadContract({ spec: file })) : undefined;
}

function factsOf(model: Model, label: Label): readonly Fact[] | undefined {
	const behaviour = [...model.behaviours.values()].find(({ operation }) => {
		return operation.id === label.operation || `${operation.method} ${operation.path}` === label.operation;
	});
	return behaviour === undefined ? undefined : compare(model, behaviour, label);
}
