import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { type Comparison, compareRuns, type Standing } from "../finding/compare-runs.ts";
import { failsRun, type Strictness } from "../finding/exit-code.ts";
import type { Finding } from "../finding/finding.ts";
import { RULES, type Rule } from "../finding/rule.ts";
import type { Run } from "../finding/run.ts";
import type { Place } from "../problem/source.ts";
import { proofRows } from "./proof.ts";
import { sidesOf } from "./sides.ts";
import { sortFindings } from "./summary.ts";

export interface SarifOptions extends Strictness {
	/** Earlier runs: each result then says whether it is new, as before, changed or absent. */
	readonly since?: readonly Run[];
}

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * The run as SARIF 2.1.0 (OASIS), as code scanning reads it: a result per finding, at the line of the document that says
 * otherwise. What fails the run is an error; what the ledger knows is suppressed, with its reason.
 *
 * @example await writeFile("reports/gateway/results.sarif", renderSarif(run))
 */
export function renderSarif(run: Run, { since, ...strictness }: SarifOptions = {}): string {
	const before = since?.find(({ contract }) => contract.api === run.contract.api);
	const comparison = compareRuns(run, before);
	const rules = [
		...new Set([...run.findings, ...comparison.gone.map(({ finding }) => finding)].map(({ rule }) => rule)),
	];
	const log = {
		$schema: SCHEMA,
		version: "2.1.0",
		runs: [
			{
				tool: {
					driver: {
						name: "Holdfast",
						semanticVersion: run.holdfast,
						rules: rules.toSorted().map(ruleOf),
					},
				},
				automationDetails: { id: `holdfast/${run.contract.api}/` },
				columnKind: "utf16CodeUnits",
				results: resultsOf(comparison, rules.toSorted(), strictness),
			},
		],
	};
	return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: Rule): object {
	const { sentence, looks, level, otherwise } = RULES[id];
	return {
		id,
		shortDescription: { text: sentence },
		fullDescription: { text: looks },
		help: { text: `${level} When the service is right: ${otherwise}` },
	};
}

function resultsOf(comparison: Comparison, rules: readonly Rule[], strictness: Strictness): readonly object[] {
	const { run, since, findings, gone } = comparison;
	const standings = new Map(findings.map(({ finding, standing }) => [finding, standing]));
	const results = sortFindings(run).map((finding) => {
		const state =
			since === undefined ? {} : { baselineState: stateOf(standings.get(finding) ?? "new", finding, since) };
		return { ...resultOf(run, finding, rules), level: levelOf(finding, strictness), ...state };
	});
	const absent = gone
		.filter(({ decided }) => decided)
		.map(({ finding }) => ({ ...resultOf(run, finding, rules), level: "none", baselineState: "absent" }));
	return [...results, ...absent];
}

function levelOf(finding: Finding, strictness: Strictness): "error" | "warning" | "note" {
	if (failsRun(finding, strictness)) return "error";
	return finding.known !== undefined || finding.level === "suggestion" ? "note" : "warning";
}

function stateOf(standing: Standing, finding: Finding, since: Run): "new" | "unchanged" | "updated" {
	if (standing === "grown") return "updated";
	const isOld = since.findings.some(({ fingerprint }) => fingerprint === finding.fingerprint);
	return isOld ? "unchanged" : "new";
}

function resultOf(run: Run, finding: Finding, rules: readonly Rule[]): object {
	const { operation, documented, observed, message, rule, fingerprint, known, replay, subject, suspects } = finding;
	const sides = sidesOf(finding);
	return {
		ruleId: rule,
		ruleIndex: rules.indexOf(rule),
		message: {
			text: `${operation.method} ${operation.path}: ${sides.documented} ${documented}, ${sides.observed} ${observed}. ${message}`,
		},
		locations: [
			{
				physicalLocation: physicalOf(finding.source),
				logicalLocations: [
					{ fullyQualifiedName: `${operation.method} ${operation.path}`, name: operation.id, kind: "function" },
				],
			},
		],
		partialFingerprints: { "holdfast/v1": fingerprint },
		...codeFlows(run, finding),
		...(known === undefined
			? {}
			: { suppressions: [{ kind: "external", status: "accepted", justification: known.reason }] }),
		properties: { documented, observed, ...(subject === undefined ? {} : { subject }), suspects, replay },
	};
}

function physicalOf({ file, line, column }: Place): object {
	const region =
		line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
	return { artifactLocation: locationOf(file), ...region };
}

/** A relative path is one from the root of the sources; others say where they are by themselves. */
function locationOf(file: string): object {
	if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return { uri: file };
	if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
	const path = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
	return { uri: path, uriBaseId: "%SRCROOT%" };
}

/** The proof, step by step. */
function codeFlows(run: Run, finding: Finding): object {
	const rows = proofRows(run, finding);
	if (rows.length === 0) return {};
	const locations = rows.map(({ request, body, predicted, observed, difference }) => {
		const sent = `${request.method} ${request.path}${body === undefined ? "" : ` ${body}`}`;
		const text = `${sent} · docs predict ${predicted === "" ? "nothing" : predicted} · service shows ${observed}`;
		return { location: { message: { text } }, importance: difference === undefined ? "important" : "essential" };
	});
	return { codeFlows: [{ threadFlows: [{ locations }] }] };
}
