import { afterAll, describe, expect, test } from "vitest";
import { resourceActedOn } from "../../src/model/effect.ts";
import { behaviourOf, type Model } from "../../src/model/model.ts";
import { INTEGRA_FAULTS, type IntegraFault } from "../../src/reference/integra/faults.ts";
import { FAULT_HEADINGS, type FaultRow, faultRow, renderTable } from "../fault-table.ts";
import { checkIntegra, loadIntegra } from "./check-integra.ts";

/** `FAULTS=all` plants every fault, `FAULTS=a,b` these; without it one of each kind, since a check takes seconds. */
const WANTED = (process.env.FAULTS ?? "").split(",").filter((name) => name !== "");
const FEW: readonly IntegraFault[] = [
	"audit-action-ignored",
	"limit-lets-one-more-through",
	"revoke-does-nothing",
	"usage-counts-refused-calls",
];
/** What the check does not find beside its other work, with the reason; it shows in its witness all the same. */
const UNFOUND: Readonly<Partial<Record<IntegraFault, string>>> = {
	"keys-of-all-organizations-listed": "it is found when the list is tried alone, and not beside what makes keys",
};
const FINDINGS_MAX = 4;
const TIME_MS_MAX = 120_000;

const integra = await loadIntegra();
const table: FaultRow[] = [FAULT_HEADINGS];
const chosen = WANTED.length === 0 ? FEW : WANTED;
const found = INTEGRA_FAULTS.filter(({ name }) => UNFOUND[name] === undefined);
const tried = found.filter(({ name }) => WANTED[0] === "all" || chosen.includes(name));

describe("under the check", () => {
	test.each(tried)(
		"$name is found: $expects.operation, documented $expects.documented, observed $expects.observed",
		{ timeout: TIME_MS_MAX },
		async (fault) => {
			const operations = operationsBeside(integra.model, fault.expects.operation);
			const run = await checkIntegra(integra, { faults: [fault.name] }, { operations });
			table.push(faultRow(fault, run));
			const told = run.findings.map(({ rule, operation, documented, observed }) => {
				return { rule, operation: operation.id, documented, observed };
			});
			expect(told).toContainEqual(fault.expects);
			expect(told.length).toBeLessThanOrEqual(FINDINGS_MAX);
		},
	);
});

afterAll(() => console.log(renderTable(table)));

/** The operations that act on the same resource, else the operation alone. */
function operationsBeside(model: Model, operation: string): readonly string[] {
	const resource = resourceActedOn(behaviourOf(model, operation).effect);
	if (resource === undefined) return [operation];
	return [...model.behaviours]
		.filter(([, behaviour]) => resourceActedOn(behaviour.effect) === resource)
		.map(([id]) => id);
}
