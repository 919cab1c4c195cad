/**
 * Malformed requests over real sockets: `node --expose-gc bench/mock/fuzz.ts [count] [--part N --parts FILE]`, by default
 * 200,000 in four parts. It writes bench/mock/FUZZ.md, and ends with 1 when the mock crashed, failed by itself, grew, or
 * kept others waiting. With `--part` it sends one of the four and keeps what came of it in a file; the last one writes.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { openMock } from "../../src/mock/open-mock.ts";
import { fuzz } from "../../src/mock/sample-fuzz.ts";
import { PETS } from "../../src/mock/sample-mock.ts";

const { values: flags, positionals } = parseArgs({
	allowPositionals: true,
	options: { part: { type: "string" }, parts: { type: "string" } },
});
const COUNT = Number(positionals[0] ?? 200_000);
const PARTS = 4;
/** The heap is looked at so often in a part. */
const SLICES = 4;
const CONNECTIONS = 32;
/** What another client may have to wait for an answer, while 32 connections press. */
const PATIENCE_MS = 2_000;
/** Between the first slice of a part and its end, after a garbage collection. */
const GROWTH_MB_MAX = 16;

/** What came of one part. */
interface Part {
	readonly statuses: readonly (readonly [status: string, times: number])[];
	readonly heapMb: readonly number[];
	readonly waits: readonly number[];
	readonly seconds: number;
	readonly faults: readonly string[];
}

const faults: string[] = [];
const fail = (fault: unknown): void =>
	void faults.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);

const document = parse(PETS);
const documented = Object.entries<object>(document.paths).flatMap(([path, item]) =>
	Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
);
const operations = [
	...documented.filter(({ method }) => method !== "PARAMETERS"),
	{ method: "GET", path: "/__holdfast/state/{name}" },
	{ method: "GET", path: "/nowhere" },
];

const parts = new Map<number, Part>(known());
for (let part = 0; part < PARTS; part++) {
	if (flags.part === undefined || Number(flags.part) === part) parts.set(part, await run(part));
}
if (flags.parts !== undefined) writeFileSync(flags.parts, JSON.stringify([...new Map([...known(), ...parts])]));
const all = [...parts.values()];
const report = render(all);
const failures = all.flatMap((part) => part.faults);
if (failures.length === 0 && COUNT >= 200_000 && all.length === PARTS)
	writeFileSync(new URL("FUZZ.md", import.meta.url), report);
console.log(report);
for (const fault of failures.slice(0, 20)) console.error(fault);
process.exitCode = failures.length === 0 ? 0 : 1;

function known(): readonly (readonly [number, Part])[] {
	if (flags.parts === undefined || !existsSync(flags.parts)) return [];
	return JSON.parse(readFileSync(flags.parts, "utf8")) as (readonly [number, Part])[];
}

async function run(part: number): Promise<Part> {
	faults.length = 0;
	const mock = openMock({ spec: document, onError: fail });
	const { url } = await mock.listen();
	const statuses = new Map<string, number>();
	const heapMb: number[] = [];
	const waits: number[] = [];
	let isOver = false;
	const bystander = (async () => {
		while (!isOver) {
			waits.push(await waitOf(url));
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	})();
	const started = performance.now();
	for (let slice = 0; slice < SLICES; slice++) {
		await fuzz({
			url,
			operations,
			seed: `part ${part} slice ${slice}`,
			count: Math.ceil(COUNT / PARTS / SLICES),
			connections: CONNECTIONS,
			onAnswer: ({ status, text }, { pieces }) => {
				const name = String(status ?? "hung up, or a slow sender");
				statuses.set(name, (statuses.get(name) ?? 0) + 1);
				if (status !== undefined && status >= 500)
					fail(`answered ${text.slice(0, 300)} to ${pieces[0]?.subarray(0, 300)}`);
			},
		});
		// What was made is taken away again: only what the mock itself keeps would grow.
		await mock.reset();
		globalThis.gc?.();
		heapMb.push(process.memoryUsage().heapUsed / 2 ** 20);
	}
	const seconds = (performance.now() - started) / 1000;
	isOver = true;
	await bystander;
	await mock.close();
	const growth = (heapMb.at(-1) ?? 0) - (heapMb[0] ?? 0);
	if (globalThis.gc !== undefined && growth > GROWTH_MB_MAX) fail(`the heap grew by ${growth.toFixed(1)} MB`);
	return { statuses: [...statuses], heapMb, waits, seconds, faults: [...faults] };
}

/** How long another client waits, in milliseconds. */
async function waitOf(url: string): Promise<number> {
	const started = performance.now();
	const answer = await fetch(`${url}/breeds`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
		(error: unknown) => error,
	);
	if (!(answer instanceof Response)) fail(`another client was not served: ${answer}`);
	else if (answer.status !== 200) fail(`another client was answered ${answer.status}`);
	else await answer.text();
	return performance.now() - started;
}

function render(of: readonly Part[]): string {
	const statuses = new Map<string, number>();
	for (const [status, times] of of.flatMap((part) => part.statuses))
		statuses.set(status, (statuses.get(status) ?? 0) + times);
	const sorted = of.flatMap(({ waits }) => waits).sort((a, b) => a - b);
	const at = (share: number): string => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0)} ms`;
	const rows = [...statuses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([status, times]) => `| ${status} | ${times} |`);
	const sent = Math.ceil((COUNT * of.length) / PARTS);
	const seconds = of.reduce((sum, part) => sum + part.seconds, 0);
	const heaps = of.map(({ heapMb }) => heapMb.map((mb) => mb.toFixed(1)).join(", ")).join(" · ");
	return `# Malformed requests

\`node --expose-gc bench/mock/fuzz.ts\`: ${sent.toLocaleString("en")} requests over real sockets, ${CONNECTIONS} connections at a
time: fuzzed paths, queries, headers, bodies and framings, \`__proto__\` and \`constructor\` keys, deep nesting, huge
numbers, duplicate headers, truncated chunks, slow senders. Node ${process.version}, ${cpus()[0]?.model ?? "?"}, ${seconds.toFixed(0)} s.

| answer | times |
|---|---|
${rows.join("\n")}

| | |
|---|---|
| failures of the mock (crash, unhandled rejection, own mistake, 5xx) | ${of.reduce((sum, part) => sum + part.faults.length, 0)} |
| heap after each sixteenth, collected, in ${of.length} parts | ${heaps} MB |
| another client meanwhile: median, 99 %, longest wait | ${at(0.5)}, ${at(0.99)}, ${at(1)} (${sorted.length} requests) |
`;
}
