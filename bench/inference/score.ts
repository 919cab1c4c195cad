import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exit, stdout } from "node:process";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { loadContract } from "../../src/contract/load.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import { compare, type Fact, type Label } from "./facts.ts";
import { renderResults, type Scored, summarize } from "./results.ts";

/**
 * Measures the inference against labels that people wrote: loads each labelled document, infers its model, compares fact by
 * fact, prints the counts and writes them with every error to `RESULTS.md` beside this file.
 *
 *   node bench/inference/score.ts FOLDER [--labels FILE] [--out FILE]
 *
 * FOLDER is the corpus that the labels speak of. Exits with 2 when it, or an operation that is labelled, is not there.
 */
const { values: flags, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		labels: { type: "string", default: join(import.meta.dirname, "labels.yaml") },
		out: { type: "string", default: join(import.meta.dirname, "RESULTS.md") },
	},
});

exit(await run(positionals[0]));

async function run(folder: string | undefined): Promise<number> {
	if (folder === undefined || !existsSync(folder)) {
		stdout.write(`there is no corpus at ${folder ?? "the first argument"}\n`);
		return 2;
	}
	const labels = parse(readFileSync(flags.labels, "utf8")) as readonly Label[];
	const scored: Scored[] = [];
	const missing: string[] = [];
	for (const [document, own] of Map.groupBy(labels, (label) => label.document)) {
		const model = await loadModel(join(folder, document));
		for (const label of own) {
			const facts = model === undefined ? undefined : factsOf(model, label);
			if (facts === undefined) missing.push(`${document} has no operation ${label.operation}`);
			else scored.push({ label, facts });
		}
	}
	for (const line of missing) stdout.write(`${line}\n`);
	if (missing.length > 0) return 2;
	writeFileSync(flags.out, renderResults(scored));
	stdout.write(summarize(scored));
	return 0;
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
