import { afterAll, describe, expect, test } from "vitest";
import { CONTROL_PLANE_FAULTS } from "../../src/reference/control-plane/faults.ts";
import { FAULT_HEADINGS, type FaultRow, faultRow, isExpected, renderTable } from "../fault-table.ts";
import { loadControlPlane } from "./check-control-plane.ts";
import { checkFault } from "./fault-run.ts";
import { NOT_TOLD } from "./untold-faults.ts";

/** `FAULTS=all` tries every one; a check of each takes some seconds. */
const isFull = process.env.FAULTS === "all";
const TIME_MS_MAX = 200_000;

/** One for each kind of law. */
const SAMPLE: ReadonlySet<string> = new Set([
	"project-of-other-tenant-shown",
	"redirects-not-stored",
	"project-patch-replaces",
	"long-names-accepted",
	"malformed-id-fails",
	"revoked-key-still-works",
	"invited-twice",
	"last-page-of-invitations-dropped",
	"viewer-creates-organizations",
	"half-token-accepted",
	"audit-misses-updates",
]);

const described = await loadControlPlane();
const table: FaultRow[] = [FAULT_HEADINGS];
const tried = CONTROL_PLANE_FAULTS.filter(({ name }) => isFull || SAMPLE.has(name));

describe("a planted fault", () => {
	test.each(tried.filter(({ name }) => !Object.hasOwn(NOT_TOLD, name)))(
		"$name is found: $expects.operation, documented $expects.documented, observed $expects.observed",
		{ timeout: TIME_MS_MAX },
		async (fault) => {
			const run = await checkFault(described, fault);
			table.push(faultRow(fault, run));
			const { rule, operation, documented, observed } = fault.expects;
			expect(
				run.findings.map((one) => ({ ...one, operation: one.operation.id })),
				`${run.findings.length} findings`,
			).toContainEqual(expect.objectContaining({ rule, operation, documented, observed }));
		},
	);

	// Who mends the kit or the document strikes the fault off the list.
	test.each(tried.filter(({ name }) => Object.hasOwn(NOT_TOLD, name)))(
		"$name is not told as it is declared, and the list says why",
		{ timeout: TIME_MS_MAX },
		async (fault) => {
			const run = await checkFault(described, fault);
			table.push(faultRow(fault, run));
			expect(run.findings.some((finding) => isExpected(fault, finding))).toBe(false);
		},
	);
});

test("every fault of the list is planted", () => {
	const names = CONTROL_PLANE_FAULTS.map(({ name }) => name);
	expect([...Object.keys(NOT_TOLD), ...SAMPLE].filter((name) => !names.includes(name))).toEqual([]);
});

afterAll(() => console.log(renderTable(table)));
