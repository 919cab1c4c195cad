import type { Exchange } from "../http/exchange.ts";
import type { Finding, OperationName } from "./finding.ts";
import type { PhaseName, PhaseResult, Run } from "./run.ts";

/** What a check tells while it runs. `check()` yields these; the last is always `finished`. */
export type CheckEvent =
	| {
			readonly kind: "started";
			readonly title: string;
			readonly version: string;
			readonly operations: number;
			readonly claims: { readonly documented: number; readonly conventional: number };
			readonly seed: number;
	  }
	| { readonly kind: "phase-started"; readonly phase: PhaseName; readonly planned?: number }
	| {
			readonly kind: "exchange";
			readonly phase: PhaseName;
			readonly operation: OperationName;
			readonly exchange: Exchange;
	  }
	| { readonly kind: "finding"; readonly phase: PhaseName; readonly finding: Finding }
	| { readonly kind: "note"; readonly text: string }
	/** Something was made that a request of this method and path takes away, or was taken away by one. */
	| {
			readonly kind: "made" | "gone";
			readonly method: string;
			readonly path: string;
			readonly as?: string;
			readonly headers?: Readonly<Record<string, string>>;
	  }
	| { readonly kind: "phase-finished"; readonly result: PhaseResult }
	| { readonly kind: "finished"; readonly run: Run };
