import { afterAll, describe, expect, test } from "vitest";
import { resourceActedOn } from "../../src/model/effect.ts";
import { behaviourOf, type Model } from "../../src/model/model.ts";
import { INTEGRA_FAULTS, type IntegraFault } from "../../src/reference/integra/faults.ts";
import { FAULT_HEADINGS, type FaultRow, faultRow, renderTable } from "../fault-table.ts";
import { checkIntegra, loadIntegra } from "./check-integra.ts";

/**
 * `FAULTS=all` plants every fault that the check is known to find, `FAULTS=a,b` these; without it one of each kind, since
 * a check takes seconds.
 */
const WANTED = (process.env.FAULTS ?? "").split(",").filter((name) => name !== "");
const FEW: readonly IntegraFault[] = ["batch-needs-no-scope", "limit-lets-one-more-through", "revoke-does-nothing"];
const FINDINGS_MAX = 4;
const TIME_MS_MAX = 120_000;

/** What the check does not find yet, with the reason; each shows in its witness all the same. */
const UNFOUND: Readonly<Partial<Record<IntegraFault, string>>> = {
	"scope-by-prefix": "found, but as a key for which any scope is enough",
	"notifications-replaced":
		"a service that fills in what was not sent of an object is not held to what stands inside of it",
	"limit-for-each-operation":
		"the burst calls one operation, and the others are tried only where they need nothing to be there",
	"revoked-key-lives-on": "which calls a revoked key reaches is planned, and stops where a value was never shown",
	"key-shown-again": "the document admits no further property: it is found as a breach of the schema",
	"key-listed-again": "the document admits no further property: it is found as a breach of the schema",
	"keys-of-all-organizations-listed": "no plan makes keys of two organizations",
	"usage-counts-refused-calls": "no law of the model counts calls",
	"usage-counts-everybody": "no law of the model counts calls",
	"usage-counts-only-writes": "no law of the model counts calls",
	"usage-counts-keys-that-are-left": "no law of the model counts calls",
	"users-list-drops-one": "it is taken for a page that begins one too late",
	"plan-not-stored": "the free plan in the place of another is told as a changed value",
	"plan-filter-ignored": "no plan makes organizations of two plans while nothing else moves",
	"created-organization-answers-200": "another success is a surprise, and no drift",
	"member-role-not-stored": "it is found, without a name",
	"role-change-ignored": "it is taken for a page that begins one too late",
	"members-total-counts-the-page": "no plan makes two members",
	"members-page-size-ignored": "no plan makes two members",
	"role-filter-ignored": "no plan makes members of two roles",
	"audit-drops-refused-calls": "it is found at another operation",
	"audit-organization-ignored": "what an entry of a log holds only the server knows",
	"audit-action-ignored": "what an entry of a log holds only the server knows",
	"audit-end-date-excluded": "what an entry of a log holds only the server knows",
	"audit-oldest-first": "nothing tells the order of a log that others write to as well",
};

const integra = await loadIntegra();
const table: FaultRow[] = [FAULT_HEADINGS];
const found = INTEGRA_FAULTS.filter(({ name }) => UNFOUND[name] === undefined);
const tried = WANTED[0] === "all" ? found : found.filter(({ name }) => (WANTED.length ? WANTED : FEW).includes(name));

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

	test("at least twenty faults are found as they declare", () => {
		expect(found.length).toBeGreaterThanOrEqual(20);
	});
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
