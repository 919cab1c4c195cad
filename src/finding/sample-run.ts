import type { Finding } from "./finding.ts";
import type { ClaimResult, Run } from "./run.ts";

/** A small run made by hand, for the tests of everything that reads runs. */
export const REPLACE_CIDS = { id: "replaceCids", method: "PUT", path: "/admin/apps/{app_id}/cids" } as const;
const READ_APP = { id: "readApp", method: "GET", path: "/admin/apps/{app_id}" } as const;

const PUT_HEADERS = { "x-admin-api-key": "«admin key»", "content-type": "application/json" };
const step = (body: string, answer: string): Finding["evidence"][number]["exchange"] => ({
	request: { method: "PUT", path: "/admin/apps/«app»/cids", headers: PUT_HEADERS, body },
	answer: { status: 200, headers: { "content-type": "application/json" }, body: answer },
	durationMs: 1.5,
});

export const DRIFT: Finding = {
	fingerprint: "3f9c1a",
	rule: "effect",
	level: "drift",
	operation: REPLACE_CIDS,
	documented: "replace",
	observed: "append",
	suspects: ["append"],
	message: "PUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.",
	because: "Replace the allow-list",
	source: { file: "spec/gateway/openapi.yaml", line: 173 },
	evidence: [
		{
			operation: "replaceCids",
			exchange: step('["1","2"]', '["1","2"]'),
			curl: "curl -g -X PUT 'http://target/admin/apps/«app»/cids' --data-raw '[\"1\",\"2\"]'",
			predicted: "1 2",
			observed: "1 2",
			parts: false,
		},
		{
			operation: "replaceCids",
			exchange: step('["2","3"]', '["1","2","3"]'),
			curl: "curl -g -X PUT 'http://target/admin/apps/«app»/cids' --data-raw '[\"2\",\"3\"]'",
			predicted: "2 3",
			observed: "1 2 3",
			parts: true,
		},
	],
	consequences: [],
	replay: "holdfast check --replay 3f9c1a",
	repair: {
		first: "service",
		overlay: `- target: $.paths['/admin/apps/{app_id}/cids'].put
  update: { x-holdfast: { effect: append } }
`,
		service: "Let PUT replace the whole set.",
	},
};

export const KNOWN: Finding = {
	...DRIFT,
	known: {
		reason: "The handler only adds.",
		owner: "gateway team",
		workaround: "DELETE each number first",
		since: "2026-11",
		source: { file: "contracts/gateway/known-drift.yaml", line: 5, column: 5 },
	},
};

const REPLACES: ClaimResult = {
	operation: REPLACE_CIDS,
	law: "replace",
	sentence: "replaces the set",
	level: "drift",
	evidence: [{ kind: "words", text: "Replace the allow-list", file: "spec/gateway/openapi.yaml", line: 173 }],
	verdict: "drift",
	reason: "3f9c1a",
	rivals: [
		{ name: "append", excluded: false },
		{ name: "ignore", excluded: true },
	],
};

export const AGREEING: ClaimResult = {
	operation: REPLACE_CIDS,
	law: "replace",
	sentence: "replaces the set",
	level: "drift",
	evidence: REPLACES.evidence,
	verdict: "agrees",
	rivals: REPLACES.rivals.map((rival) => ({ ...rival, excluded: true })),
};

export const UNDECIDED: ClaimResult = {
	operation: READ_APP,
	law: "capacity",
	sentence: "refuses when there is no outbound capacity",
	level: "surprise",
	evidence: [{ kind: "convention", text: "RFC 9110 15.6.4" }],
	verdict: "undecided",
	reason: "nothing here can exhaust it",
	rivals: [],
};

/** One drift, one undecided claim, one phase that did not run. */
export const SAMPLE: Run = {
	holdfast: "0.1.0",
	contract: {
		api: "gateway",
		title: "gateway admin API",
		version: "1.0",
		openapi: "3.1.0",
		file: "spec/gateway/openapi.yaml",
		operations: 2,
		authority: "document",
	},
	target: "http://127.0.0.1:8080",
	seed: 4711,
	phases: [
		{ name: "examples", exchanges: 18, durationMs: 104, findings: 0, ran: true },
		{ name: "experiments", exchanges: 96, durationMs: 312, findings: 1, ran: true },
		{ name: "sequences", exchanges: 0, durationMs: 0, findings: 0, ran: false, why: "not asked for" },
	],
	claims: [REPLACES, UNDECIDED],
	findings: [DRIFT],
	ledger: [],
	coverage: {
		operations: [
			{
				operation: REPLACE_CIDS,
				exchanges: 40,
				statuses: [
					{ status: "200", seen: 30 },
					{ status: "500", seen: 0 },
				],
			},
			{ operation: READ_APP, exchanges: 0, statuses: [], skipped: "excluded by --exclude" },
		],
	},
	notes: [],
};
