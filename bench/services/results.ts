import { readVersion } from "../../src/finding/version.ts";
import { type Judged, judgeFindings, type loadJudgements } from "./judge.ts";
import { type Entry, type loadExpected, type Matched, matchEntries } from "./match.ts";
import type { Reported } from "./report.ts";
import type { Service } from "./services.ts";

/** What one tool reported of one service. */
export interface Outcome {
	readonly service: Service;
	readonly tool: "holdfast" | "schemathesis";
	readonly reported: readonly Reported[];
	/** Exchanges, time, and what else there is to say of the run. */
	readonly remark: string;
}

export interface Scored extends Outcome {
	readonly matched: readonly Matched[];
	/** Findings of level drift that are no entry of the key. */
	readonly others: readonly Judged[];
	readonly surprises: number;
}

export interface Rules {
	readonly key: readonly Entry[];
	readonly expected: Awaited<ReturnType<typeof loadExpected>>;
	readonly judgements: Awaited<ReturnType<typeof loadJudgements>>;
}

export function score(outcome: Outcome, { key, expected, judgements }: Rules): Scored {
	const { service, tool, reported } = outcome;
	const entries = key.filter((entry) => entry.service === service.name);
	const matched = matchEntries(entries, reported, expected);
	const known = new Set(matched.flatMap(({ entry, found }) => (entry.strength === "-" ? [] : found)));
	const drift = reported.filter(({ level }) => level === "drift");
	const others = judgeFindings(
		drift.filter((finding) => !known.has(finding)),
		judgements,
		{ tool, service: service.name },
	);
	return { ...outcome, matched, others, surprises: reported.length - drift.length };
}

export function summaryRow({ service, tool, reported, matched, others, surprises }: Scored): readonly string[] {
	const of = (strength: Entry["strength"]): string => {
		const own = matched.filter(({ entry }) => entry.strength === strength);
		return `${own.filter(({ found }) => found.length > 0).length} of ${own.length}`;
	};
	const count = (verdict: boolean | undefined): number => others.filter((one) => one.verdict === verdict).length;
	const unjudged = count(undefined);
	return [
		service.title,
		tool,
		of("A"),
		of("B"),
		of("-"),
		String(reported.length - surprises),
		String(count(true)),
		`${count(false)}${unjudged === 0 ? "" : ` (${unjudged} not judged)`}`,
		String(surprises),
	];
}

const HEADINGS = [
	"service",
	"tool",
	"A found",
	"B found",
	"traps fallen into",
	"drift",
	"of them beyond the key: true",
	"false",
	"surprises",
];

/** `RESULTS.md` */
export function renderResults(scored: readonly Scored[]): string {
	const rows = scored.map(summaryRow);
	return `# Three real services

The check on services that others wrote, with the documents that they publish, against what careful readers found in
them by hand. Written by \`node bench/services/score.ts FOLDER\`; holdfast ${readVersion()}, Node ${process.versions.node}.

An entry of the key is found when a finding has the right rule, the right operation and speaks of the right thing, as
\`expected.yaml\` says for each; the rules are the same for both tools. **A** contradicts the document, on **B** the
document is silent, a **trap** looks like drift and is none. Every other finding of level \`drift\` was judged by hand
(\`judgements.yaml\`) and stands below; surprises fail no run and are only counted. What Schemathesis reports is taken
for drift but for undocumented statuses, methods and \`Allow\`.

${table(HEADINGS, rows)}

${scored.map(({ service, tool, remark }) => `- ${service.title}, ${tool}: ${remark}`).join("\n")}

${scored.map(renderOne).join("\n")}`;
}

function renderOne(one: Scored): string {
	const { service, tool, matched, others } = one;
	const entries = matched.map(({ entry, found }) => [
		entry.id,
		entry.strength,
		entry.kind,
		entry.operation,
		found.length === 0
			? entry.strength === "-"
				? "not reported"
				: "**missed**"
			: found.map(nameOf).slice(0, 3).join(", "),
	]);
	const judged = others.map(({ finding, verdict, why }) => [
		verdict === undefined ? "?" : verdict ? "true" : "**false**",
		tool === "holdfast" ? finding.id : "",
		finding.rule,
		finding.operations[0] ?? "",
		shorten(finding.says),
		why,
	]);
	return `## ${service.title}: ${tool}

${table(["entry", "", "kind", "operation", "found by"], entries)}

${others.length === 0 ? "No other drift was reported." : `Other drift:\n\n${table(["verdict", "", "rule", "operation", "says", "why"], judged)}`}
`;
}

function nameOf({ id, rule, level, operations }: Reported): string {
	const short = /^[0-9a-f]{6}$/.test(id) ? `${id} ` : "";
	return `${short}${rule}${level === "surprise" ? " (surprise)" : ""} at ${operations[0]}`;
}

const SAYS_MAX = 110;

function shorten(text: string): string {
	const line = text.split("\n")[0] ?? "";
	return line.length > SAYS_MAX ? `${line.slice(0, SAYS_MAX)}…` : line;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
	return [line(headings), `|${headings.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}
