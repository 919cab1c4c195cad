import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import type { Coverage } from "./cover.ts";
import type { CoverageResult } from "./cover-one.ts";

/**
 * Writes `RESULTS.md` from what `coverage.ts --json FILE` left:
 *
 *   node bench/corpus/render-results.ts HOLDFAST.json [NAME=FILE.json…]
 *
 * Each further name is a peer, which was asked the same way; without any, what the file says of peers stays.
 */
const [own = "", ...others] = argv.slice(2);
const LISTED_MAX = 160;

type Counted = "planned" | "succeeded" | "answers" | "invalidAnswers" | "bodies" | "invalidBodies" | "unanswered";

function load(file: string): readonly CoverageResult[] {
	return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly CoverageResult[]) : [];
}

function sum(results: readonly CoverageResult[], name: Counted | "overlaps" | "unnamedRefusals"): number {
	return results.reduce((all, { coverage }) => all + (coverage?.[name] ?? 0), 0);
}

function share(part: number, whole: number): string {
	return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(2)} %`;
}

function summaryRow(name: string, results: readonly CoverageResult[]): string {
	const [planned, succeeded, answers, wrong] = (["planned", "succeeded", "answers", "invalidAnswers"] as const).map(
		(one) => sum(results, one),
	) as [number, number, number, number];
	const [bodies, wrongBodies] = [sum(results, "bodies"), sum(results, "invalidBodies")];
	const started = results.filter(({ coverage }) => coverage !== undefined).length;
	const cells = [
		name,
		`${started} of ${results.length}`,
		`${succeeded} of ${planned} (${share(succeeded, planned)})`,
		`${answers - wrong} of ${answers} (${share(answers - wrong, answers)})`,
		`${bodies - wrongBodies} of ${bodies} (${share(bodies - wrongBodies, bodies)})`,
		sum(results, "unanswered"),
	];
	return `| ${cells.join(" | ")} |`;
}

function documentRow({ name, coverage, failed }: CoverageResult): string {
	if (coverage === undefined) return `| ${name} | does not start: ${failed} | | | | |`;
	const { planned, succeeded, answers, invalidAnswers, bodies, invalidBodies, unnamedRefusals, leftOut } = coverage;
	const cells = [
		name,
		`${succeeded} of ${planned}`,
		`${answers - invalidAnswers} of ${answers}`,
		`${bodies - invalidBodies} of ${bodies}`,
		unnamedRefusals,
		leftOut.length,
	];
	return `| ${cells.join(" | ")} |`;
}

function section(
	title: string,
	results: readonly CoverageResult[],
	of: (one: Coverage) => readonly string[],
): string[] {
	const lines = results.flatMap(({ name, coverage }) =>
		(coverage === undefined ? [] : of(coverage)).map(
			(line) => `- ${name}: \`${line.replaceAll("`", "'").slice(0, LISTED_MAX)}\``,
		),
	);
	return lines.length === 0 ? [] : [`## ${title}`, "", ...lines, ""];
}

const FILE = join(import.meta.dirname, "RESULTS.md");

/** What an earlier run found of peers, which have not changed since. */
function earlierPeers(): readonly string[] {
	const text = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
	return text.split("\n").filter((line) => line.startsWith("| ") && line.includes(" operations each |"));
}

const results = load(own);
const peers = others
	.map((text) => text.split("=", 2) as [string, string])
	.map(([name, file]) => [name, load(file)] as const);
const lines = [
	"# A success from every operation of real documents",
	"",
	"Every operation is asked with a well-formed request, with ids that the mock's own answers gave, by a client that knows nothing of the model; every answer on the way is held against the document by Ajv, in status, headers and body. Made by `node bench/corpus/coverage.ts FOLDER --json FILE` and `node bench/corpus/render-results.ts FILE`.",
	"",
	"| mock | documents started | operations with a documented success | valid answers | valid bodies | no answer |",
	"|---|---|---|---|---|---|",
	summaryRow("Holdfast", results),
	...(peers.length === 0 ? earlierPeers() : []),
	...peers.flatMap(([name, found]) => {
		const same = results.filter((one) => found.some((other) => other.name === one.name));
		return [summaryRow(`${name}, 40 operations each`, found), summaryRow(`Holdfast on the same documents`, same)];
	}),
	"",
	"Measured elsewhere on 40 operations of every document: Prism 82.5 % of the operations and 87.8 % of the bodies, Scalar 88.3 % and 85.9 %.",
	"",
	"- *refusals that are not named*: client errors without a place in the document, which need not name all of them; a client that guesses ids gets some. Their bodies are judged where the document has a form for them.",
	"- *left out*: operations that document no success at all, or for which no well-formed request could be made.",
	"- An operation has three attempts, with other ids and other values: a client whose first item was refused takes another.",
	"- Of operations whose paths only a fragment tells apart, the answer may be that of any: no fragment comes over the wire.",
	"- The client was written while Holdfast was mended; the peers met it as it then was. They were asked 40 operations of each of the documents in their row, Holdfast every one.",
	`- ${sum(results, "overlaps")} values are by the letter of \`oneOf\` of several alternatives, of which a discriminator names one: they count as valid.`,
	"",
	"| document | operations | valid answers | valid bodies | refusals that are not named | left out |",
	"|---|---|---|---|---|---|",
	...results.map(documentRow),
	"",
	...section("Operations without a success", results, ({ failures }) => failures),
	...section("Answers that the document forbids", results, ({ invalid }) => invalid),
	...section("Left out", results, ({ leftOut }) => leftOut),
];
writeFileSync(FILE, `${lines.join("\n").trimEnd()}\n`);
