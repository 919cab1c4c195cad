import { afterAll, expect, test } from "vitest";
import { resourceActedOn } from "../../src/model/effect.ts";
import { behaviourOf, type Model } from "../../src/model/model.ts";
import { GATEWAY_FAULTS } from "../../src/reference/gateway/faults.ts";
import { FAULT_HEADINGS, type FaultRow, faultRow, renderTable } from "../fault-table.ts";
import { checkGateway, loadGateway } from "./check-gateway.ts";

const FINDINGS_MAX = 3;
const gateway = await loadGateway();
const table: FaultRow[] = [FAULT_HEADINGS];

/** An error that is listed is made elsewhere: these faults need one more operation to show. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = { "recent-errors-holds-client-errors": ["getApp"] };

test.each(GATEWAY_FAULTS)(
	"$name is found: $expects.operation, documented $expects.documented, observed $expects.observed",
	async (fault) => {
		const { name, expects } = fault;
		const operations = [...operationsBeside(gateway.model, expects.operation), ...(ELSEWHERE[name] ?? [])];
		const run = await checkGateway(gateway, { cidsPut: "replace", faults: [name] }, { operations, settleMs: 100 });
		const found = run.findings.map(({ rule, operation, documented, observed }) => {
			return { rule, operation: operation.id, documented, observed };
		});
		table.push(faultRow(fault, run));
		expect(found).toContainEqual(expects);
		expect(found.length).toBeLessThanOrEqual(FINDINGS_MAX);
	},
);

afterAll(() => console.log(renderTable(table)));

/** The operations that act on the same resource, else the operation alone. */
function operationsBeside(model: Model, operation: string): readonly string[] {
	const resource = resourceActedOn(behaviourOf(model, operation).effect);
	if (resource === undefined) return [operation];
	return [...model.behaviours]
		.filter(([, behaviour]) => resourceActedOn(behaviour.effect) === resource)
		.map(([id]) => id);
}
