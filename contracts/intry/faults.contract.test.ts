import { afterAll, beforeAll, expect, test } from "vitest";
import { resourceActedOn } from "../../src/model/effect.ts";
import { behaviourOf, type Model } from "../../src/model/model.ts";
import type { Database } from "../../src/reference/database/database.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { INTRY_FAULTS } from "../../src/reference/intry/faults.ts";
import { FAULT_HEADINGS, type FaultRow, faultRow, renderTable } from "../fault-table.ts";
import { checkIntry, loadIntry } from "./check-intry.ts";

const FINDINGS_MAX = 4;
/** Those that find planted faults by plan; the random ones are for what nobody planned. */
const PHASES = ["examples", "values", "experiments"] as const;
/** `FAULTS=all` tries each of them; a few show that it works. */
const TRIED = process.env.FAULTS === "all" ? INTRY_FAULTS : INTRY_FAULTS.filter((_, index) => index % 10 === 0);
const TIME_MS_MAX = 200_000;
const intry = await loadIntry();
const table: FaultRow[] = [FAULT_HEADINGS];

let database: Database;
beforeAll(async () => {
	database = await openSampleDatabase();
});
afterAll(async () => {
	await database.close();
	console.log(renderTable(table));
});

test.each(TRIED)(
	"$name is found: $expects.operation, documented $expects.documented, observed $expects.observed",
	{ timeout: TIME_MS_MAX },
	async (fault) => {
		const { name, expects } = fault;
		const operations = operationsBeside(intry.model, expects.operation);
		const options = { operations, phases: PHASES, settleMs: 100 };
		const run = await checkIntry(intry, { faults: [name], database }, options);
		const found = run.findings.map(({ rule, operation, documented, observed }) => {
			return { rule, operation: operation.id, documented, observed };
		});
		table.push(faultRow(fault, run));
		expect(found).toContainEqual(expects);
		expect(found.length).toBeLessThanOrEqual(FINDINGS_MAX);
	},
);

/** The operations that act on the same resource; on one that refers to it, too, where the fault is about a removal. */
function operationsBeside(model: Model, operation: string): readonly string[] {
	const { effect } = behaviourOf(model, operation);
	const own = resourceActedOn(effect);
	if (own === undefined) return [operation];
	const referring = [...model.resources.values()].filter(({ refers }) =>
		[...(refers ?? [])].some(([, { resource }]) => resource === own),
	);
	const names = new Set([own, ...(effect.kind === "remove" ? referring.map(({ name }) => name) : [])]);
	return [...model.behaviours].flatMap(([id, { effect: one }]) => (names.has(resourceActedOn(one) ?? "") ? [id] : []));
}
