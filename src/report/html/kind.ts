import type { Stood } from "../../finding/compare-runs.ts";
import type { Rule } from "../../finding/rule.ts";
import type { ClaimResult, OperationCoverage, Run } from "../../finding/run.ts";
import type { Mark } from "./mark.ts";

/** The columns of the map: what can be claimed of an operation, in kinds that a person has a word for. */
const KINDS = [
	{ id: "effect", title: "effect", means: "what it does to its resource, and what it shows of it" },
	{ id: "access", title: "access", means: "credentials, scopes, and what belongs to whom" },
	{ id: "guards", title: "guards", means: "what must be there, unique, or in a certain state" },
	{ id: "input", title: "input", means: "valid input is taken, and invalid input refused" },
	{ id: "lists", title: "lists", means: "paging, filters, search and order" },
	{ id: "limits", title: "limits", means: "quotas and rate limits" },
	{ id: "shape", title: "shape", means: "status, media type, headers, body and examples" },
	{ id: "races", title: "races", means: "requests at the same time" },
	{ id: "pages", title: "pages", means: "what docs pages say of it" },
] as const;

export type KindId = (typeof KINDS)[number]["id"];

const BY_LAW: Readonly<Record<string, KindId>> = {
	credentials: "access",
	scope: "access",
	partition: "access",
	exists: "guards",
	frozen: "guards",
	keep: "guards",
	member: "guards",
	records: "guards",
	refers: "guards",
	unique: "guards",
	unused: "guards",
	when: "guards",
	valid: "input",
	filter: "lists",
	pager: "lists",
	search: "lists",
	sort: "lists",
	limit: "limits",
	rate: "limits",
};

const BY_RULE: Readonly<Record<Rule, KindId>> = {
	"not-a-server-error": "shape",
	"status-code-conformance": "shape",
	"content-type-conformance": "shape",
	"response-headers-conformance": "shape",
	"response-schema-conformance": "shape",
	"negative-data-rejection": "input",
	"positive-data-acceptance": "input",
	"missing-required-header": "input",
	"unsupported-method": "shape",
	"allow-header-conformance": "shape",
	"use-after-free": "effect",
	"ensure-resource-availability": "effect",
	"ignored-auth": "access",
	effect: "effect",
	guard: "guards",
	paging: "lists",
	filter: "lists",
	sort: "lists",
	"scope-ignored": "access",
	"tenant-leak": "access",
	"reveal-once": "effect",
	"failed-write-changed-state": "effect",
	"rate-limit": "limits",
	race: "races",
	"example-conformance": "shape",
	"response-time": "shape",
	"undocumented-field": "shape",
	"page-answer": "pages",
	"page-endpoint": "pages",
	"page-example": "pages",
	"page-field": "pages",
	"page-parameter": "pages",
	"page-request": "pages",
	"page-sentence": "pages",
	"page-status": "pages",
};

/** The columns that a run has something to say in: pages, or a service. */
export function kindsOf({ pages }: Pick<Run, "pages">): readonly (typeof KINDS)[number][] {
	return KINDS.filter(({ id }) => (id === "pages") === (pages !== undefined));
}

/** What a law is about that no table names yet is an effect: they are the most. */
export function kindOfLaw(law: string): KindId {
	return BY_LAW[law] ?? "effect";
}

export interface Cell {
	readonly mark: Mark;
	/** How many claims stand behind it. */
	readonly count: number;
}

export interface CellInput {
	readonly claims: readonly ClaimResult[];
	readonly findings: readonly Stood[];
	readonly coverage: OperationCoverage;
}

/** One row of the map: of each kind the worst that is to be said of it. */
export function cellsOf({ claims, findings, coverage }: CellInput): ReadonlyMap<KindId, Cell> {
	const cells = new Map<KindId, Cell>();
	for (const { id } of KINDS) {
		const own = claims.filter(({ law }) => kindOfLaw(law) === id);
		const marks = [
			...findings.filter(({ finding }) => BY_RULE[finding.rule] === id).map(markOfFinding),
			...own.map((claim) => markOfClaim(claim, findings)),
		];
		const count = Math.max(own.length, marks.length === 0 ? 0 : 1);
		cells.set(id, { mark: worst(marks) ?? (id === "shape" ? shapeMark(coverage) : "silent"), count });
	}
	return cells;
}

const ORDER: readonly Mark[] = ["drift", "surprise", "known", "undecided", "agrees"];

function worst(marks: readonly Mark[]): Mark | undefined {
	return ORDER.find((mark) => marks.includes(mark));
}

function markOfFinding({ finding }: Stood): Mark {
	if (finding.known !== undefined) return "known";
	return finding.level === "drift" ? "drift" : "surprise";
}

/** A claim that a known finding contradicts is a known drift. */
function markOfClaim({ verdict, reason = "" }: ClaimResult, findings: readonly Stood[]): Mark {
	if (verdict !== "drift") return verdict;
	const own = findings.filter(({ finding }) => reason.includes(finding.fingerprint));
	const told = own.length > 0 ? own : findings;
	return told.length > 0 && told.every(({ finding }) => finding.known !== undefined) ? "known" : "drift";
}

/** Every answer is held against its documented shape: where something was answered and nothing found, it agrees. */
function shapeMark({ exchanges }: OperationCoverage): Mark {
	return exchanges > 0 ? "agrees" : "undecided";
}
