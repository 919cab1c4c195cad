import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { fixtureSubjects } from "./fixtures.ts";
import { measureHoldfast } from "./measure-holdfast.ts";
import { dredd, type Peer, prism, schemathesis } from "./measure-peers.ts";
import { type Measurement, openRecord, type Tool } from "./record.ts";
import { referenceSubjects } from "./references.ts";
import { renderResults, renderSummary } from "./results.ts";
import { keyOf, type Subject } from "./subject.ts";

/**
 * The score: every planted fault of every reference and of every small server of the tests, and the servers that are as
 * documented, under Holdfast and under its peers. Writes `bench/drift/RESULTS.md` and the table in the README.
 *
 * `--record FILE` keeps measurements, so that a run that was stopped goes on where it was; `--families a,b` and
 * `--tools a,b` measure a part, `--peers-every 3` every third fault of a family under the peers (servers that are as
 * documented always), `--render` writes the tables of what the record holds and measures nothing.
 *
 * @example node bench/drift/run.ts --record /tmp/drift.jsonl --schemathesis /tmp/venv/bin/schemathesis
 */
const { values: flags } = parseArgs({
	options: {
		record: { type: "string", default: "drift.jsonl" },
		schemathesis: { type: "string" },
		families: { type: "string" },
		tools: { type: "string", default: "holdfast,schemathesis,dredd,prism" },
		"peers-every": { type: "string", default: "1" },
		render: { type: "boolean", default: false },
	},
});
const subjects = [...fixtureSubjects(), ...(await referenceSubjects())];
const record = await openRecord(flags.record);
const peers: Readonly<Partial<{ [Name in Tool]: Peer }>> = {
	...(flags.schemathesis === undefined ? {} : { schemathesis: schemathesis(flags.schemathesis) }),
	dredd,
	prism,
};
const tools = flags.tools.split(",") as readonly Tool[];
const families = flags.families?.split(",");
const every = Number(flags["peers-every"]);

if (!flags.render) await measureAll();
const known = new Set(subjects.map(keyOf));
const measured = record.all.filter(({ subject }) => known.has(subject));
await writeFile(new URL("RESULTS.md", import.meta.url), renderResults(subjects, measured));
await writeReadme(renderSummary(subjects, measured));

async function measureAll(): Promise<void> {
	const chosen = subjects.filter(({ family }) => families?.includes(family) ?? true);
	for (const tool of tools) {
		const wanted =
			tool === "holdfast" ? chosen : chosen.filter((subject) => subject.kind !== "fault" || isDrawn(subject));
		for (const subject of wanted) {
			const key = keyOf(subject);
			if (record.has(tool, key)) continue;
			const measurement = await measure(tool, subject);
			if (measurement === undefined) continue;
			await record.add(measurement);
			console.log(`${tool}  ${key}  ${measurement.seconds.toFixed(1)} s  ${measurement.failure ?? ""}`);
		}
	}
}

/** Every nth fault of a family. */
function isDrawn(subject: Subject): boolean {
	const faults = subjects.filter(({ family, kind }) => family === subject.family && kind === "fault");
	return faults.indexOf(subject) % every === 0;
}

async function measure(tool: Tool, subject: Subject): Promise<Measurement | undefined> {
	const peer = peers[tool];
	if (tool !== "holdfast" && peer === undefined) return undefined;
	const base = { tool, subject: keyOf(subject) };
	const started = await subject.start();
	const from = performance.now();
	const seconds = (): number => (performance.now() - from) / 1_000;
	try {
		if (peer !== undefined) return { ...base, alarms: await peer(subject, started), seconds: seconds() };
		return { ...base, check: await measureHoldfast(subject, started), seconds: seconds() };
	} catch (error) {
		return { ...base, seconds: seconds(), failure: error instanceof Error ? (error.message.split("\n")[0] ?? "") : "" };
	} finally {
		await started.close();
	}
}

async function writeReadme(summary: string): Promise<void> {
	const file = new URL("../../README.md", import.meta.url);
	const text = await readFile(file, "utf8");
	const marked = /<!-- score -->[\s\S]*<!-- \/score -->/;
	if (!marked.test(text)) throw new Error("README.md has no place for the score");
	await writeFile(
		file,
		text.replace(marked, () => `<!-- score -->\n\n${summary}\n\n<!-- /score -->`),
	);
}
