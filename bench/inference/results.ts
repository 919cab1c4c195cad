import { FACTS, type Fact, type FactName, type Label } from "./facts.ts";

export interface Scored {
	readonly label: Label;
	readonly facts: readonly Fact[];
}

const EVIDENCE_MAX = 180;
const EFFECTS = [
	...["create", "upsert", "read", "list", "replace", "merge", "patch", "append", "remove", "clear", "rotate", "emit"],
	...["none", "opaque"],
];

/** The counts as one paragraph for a terminal. */
export function summarize(scored: readonly Scored[]): string {
	return `${headline(scored)
		.map(([name, text]) => `${name.padEnd(44)}${text}`)
		.join("\n")}\n`;
}

/** What the first, blind measurement on a sample said, as `blind/measured.yaml` keeps it. */
export interface First {
	readonly labels: string;
	readonly note: string;
	readonly drift?: string;
	readonly driftEffects?: string;
	readonly surprise?: string;
	readonly found?: string;
}

export interface Sample {
	readonly first: First;
	readonly scored: readonly Scored[];
}

/** The whole page: the samples beside each other, then each with its counts, its effects, and every error. */
export function renderResults(samples: readonly Sample[]): string {
	return `${[
		"# Inference, measured against people",
		"Operations of public documents, drawn evenly by document (`sample.ts`), labelled by reading (`labels.yaml` states the rules). Made by `node bench/inference/score.ts FOLDER`.",
		'A *claim* is a value that the model gives; "opaque" is none. *Drift* claims stand on the document, *surprise* claims on convention alone. *Missed*: a person sees a value, the model gives none. That a reading operation "changes nothing" (`none`) is true and says less: such effects count as wrong, and apart. Beyond the effect, facts are compared where person and model both name a resource.',
		table(
			[
				"sample",
				"operations",
				"measured",
				"drift facts right",
				"drift effects right",
				"surprise facts right",
				"effects found",
			],
			samples.flatMap(measurements),
		),
		"The first run on a sample is the honest one: what it showed was mended afterwards, by rules that name no document. Its pages stand in `blind/`.",
		"Every operation of every document has an effect or a printed reason, and none crashes: `smoke.ts` fails otherwise. It was last run on 59 documents with 8594 operations: 6925 have an effect, 1669 a reason why not.",
		...samples.flatMap(renderSample),
	].join("\n\n")}\n`;
}

function measurements({ first, scored }: Sample): readonly (readonly string[])[] {
	const { labels, note, drift, driftEffects, surprise, found } = first;
	const values = new Map(headline(scored));
	const now = ["drift", "effects", "surprise", "found"].map((name) => values.get(NAMES[name] ?? "") ?? "");
	const size = String(scored.length);
	const blind = [labels, size, `first: ${note}`, drift ?? "", driftEffects ?? "", surprise ?? "", found ?? ""];
	return [
		...(drift === undefined ? [] : [blind]),
		[labels, size, drift === undefined ? `now; ${note}` : "now", ...now],
	];
}

function renderSample({ first, scored }: Sample): readonly string[] {
	const labels = scored.map(({ label }) => label);
	const second = labels.filter((label) => label["second-pass"] !== undefined).length;
	const corrected = labels.filter((label) => label.corrected !== undefined).length;
	return [
		`## ${first.labels}`,
		`${labels.length} operations of ${new Set(labels.map(({ document }) => document)).size} documents; ${second} labels changed in the second reading, ${corrected} corrected after a measurement.`,
		table(["measure", "value"], headline(scored)),
		"### By fact",
		table(
			["fact", "drift claims", "right", "", "surprise claims", "right", "", "missed"],
			FACTS.map((name) => factRow(scored, name)),
		),
		"### Effects: labelled (rows), inferred (columns)",
		confusion(scored),
		"### Every wrong claim",
		errors(scored, ["wrong"]),
		"### Reading operations of which the model says only that they change nothing",
		errors(scored, ["weaker"]),
		"### Everything missed",
		errors(scored, ["missed"]),
	];
}

/** The measures that the samples are compared by. */
const NAMES: Readonly<Record<string, string>> = {
	drift: "facts claimed at drift level, right",
	effects: "of them effects",
	surprise: "facts claimed at surprise level, right",
	found: "effects found (neither opaque nor none)",
};

function headline(scored: readonly Scored[]): readonly [string, string][] {
	const all = scored.flatMap(({ facts }) => facts);
	const effects = scored.filter(({ label }) => label.effect !== "opaque" && label.effect !== "none");
	const found = effects.filter(({ facts }) => facts[0]?.verdict === "right");
	const drift = all.filter(({ level }) => level === "drift");
	const driftEffects = drift.filter(({ name }) => name === "effect");
	return [
		["operations", String(scored.length)],
		["facts claimed at drift level, right", precision(drift)],
		["the same without none for read or list", precision(drift.filter(isWhole))],
		["of them effects", precision(driftEffects)],
		["effects without none for read or list", precision(driftEffects.filter(isWhole))],
		["facts claimed at surprise level, right", precision(all.filter(({ level }) => level === "surprise"))],
		["effects found (neither opaque nor none)", share(found.length, effects.length)],
		["pagers labelled", String(scored.filter(({ label }) => label.pager !== null).length)],
	];
}

function isWhole({ verdict }: Fact): boolean {
	return verdict !== "weaker";
}

function precision(facts: readonly Fact[]): string {
	const right = facts.filter(({ verdict }) => verdict === "right").length;
	return share(right, facts.filter(isClaim).length);
}

function isClaim({ verdict }: Fact): boolean {
	return verdict === "right" || verdict === "wrong" || verdict === "weaker";
}

function share(part: number, whole: number): string {
	return whole === 0 ? "none" : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
}

function factRow(scored: readonly Scored[], name: FactName): readonly string[] {
	const own = scored.flatMap(({ facts }) => facts.filter((fact) => fact.name === name));
	const cells = (["drift", "surprise"] as const).flatMap((level) => {
		const claimed = own.filter((fact) => fact.level === level && isClaim(fact));
		const right = claimed.filter(({ verdict }) => verdict === "right").length;
		const percent = claimed.length === 0 ? "" : `${((100 * right) / claimed.length).toFixed(1)} %`;
		return [String(claimed.length), String(right), percent];
	});
	return [name, ...cells, String(own.filter(({ verdict }) => verdict === "missed").length)];
}

function confusion(scored: readonly Scored[]): string {
	const pairs = scored.map(({ label, facts }) => [label.effect, facts[0]?.inferred ?? "opaque"] as const);
	const used = EFFECTS.filter((effect) => pairs.some((pair) => pair.includes(effect)));
	const rows = used.map((row) => {
		const counts = used.map(
			(column) => pairs.filter(([label, inferred]) => label === row && inferred === column).length,
		);
		return [row, ...counts.map((count) => (count === 0 ? "" : String(count)))];
	});
	return table(["", ...used], rows);
}

function errors(scored: readonly Scored[], verdicts: readonly Fact["verdict"][]): string {
	const rows = scored.flatMap(({ label, facts }) => {
		return facts
			.filter((fact) => verdicts.includes(fact.verdict))
			.map((fact) => [
				...[label.document, label.operation, fact.name, shown(fact.name, fact.labelled)],
				...[shown(fact.name, fact.inferred === undefined ? [] : [fact.inferred]), fact.level, cut(fact.evidence)],
			]);
	});
	const ordered = rows.toSorted((a, b) => FACTS.indexOf(a[2] as FactName) - FACTS.indexOf(b[2] as FactName));
	return table(["document", "operation", "fact", "label", "inferred", "level", "evidence, or reason"], ordered);
}

/** The whole body is an empty pointer, and what opaque says is nothing. */
function shown(name: FactName, values: readonly string[]): string {
	if (values.length === 0) return name === "effect" ? "opaque" : "none";
	return values.map((value) => (value === "" ? "the body" : value)).join(" or ");
}

function cut(text: string): string {
	const flat = text.replace(/\s+/g, " ").trim();
	return flat.length > EVIDENCE_MAX ? `${flat.slice(0, EVIDENCE_MAX)}…` : flat;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const plain = (cell: string): string => cell.replaceAll("|", "\\|").replaceAll("<", "&lt;");
	const line = (cells: readonly string[]): string => `| ${cells.map(plain).join(" | ")} |`;
	return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
