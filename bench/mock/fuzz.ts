/**
 * Malformed requests over real sockets: `node --expose-gc bench/mock/fuzz.ts [count]`, by default 200,000. It writes
 * bench/mock/FUZZ.md, and ends with 1 when the mock crashed, failed by itself, grew, or kept others waiting.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parse } from "yaml";
import { openMock } from "../../src/mock/open-mock.ts";
import { fuzz } from "../../src/mock/sample-fuzz.ts";
import { PETS } from "../../src/mock/sample-mock.ts";

const COUNT = Number(process.argv[2] ?? 200_000);
const CONNECTIONS = 32;
/** What another client may have to wait for an answer, while 32 connections press. */
const PATIENCE_MS = 2_000;
/** Between the first quarter and the end, after a garbage collection. */
const GROWTH_MB_MAX = 16;

const faults: string[] = [];
const fail = (fault: unknown): void =>
	void faults.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);

const document = parse(PETS);
const mock = openMock({ spec: document, onError: fail });
const { url } = await mock.listen();
const documented = Object.entries<object>(document.paths).flatMap(([path, item]) =>
	Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
);
const operations = [
	...documented.filter(({ method }) => method !== "PARAMETERS"),
	{ method: "GET", path: "/__holdfast/state/{name}" },
	{ method: "GET", path: "/nowhere" },
];

const statuses = new Map<number | undefined, number>();
const heapMb: number[] = [];
const waits: number[] = [];

function measureHeap(): void {
	globalThis.gc?.();
	heapMb.push(process.memoryUsage().heapUsed / 2 ** 20);
}

let isOver = false;
const bystander = (async () => {
	while (!isOver) {
		const started = performance.now();
		const answer = await fetch(`${url}/breeds`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
			(error: unknown) => error,
		);
		if (!(answer instanceof Response)) fail(`another client was not served: ${answer}`);
		else if (answer.status !== 200) fail(`another client was answered ${answer.status}`);
		else await answer.text();
		waits.push(performance.now() - started);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
})();

const started = performance.now();
for (let part = 0; part < 4; part++) {
	await fuzz({
		url,
		operations,
		seed: `part ${part}`,
		count: Math.ceil(COUNT / 4),
		connections: CONNECTIONS,
		onAnswer: ({ status, text }, { pieces }) => {
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			if (status !== undefined && status >= 500)
				fail(`answered ${text.slice(0, 300)} to ${pieces[0]?.subarray(0, 300)}`);
		},
	});
	// What was made is taken away again: only what the mock itself keeps would grow.
	await mock.reset();
	measureHeap();
}
const seconds = (performance.now() - started) / 1000;
isOver = true;
await bystander;
await mock.close();

const growth = (heapMb.at(-1) ?? 0) - (heapMb[0] ?? 0);
if (globalThis.gc !== undefined && growth > GROWTH_MB_MAX) fail(`the heap grew by ${growth.toFixed(1)} MB`);
const sorted = waits.toSorted((a, b) => a - b);
const at = (share: number): string => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0)} ms`;
const rows = [...statuses]
	.sort(([a = 0], [b = 0]) => a - b)
	.map(([status, times]) => `| ${status ?? "hung up, or a slow sender"} | ${times} |`);
const report = `# Malformed requests

\`node --expose-gc bench/mock/fuzz.ts\`: ${COUNT.toLocaleString("en")} requests over real sockets, ${CONNECTIONS} connections at a
time: fuzzed paths, queries, headers, bodies and framings, \`__proto__\` and \`constructor\` keys, deep nesting, huge
numbers, duplicate headers, truncated chunks, slow senders. Node ${process.version}, ${cpus()[0]?.model ?? "?"}, ${seconds.toFixed(0)} s.

| answer | times |
|---|---|
${rows.join("\n")}

| | |
|---|---|
| failures of the mock (crash, unhandled rejection, own mistake, 5xx) | ${faults.length} |
| heap after each quarter, collected | ${heapMb.map((mb) => mb.toFixed(1)).join(", ")} MB |
| another client meanwhile: median, 99 %, longest wait | ${at(0.5)}, ${at(0.99)}, ${at(1)} (${waits.length} requests) |
`;
if (faults.length === 0 && COUNT >= 200_000) writeFileSync(new URL("FUZZ.md", import.meta.url), report);
console.log(report);
for (const fault of faults.slice(0, 20)) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
