import { type CheckOptions, check } from "../../src/check/run.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { CheckEvent } from "../../src/finding/event.ts";
import type { Level } from "../../src/finding/finding.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import { lineOf, type Started, type Subject } from "./subject.ts";

/** What a check says of a subject. */
export interface Measured {
	readonly findings: readonly { readonly phase: string; readonly level: Level; readonly line: string }[];
	readonly exchanges: number;
	readonly ms: number;
}

const SETTLE_MS = 300;

/** Checks a subject that runs, all phases in one run. */
export async function measureHoldfast(subject: Subject, started: Started): Promise<Measured> {
	const from = performance.now();
	const phases = new Map<string, string>();
	let run: Run | undefined;
	for await (const event of checkSubject(subject, started.url)) {
		if (event.kind === "finding") phases.set(lineOf(event.finding), event.phase);
		if (event.kind === "finished") run = event.run;
	}
	if (run === undefined) throw new Error("the check ended without a run");
	return {
		findings: run.findings.map((finding) => {
			const line = lineOf(finding);
			return { phase: phases.get(line) ?? "", level: finding.level, line };
		}),
		exchanges: run.phases.reduce((sum, { exchanges }) => sum + exchanges, 0),
		ms: Math.round(performance.now() - from),
	};
}

/** The events of a check of a subject at a URL. */
export async function* checkSubject(
	{ spec, overlays, family, options }: Subject,
	target: string,
	more: Partial<CheckOptions> = {},
): AsyncGenerator<CheckEvent, void> {
	const contract = await loadContract({ spec, overlays });
	const fixed = { contract, model: inferModel(contract), target, api: family, runId: "hfdrift", settleMs: SETTLE_MS };
	yield* check({ ...fixed, ...options, ...more });
}
