import { readVersion } from "../../src/finding/version.ts";
import { type CleanPiece, countBy } from "./measure.ts";
import type { RivalOutcome, Verdict } from "./outcome.ts";

/** What was measured of one document. */
export interface Measured {
	readonly name: string;
	readonly operations: number;
	/** Claims and rivals by law. */
	readonly claims: Readonly<Record<string, number>>;
	readonly rivals: Readonly<Record<string, number>>;
	readonly clean: readonly CleanPiece[];
	/** How many rivals were drawn. */
	readonly drawn: number;
	readonly injected: readonly RivalOutcome[];
}

const VERDICTS: readonly Verdict[] = ["named", "suspected", "otherwise", "undecided", "silent"];

/** The tables of `RESULTS.md`. */
export function renderResults(all: readonly Measured[]): string {
	const measured = all.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
	const findings = measured.flatMap((one) => alarmsOf(one).map((line) => `- ${one.name}: ${line}`));
	return [
		"# The check against the kit's own mock",
		`Written by \`node bench/self/run.ts DOCUMENTS --rivals N --write\`; holdfast ${readVersion()}, Node ${process.versions.node}.`,
		"The mock of each document is checked with all phases, some operations at a time, as far as it was measured. Of a mock that does what its document says nothing may be found. Two kinds of surprises are counted apart, for they are about the document: it names no status for what a mock must answer, or an example breaks its own schema.",
		`${measured.length} documents, of ${sum(measured.map(({ operations }) => operations))} operations in all.`,
		renderClean(measured),
		findings.length === 0
			? "Nothing else was found."
			: `What else was found, and should not be:\n\n${findings.join("\n")}`,
		"## Claims and rivals",
		renderLaws(measured),
		"## Rivals put into the mock",
		"Rivals by lot, of each name in each law as many as can be; the mock then does as the rival does, and the check knows only the document. *Named*: a finding at the operation has the rival's name, or that of one that nothing tells from it. *Suspected*: the finding lists it among others. *Otherwise*: the operation, or another, is found to do otherwise, under another name. *Undecided*: the run says why nothing could exclude it. *Silent*: the run says that all is well.",
		renderRivals(measured),
		renderReasons(measured),
		renderMissed(measured),
	].join("\n\n");
}

/** Findings of the faithful mock that are not about its document. */
export function alarmsOf({ clean }: Measured): readonly string[] {
	return [...new Set(clean.flatMap(({ findings }) => findings))].filter((line) => !isOfDocument(line));
}

function isOfDocument(line: string): boolean {
	return / (?:status-code|example)-conformance of .*\[surprise\]$/.test(line);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
	const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
	return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function renderClean(all: readonly Measured[]): string {
	const rows = all.map((one): readonly (string | number)[] => {
		const lines = one.clean.flatMap(({ findings }) => findings);
		const alarms = alarmsOf(one);
		const drift = alarms.filter((line) => !line.endsWith("[surprise]")).length;
		const verdicts = one.clean.map((piece) => piece.verdicts);
		const told = (verdict: string): number => sum(verdicts.map((counts) => counts[verdict] ?? 0));
		return [
			one.name,
			`${sum(one.clean.map(({ operations }) => operations.length))} of ${one.operations}`,
			sum(one.clean.map(({ exchanges }) => exchanges)),
			told("agrees"),
			told("undecided"),
			drift,
			alarms.length - drift,
			lines.filter(isOfDocument).length,
		];
	});
	const totals = ["operations", "exchanges", "agrees", "undecided", "drift", "surprises", "of the document"];
	const whole = totals.map((_, index) => sum(rows.map((row) => Number(String(row[index + 1]).split(" ")[0]))));
	return table(["document", ...totals], [...rows, ["**all**", ...whole]]);
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

function renderLaws(all: readonly Measured[]): string {
	const laws = [...new Set(all.flatMap(({ claims }) => Object.keys(claims)))].toSorted();
	const count = (of: "claims" | "rivals", law: string): number => sum(all.map((one) => one[of][law] ?? 0));
	const rows = laws.map((law) => [law, count("claims", law), count("rivals", law)]);
	const total = ["**all**", sum(rows.map((row) => Number(row[1]))), sum(rows.map((row) => Number(row[2])))];
	return table(["law", "claims", "rivals"], [...rows, total]);
}

function renderRivals(all: readonly Measured[]): string {
	const outcomes = all.flatMap(({ injected }) => injected);
	const byLaw = Map.groupBy(outcomes, ({ law }) => law);
	const rows = [...byLaw].toSorted(([a], [b]) => a.localeCompare(b, "en")).map(([law, own]) => rowOf(law, own));
	return table(["law", "tried", ...VERDICTS, "named of those decided"], [...rows, rowOf("**all**", outcomes)]);
}

function rowOf(name: string, outcomes: readonly RivalOutcome[]): readonly (string | number)[] {
	const counts = VERDICTS.map((wanted) => outcomes.filter(({ verdict }) => verdict === wanted).length);
	const [named = 0] = counts;
	const decided = outcomes.filter(({ verdict }) => verdict !== "undecided").length;
	return [name, outcomes.length, ...counts, decided === 0 ? "" : `${((100 * named) / decided).toFixed(1)} %`];
}

function renderReasons(all: readonly Measured[]): string {
	const undecided = all.flatMap(({ injected }) => injected).filter(({ verdict }) => verdict === "undecided");
	const reasons = Object.entries(countBy(undecided, ({ detail = "" }) => detail)).toSorted((a, b) => b[1] - a[1]);
	return `Why rivals were left undecided:\n\n${table(
		["times", "reason"],
		reasons.map(([reason, times]) => [times, reason]),
	)}`;
}

const DETAIL_MAX = 220;

function renderMissed(all: readonly Measured[]): string {
	const lines = all.flatMap(({ name, injected }) =>
		injected.flatMap(({ verdict, operation, law, rival, lies, detail = "" }) =>
			verdict === "named" || verdict === "undecided"
				? []
				: [
						`- ${name}: ${verdict}: \`${operation}=${law}: ${rival}${lies ? "!" : ""}\` · ${detail.slice(0, DETAIL_MAX)}`,
					],
		),
	);
	return `What was not named, though it was decided:\n\n${lines.join("\n") || "nothing"}\n`;
}
