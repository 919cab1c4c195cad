import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { loadContract } from "../../src/contract/load.ts";
import { createMock, type Mock } from "../../src/mock/mock.ts";
import { inferModel } from "../../src/model/infer.ts";
import { benchDocument, KEY, sampleItem } from "./document.ts";
import { medianOf } from "./statistics.ts";

/**
 * What a page costs when a collection holds very much, and how much memory an item takes beside its JSON. The items are
 * posted to a mock in this process.
 *
 *   node --expose-gc bench/mock/million.ts [--items 1000000]
 *
 * Exits with 1 when a page of the large collection costs more than twice what one of a hundred items costs, or an item
 * takes more than twice its JSON.
 */
const { values: flags } = parseArgs({ options: { items: { type: "string", default: "1000000" } } });
const SMALL = 100;
const LIMIT = 20;
const ROUNDS = 200;
const RATIO_MAX = 2;

interface Order {
	readonly name: string;
	readonly query: string;
}

const ORDERS: readonly Order[] = [
	{ name: "in the order of creation", query: "" },
	{ name: "the newest first", query: "sort=-created_at" },
	{ name: "in the order of keys", query: "sort=id" },
	{ name: "against the order of keys", query: "sort=-id" },
];

const large = Number(flags.items);
const gc = globalThis.gc ?? (() => undefined);
const small = await filled(SMALL);
gc();
const before = process.memoryUsage().heapUsed;
const begin = performance.now();
const mock = await filled(large);
const seconds = (performance.now() - begin) / 1_000;
gc();
const bytes = (process.memoryUsage().heapUsed - before) / large;
const jsonBytes = Buffer.byteLength(pageOf(mock, "").slice(1, -1)) / LIMIT;
stdout.write(
	`${large.toLocaleString("en")} items posted in ${seconds.toFixed(1)} s, ${Math.round(bytes)} bytes each (JSON ${Math.round(jsonBytes)}): ${(bytes / jsonBytes).toFixed(2)} ×\n\n`,
);
stdout.write(`| page of ${LIMIT} | of ${SMALL} | of ${large.toLocaleString("en")} | × |\n|---|---|---|---|\n`);
let worst = 0;
for (const { name, query } of ORDERS) {
	for (const where of ["at the start", "in the middle", "after a write"] as const) {
		const costs = [costOf(small, SMALL, query, where), costOf(mock, large, query, where)] as const;
		const ratio = costs[1] / costs[0];
		worst = Math.max(worst, ratio);
		stdout.write(
			`| ${name}, ${where} | ${costs[0].toFixed(1)} µs | ${costs[1].toFixed(1)} µs | ${ratio.toFixed(2)} |\n`,
		);
	}
}
process.exit(worst <= RATIO_MAX && bytes <= RATIO_MAX * jsonBytes ? 0 : 1);

/** A mock with so many items, by the same way as any client fills one. */
async function filled(count: number): Promise<Mock> {
	const file = join(mkdtempSync(join(tmpdir(), "holdfast-million-")), "openapi.json");
	writeFileSync(file, JSON.stringify(pagedDocument()));
	const contract = await loadContract({ spec: file });
	const made = createMock({ contract, model: inferModel(contract), identities: { key: KEY } });
	for (let index = 0; index < count; index++) post(made, index);
	return made;
}

function post(made: Mock, index: number): void {
	const body = JSON.stringify(sampleItem(index));
	const headers = { "x-api-key": KEY, "content-type": "application/json", host: "mock" };
	const answer = made.service.answer({ method: "POST", path: "/items", headers, body });
	if (answer instanceof Promise || answer.status !== 201) throw new Error("an item was not made");
}

function pageOf(made: Mock, query: string): string {
	const headers = { "x-api-key": KEY, host: "mock" };
	const answer = made.service.answer({ method: "GET", path: `/items?limit=${LIMIT}&${query}`, headers });
	if (answer instanceof Promise || answer.status !== 200 || typeof answer.body !== "string")
		throw new Error(`a page was not shown: ${JSON.stringify(answer)}`);
	return answer.body;
}

/** The median in microseconds; each page is another, so that nothing is remembered of it. */
function costOf(made: Mock, count: number, query: string, where: "at the start" | "in the middle" | "after a write") {
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		if (where === "after a write") post(made, round);
		const offset = where === "in the middle" ? Math.floor(count / 2) + (round % LIMIT) : round % LIMIT;
		const start = performance.now();
		pageOf(made, `${query}&offset=${offset}`);
		times.push((performance.now() - start) * 1_000);
	}
	return medianOf(times.slice(ROUNDS / 4)).median;
}

/** The document of this bench with a list in parts and in an order. */
function pagedDocument(): object {
	const document = structuredClone(benchDocument(0)) as {
		paths: { "/items": { get: { parameters?: unknown } } };
		components: { schemas: { Item: { properties: Record<string, unknown> } } };
	};
	const integer = { type: "integer", minimum: 0 };
	document.components.schemas.Item.properties.created_at = { type: "string", format: "date-time", readOnly: true };
	document.paths["/items"].get.parameters = [
		{ name: "limit", in: "query", schema: { ...integer, maximum: 100 } },
		{ name: "offset", in: "query", schema: integer },
		{
			name: "sort",
			in: "query",
			description: "Sort by a field; a minus in front reverses the order.",
			schema: { type: "string", enum: ["id", "-id", "created_at", "-created_at"] },
		},
	];
	return document;
}
