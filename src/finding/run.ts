import type { Finding, OperationName } from "./finding.ts";

/** A finished run: what `run.json` holds and every report is rendered from. Its JSON Schema is `run-schema.json`. */
export interface Run {
	/** Version of the kit. */
	readonly holdfast: string;
	readonly contract: ContractName;
	readonly target: string;
	/** Docs pages that were held against the contract, when that is what was run. */
	readonly pages?: readonly string[];
	readonly seed: number;
	/** What stands in every key that the run chose: the one part of them that is new each time. */
	readonly marker?: string;
	readonly phases: readonly PhaseResult[];
	readonly claims: readonly ClaimResult[];
	readonly findings: readonly Finding[];
	/** Ledger entries whose claim agrees in this run, or that are past their date. */
	readonly ledger: readonly LedgerNote[];
	readonly coverage: Coverage;
	/** What was learned or could not be done, in sentences. */
	readonly notes: readonly string[];
}

export interface ContractName {
	/** Short name of the API: the folder or the key in the configuration. */
	readonly api: string;
	readonly title: string;
	readonly version: string;
	readonly openapi: string;
	readonly file: string;
	/** Overlays over it, in their order. */
	readonly overlays?: readonly string[];
	readonly operations: number;
	readonly authority: "document" | "service";
}

/** The last two are of `holdfast docs`: what pages say, and the requests that they show. */
export type PhaseName =
	| "examples"
	| "values"
	| "experiments"
	| "sequences"
	| "limits"
	| "concurrency"
	| "pages"
	| "requests";

export type PhaseResult = {
	readonly name: PhaseName;
	readonly exchanges: number;
	readonly durationMs: number;
	readonly findings: number;
} & ({ readonly ran: true } | { readonly ran: false; readonly why: string });

export type Verdict = "agrees" | "drift" | "undecided";

export interface ClaimResult {
	readonly operation: OperationName;
	readonly law: string;
	readonly sentence: string;
	readonly level: "drift" | "surprise";
	readonly evidence: readonly EvidenceLine[];
	readonly verdict: Verdict;
	/** Why it is undecided, or which finding contradicts it. */
	readonly reason?: string;
	readonly rivals: readonly RivalResult[];
}

export interface RivalResult {
	readonly name: string;
	readonly excluded: boolean;
	/** Why nothing could exclude it. */
	readonly reason?: string;
}

export interface EvidenceLine {
	readonly kind: "overlay" | "words" | "schema" | "links" | "convention";
	/** Quoted words, or the fact in short. */
	readonly text: string;
	readonly file?: string;
	readonly line?: number;
}

export interface LedgerNote {
	readonly kind: "stale" | "expired" | "undecided";
	readonly message: string;
	readonly file: string;
	readonly line?: number;
}

export interface Coverage {
	readonly operations: readonly OperationCoverage[];
}

export interface OperationCoverage {
	readonly operation: OperationName;
	readonly exchanges: number;
	/** Documented statuses, and whether each was seen. */
	readonly statuses: readonly { readonly status: string; readonly seen: number }[];
	/** Documented parameters and properties of a JSON body, and how many requests carried each. */
	readonly parameters?: readonly ParameterCoverage[];
	/** Why it was not exercised, when it was not. */
	readonly skipped?: string;
}

export interface ParameterCoverage {
	readonly in: "path" | "query" | "header" | "cookie" | "querystring" | "body";
	readonly name: string;
	readonly sent: number;
}
