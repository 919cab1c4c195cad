import { writeFile } from "node:fs/promises";
import { FAULT_HEADINGS, faultRow, isExpected, renderTable } from "../../contracts/fault-table.ts";
import { checkGateway, loadGateway } from "../../contracts/gateway/check-gateway.ts";
import { readVersion } from "../../src/finding/version.ts";
import { GATEWAY_FAULTS } from "../../src/reference/gateway/faults.ts";

/**
 * The whole check against every planted fault of the gateway, and against the honest server: what is found, in how many
 * findings, exchanges and milliseconds. Writes `bench/gateway/RESULTS.md`.
 *
 * @example node bench/gateway/matrix.ts list-drops-last
 */
const only = process.argv.slice(2);
const gateway = await loadGateway();
const rows: (readonly string[])[] = [];
let found = 0;

async function measure(name: string, faults: readonly string[]): Promise<void> {
	const from = performance.now();
	const run = await checkGateway(gateway, { cidsPut: "replace", faults }, { settleMs: 200 });
	const fault = GATEWAY_FAULTS.find((one) => one.name === name);
	const took = String(Math.round(performance.now() - from));
	if (fault !== undefined && run.findings.some((finding) => isExpected(fault, finding))) found++;
	const nothing = run.findings.length === 0 ? "nothing" : run.findings.map(({ message }) => message).join(" ");
	const exchanges = run.phases.reduce((sum, phase) => sum + phase.exchanges, 0);
	const honest = ["(the honest server)", nothing, String(run.findings.length), String(exchanges)];
	rows.push([...(fault === undefined ? honest : faultRow(fault, run)), took]);
}

const chosen = GATEWAY_FAULTS.filter(({ name }) => only.length === 0 || only.includes(name));
await measure("", []);
for (const { name } of chosen) await measure(name, [name]);

const table = [[...FAULT_HEADINGS, "ms"], ...rows];
console.log(renderTable(table));
console.log(`${found} of ${chosen.length} planted faults are found as they declare`);

const lines = table.map((row) => `| ${row.join(" | ")} |`);
const rule = `|${table[0]?.map(() => "---").join("|")}|`;
const text = `# Planted faults of the gateway

The whole check (examples, values, experiments) against the reference with \`CIDS_PUT=replace\`, once for each planted
fault on top of it and once for the honest server. Written by \`node bench/gateway/matrix.ts\`.

holdfast ${readVersion()} · Node ${process.versions.node} · ${chosen.length} faults, ${found} found as they declare (rule, operation,
documented and observed compared for equality). Milliseconds are of one run on two shared cores, the first with a cold
start: they are an order of magnitude and no measurement.

${[lines[0], rule, ...lines.slice(1)].join("\n")}
`;
if (only.length === 0) await writeFile(new URL("RESULTS.md", import.meta.url), text);
process.exitCode = found === chosen.length ? 0 : 1;
