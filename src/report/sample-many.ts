import type { Finding, OperationName } from "../finding/finding.ts";
import { fingerprint } from "../finding/fingerprint.ts";
import { RULES, type Rule } from "../finding/rule.ts";
import type { ClaimResult, Run } from "../finding/run.ts";
import { DRIFT, SAMPLE } from "../finding/sample-run.ts";

/** A run as large as the largest that is checked, for the tests of what has to stay fast. */
export function manyRun(sizes: { readonly operations: number; readonly findings: number }): Run {
	const operations = Array.from({ length: sizes.operations }, (_, index): OperationName => operationAt(index));
	const rules = Object.keys(RULES) as readonly Rule[];
	const findings = Array.from({ length: sizes.findings }, (_, index): Finding => {
		const operation = operations[index % operations.length] as OperationName;
		const rule = rules[index % rules.length] as Rule;
		const identity = { rule, operation, subject: `field ${index}`, documented: "replace", observed: `append ${index}` };
		const known = { reason: "looked at", source: { file: "known-drift.yaml", line: index + 2 } };
		return {
			...DRIFT,
			...identity,
			fingerprint: fingerprint(identity),
			level: index % 3 === 0 ? "surprise" : "drift",
			...(index % 5 === 0 ? { known } : {}),
			...(index % 11 === 1 ? { flaky: { seen: 1, runs: 4 } } : {}),
		};
	});
	return {
		...SAMPLE,
		contract: { ...SAMPLE.contract, operations: sizes.operations },
		claims: operations.flatMap(claimsAt),
		findings,
		coverage: {
			operations: operations.map((operation) => ({
				operation,
				exchanges: 12,
				statuses: ["200", "400", "401", "404", "500"].map((status, index) => ({ status, seen: index % 3 })),
				parameters: ["limit", "offset", "sort"].map((name, index) => ({ in: "query", name, sent: index })),
			})),
		},
	};
}

function operationAt(index: number): OperationName {
	const method = ["GET", "POST", "PUT", "DELETE"][index % 4] ?? "GET";
	const path = `/tenants/{tenant_id}/collection-${Math.floor(index / 4)}/items/{item_id}`;
	return { id: `operation${index}`, method, path };
}

const LAWS = ["replace", "credentials", "exists", "valid", "pager", "filter", "sort", "rate"];

function claimsAt(operation: OperationName, index: number): readonly ClaimResult[] {
	return LAWS.map((law, at): ClaimResult => {
		const isOpen = (index + at) % 7 === 0;
		return {
			operation,
			law,
			sentence: `keeps the promise of ${law}`,
			level: "drift",
			evidence: [{ kind: "words", text: "Replace the allow-list", file: "spec/gateway/openapi.yaml", line: 173 }],
			verdict: isOpen ? "undecided" : "agrees",
			...(isOpen ? { reason: `nothing here can show ${law}` } : {}),
			rivals: ["append", "merge", "ignore"].map((name) => ({ name, excluded: !isOpen })),
		};
	});
}
