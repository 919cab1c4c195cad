import { readVersion } from "../../src/finding/version.ts";
import { type Measurement, TOOLS, type Tool } from "./record.ts";
import { keyOf, type Subject } from "./subject.ts";

const TITLES: Readonly<Record<Tool, string>> = {
	holdfast: "Holdfast",
	schemathesis: "Schemathesis",
	dredd: "Dredd",
	prism: "Prism proxy, with our traffic",
};

/** The measurements of one tool, read against the servers that are as documented. */
interface Score {
	readonly tool: Tool;
	/** Of a fault: what says that it was found, `undefined` when nothing does. Faults that were not measured are missing. */
	readonly faults: ReadonlyMap<Subject, string | undefined>;
	/** Of a server that is as documented: its false alarms. */
	readonly sound: ReadonlyMap<Subject, readonly string[]>;
	readonly measurements: ReadonlyMap<string, Measurement>;
}

function scoreOf(tool: Tool, subjects: readonly Subject[], all: readonly Measurement[]): Score {
	const ours = all.filter((one) => one.tool === tool && one.failure === undefined);
	const measurements = new Map(ours.map((one) => [one.subject, one]));
	const measured = subjects.filter((subject) => measurements.has(keyOf(subject)));
	const baseline = (family: string): ReadonlySet<string> =>
		new Set(
			measured
				.filter((subject) => subject.family === family && subject.kind === "correct")
				.flatMap((subject) => measurements.get(keyOf(subject))?.alarms ?? []),
		);
	const finder = (subject: Subject): string | undefined => {
		const { check, alarms = [] } = measurements.get(keyOf(subject)) as Measurement;
		if (check === undefined) return alarms.find((alarm) => !baseline(subject.family).has(alarm));
		const { found } = subject;
		const hit = check.findings.find(({ level, line }) => (found === undefined ? level === "drift" : line === found));
		return hit === undefined ? undefined : "yes";
	};
	const alarmsOf = (subject: Subject): readonly string[] => {
		const { check, alarms = [] } = measurements.get(keyOf(subject)) as Measurement;
		return check === undefined
			? alarms
			: check.findings.filter(({ level }) => level === "drift").map(({ line }) => line);
	};
	const faults = measured.filter(({ kind }) => kind === "fault");
	const sound = measured.filter(({ kind }) => kind !== "fault");
	return {
		tool,
		measurements,
		faults: new Map(faults.map((subject) => [subject, finder(subject)])),
		sound: new Map(sound.map((subject) => [subject, alarmsOf(subject)])),
	};
}

/** One row a tool, for the README too. */
export function renderSummary(subjects: readonly Subject[], all: readonly Measurement[]): string {
	const rows = TOOLS.map((tool) => {
		const { faults, sound, measurements } = scoreOf(tool, subjects, all);
		const found = [...faults.values()].filter((by) => by !== undefined).length;
		const crying = [...sound.values()].filter((alarms) => alarms.length > 0).length;
		const alarms = [...sound.values()].reduce((sum, { length }) => sum + length, 0);
		if (measurements.size === 0) return [TITLES[tool], "not measured", "", "", ""];
		const seconds = median([...measurements.values()].map((one) => one.seconds));
		const share = `${found} of ${faults.size} (${percent(found, faults.size)})`;
		return [TITLES[tool], share, `${crying} of ${sound.size}`, String(alarms), `${seconds.toFixed(1)} s`];
	});
	return table(["tool", "planted faults found", "sound servers accused", "false alarms", "median a server"], rows);
}

/** All of `RESULTS.md`. */
export function renderResults(subjects: readonly Subject[], all: readonly Measurement[]): string {
	const scores = TOOLS.map((tool) => scoreOf(tool, subjects, all));
	return [
		"# The score",
		HEAD,
		renderSummary(subjects, all),
		"## By server",
		byFamily(subjects, scores),
		"## False alarms of Holdfast",
		falseAlarms(scores[0] as Score),
		"## Each fault",
		eachFault(subjects, scores),
		failures(all),
		"",
	].join("\n\n");
}

const HEAD = `Every planted fault of every reference and of the small servers in \`src/check/fixture\` (bugs that users
reported of real services among them), and the same servers as documented: plain, and as *twins*, which look wrong and are
not. Written by \`node bench/drift/run.ts\`; holdfast ${readVersion()}, Node ${process.versions.node}.

- **Holdfast**: one run, all phases, default settings. A fault counts as found only when a finding says what the fault
  declares, word for word (rule, operation, documented, observed). A false alarm is a finding of level drift on a server
  that is as documented.
- **Schemathesis**: all checks, all phases, at most 15 seconds a server. **Dredd**: every documented example, prepared by
  the rehearsal of an API where it has one. **Prism**: validation proxy between Holdfast's requests and the server. To them
  we are generous: a fault counts as found when they complain of *anything* of which they did not complain when the same
  server was as documented. What they say of a server that is as documented are their false alarms; undocumented statuses,
  methods and refused arbitrary data are left out, as they are no drift for us either.

What is empty was not measured: the peers take long, and are tried on some faults of a family only.`;

function byFamily(subjects: readonly Subject[], scores: readonly Score[]): string {
	const families = [...new Set(subjects.map(({ family }) => (family.startsWith("reported") ? "reported" : family)))];
	const rows = families.map((name) => {
		const isOf = ({ family }: Subject): boolean => family === name || (name === "reported" && family.startsWith(name));
		const cells = scores.map(({ faults }) => {
			const own = [...faults].filter(([subject]) => isOf(subject));
			return own.length === 0 ? "" : `${own.filter(([, by]) => by !== undefined).length} of ${own.length}`;
		});
		const sound = subjects.filter((subject) => isOf(subject) && subject.kind !== "fault").length;
		return [name, String(sound), ...cells];
	});
	return table(["server", "sound variants", ...scores.map(({ tool }) => TITLES[tool])], rows);
}

function falseAlarms({ sound }: Score): string {
	const lines = [...sound].flatMap(([subject, alarms]) => alarms.map((alarm) => `- ${keyOf(subject)}: ${alarm}`));
	return lines.length === 0 ? `None on ${sound.size} servers.` : lines.join("\n");
}

function eachFault(subjects: readonly Subject[], scores: readonly Score[]): string {
	const faults = subjects.filter(({ kind }) => kind === "fault");
	const rows = faults.map((subject) => {
		const cells = scores.map(({ faults: known }) => (known.has(subject) ? (known.get(subject) ?? "no") : ""));
		const check = scores[0]?.measurements.get(keyOf(subject))?.check;
		const cost = check === undefined ? ["", ""] : [String(check.exchanges), (check.ms / 1_000).toFixed(1)];
		const peers = cells.slice(1).map((cell) => (cell === "" || cell === "no" ? cell : "yes"));
		return [subject.family, subject.name, cells[0] ?? "", ...cost, ...peers];
	});
	const [ours = "", ...peers] = TOOLS.map((tool) => TITLES[tool]);
	return table(["server", "fault", ours, "exchanges", "seconds", ...peers], rows);
}

function failures(all: readonly Measurement[]): string {
	const failed = all.flatMap(({ tool, subject, failure }) =>
		failure === undefined ? [] : [`- ${TITLES[tool]}, ${subject}: ${failure}`],
	);
	return failed.length === 0 ? "" : `## Not measured\n\n${failed.join("\n")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
	return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function percent(part: number, whole: number): string {
	return whole === 0 ? "-" : `${Math.round((100 * part) / whole)} %`;
}
