import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { benchDocument, INVALID_ITEM, ITEMS, idOf, KEY, sampleItem } from "./document.ts";
import { CONNECTIONS, createPool, type Kind, runSlice } from "./load.ts";
import { isInstalled, type Running, SERVERS, startServer } from "./servers.ts";
import { type Median, medianOf } from "./statistics.ts";

/**
 * Microseconds of processor time that a request costs the server: Holdfast beside a hand-written server, a bare one, and
 * other mocks. Each is measured in alternating pairs with Holdfast (A B B A), so that what else the machine does falls on
 * both. Peers are installed by `npm install` in `bench/peers`.
 *
 *   node bench/mock/measure.ts [--slices 30] [--requests 1000] [--only SERVER…] [--out FILE]
 *
 * Exits with 1 when Holdfast costs more than 1.3 times the hand-written server.
 */
const { values: flags } = parseArgs({
	options: {
		slices: { type: "string", default: "30" },
		requests: { type: "string", default: "1000" },
		only: { type: "string", multiple: true },
		out: { type: "string" },
	},
});

const KINDS: readonly Kind[] = [
	{ name: "GET one", method: "GET", path: `/items/${idOf(3)}`, status: 200 },
	{ name: `GET a list of ${ITEMS}`, method: "GET", path: "/items", status: 200 },
	{ name: "POST invalid", method: "POST", path: "/items", body: JSON.stringify(INVALID_ITEM), status: 400 },
	{ name: "POST valid", method: "POST", path: "/items", body: JSON.stringify(sampleItem(1)), status: 201 },
];
const HEADERS = { "x-api-key": KEY };
/** Slow servers are not asked as often. */
const SLICE_MS_MAX = 4_000;
const WARM_REQUESTS = 6_000;
const RATIO_MAX = 1.3;

interface Measured {
	readonly server: string;
	readonly kind: string;
	readonly cost: Median;
	/** What Holdfast costs beside it, pair by pair. */
	readonly ratio: Median;
	readonly answer: string;
}

const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
const document = join(folder, "openapi.json");
writeFileSync(document, JSON.stringify(benchDocument(ITEMS)));

const names = Object.keys(SERVERS).filter(
	(name) => name !== "holdfast" && (flags.only === undefined || flags.only.includes(name)),
);
const measured: Measured[] = [];
const starts: string[] = [];
for (const name of names) {
	if (!isInstalled(name)) stdout.write(`${name} is not installed: npm install in bench/peers\n`);
	else await measurePair(name);
}
rmSync(folder, { recursive: true });
if (flags.out !== undefined) writeFileSync(flags.out, render());
const slow = measured.filter(({ server, ratio }) => server === "fastify" && ratio.median > RATIO_MAX);
process.exit(slow.length === 0 ? 0 : 1);

async function measurePair(name: string): Promise<void> {
	for (const kind of KINDS) {
		// Both start afresh: what one kind leaves behind is not carried by the next.
		const pair = await startBoth(name);
		if (pair === undefined) return;
		const [other, ours] = pair;
		const line = await measureKind(other, ours, kind);
		measured.push(line);
		stdout.write(`${rowOf(line)}\n`);
		for (const running of pair) running.stop();
	}
}

async function startBoth(name: string): Promise<readonly [Running, Running] | undefined> {
	try {
		const other = await startServer(name, document);
		const ours = await startServer("holdfast", document);
		starts.push(`${name} ${Math.round(other.startMs)}`, `holdfast ${Math.round(ours.startMs)}`);
		return [other, ours];
	} catch (error) {
		stdout.write(`${error instanceof Error ? error.message : error}\n`);
		return undefined;
	}
}

async function measureKind(other: Running, ours: Running, kind: Kind): Promise<Measured> {
	const sides = [other, ours].map((running) => ({ running, pool: createPool(running.url), costs: [] as number[] }));
	const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]];
	const answers = await Promise.all(sides.map(({ running }) => answerOf(running.url, kind)));
	for (const { running, pool } of sides) await warm(running, pool, kind);
	const begin = performance.now();
	await runSlice(a.pool, a.running.pid, { kind, headers: HEADERS, count: CONNECTIONS });
	const one = (performance.now() - begin) / CONNECTIONS;
	const count = Math.max(CONNECTIONS, Math.min(Number(flags.requests), Math.floor(SLICE_MS_MAX / one / 4)));
	for (let slice = 0; slice < Number(flags.slices); slice++) {
		for (const side of slice % 2 === 0 ? [a, b] : [b, a]) {
			side.costs.push(await runSlice(side.pool, side.running.pid, { kind, headers: HEADERS, count }));
		}
	}
	await Promise.all(sides.map(({ pool }) => pool.close()));
	const ratios = b.costs.map((cost, index) => cost / (a.costs[index] ?? Number.NaN));
	return {
		server: other.name,
		kind: kind.name,
		cost: medianOf(a.costs),
		ratio: medianOf(ratios),
		answer: answers[0] === answers[1] ? "the same" : `${answers[0]}, ours ${answers[1]}`,
	};
}

async function warm(running: Running, pool: ReturnType<typeof createPool>, kind: Kind): Promise<void> {
	const begin = performance.now();
	for (let sent = 0; sent < WARM_REQUESTS && performance.now() - begin < SLICE_MS_MAX; sent += 500) {
		await runSlice(pool, running.pid, { kind, headers: HEADERS, count: 500 });
	}
}

/** What is compared before anything is timed: the status and the shape of the body. */
async function answerOf(url: string, { method, path, body }: Kind): Promise<string> {
	const headers = { ...HEADERS, ...(body === undefined ? {} : { "content-type": "application/json" }) };
	const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
	const text = await response.text();
	return `${response.status} ${shapeOf(text)}`;
}

function shapeOf(text: string): string {
	try {
		const value = JSON.parse(text) as unknown;
		const first = Array.isArray(value) ? value[0] : value;
		const members = typeof first === "object" && first !== null ? Object.keys(first).length : 0;
		return Array.isArray(value) ? `${value.length} × ${members} members` : `${members} members`;
	} catch {
		return `${text.length} characters`;
	}
}

function rowOf({ server, kind, cost, ratio, answer }: Measured): string {
	const cell = ({ median, low, high }: Median, digits: number): string =>
		`${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
	return `| ${server} | ${kind} | ${cell(cost, 1)} | ${cell(ratio, 2)} | ${answer} |`;
}

function versionOf(name: string): string {
	try {
		const file = join(import.meta.dirname, "../peers/node_modules", name, "package.json");
		return `${name} ${(JSON.parse(readFileSync(file, "utf8")) as { version: string }).version}`;
	} catch {
		return `${name}, not installed`;
	}
}

function render(): string {
	const packages = ["@stoplight/prism-cli", "@scalar/mock-server", "@mockoon/cli", "openapi-backend", "json-server"];
	const [cpu] = cpus();
	const lines = [
		"# What a request costs",
		"",
		"Microseconds of processor time of the server's process for each request, and what Holdfast costs beside it. One document with one collection of ten typed properties behind an API key; 32 connections; medians with 95 % bounds over alternating slices (A B B A). Validation, state and access control are on. Made by `node bench/mock/measure.ts`.",
		"",
		`- ${flags.slices} slices of up to ${flags.requests} requests each; ${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}.`,
		`- ${packages.map(versionOf).join(" · ")}.`,
		"- *answer*: whether the status and the shape of the body are those of Holdfast, which was looked at before anything was timed.",
		"- *bare* is `node:http` with constants; *fastify* is a server written by hand with Fastify, Ajv and a Map.",
		"",
		"| server | request | µs | Holdfast ÷ it | answer |",
		"|---|---|---|---|---|",
		...measured.map(rowOf),
		"",
	];
	return lines.join("\n");
}
