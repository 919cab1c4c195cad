import type { Call } from "../model/call.ts";
import { effectWords } from "../model/claim.ts";
import { resourceActedOn } from "../model/effect.ts";
import { lawOf } from "../model/effect-laws.ts";
import { levelOf } from "../model/evidence.ts";
import type { Judgement } from "../model/judge.ts";
import { type Behaviour, behaviourOf } from "../model/model.ts";
import { isStatusAmong } from "../model/outcome.ts";
import { isAdoptable } from "./baseline.ts";
import { REFUSED_CHANGES_NOTHING } from "./blame.ts";
import { conform } from "./conform.ts";
import { type Desk, report } from "./desk.ts";
import type { Draft } from "./draft.ts";
import { type History, stepsOf } from "./history.ts";
import type { PlanInput } from "./plan/plan.ts";
import { flakiness, RERUNS, runAgain } from "./run-again.ts";
import type { Turn } from "./session.ts";
import { sharesSchema } from "./shared-schema.ts";
import type { Trace } from "./trace.ts";

interface Unexplained {
	readonly traces: readonly Trace[];
	/** Claims that an explanation has taken the blame for. */
	readonly blamed: ReadonlySet<string>;
}

/** What no rival explains is told as it was seen, once for each difference, after it was tried again. */
export async function reportUnexplained(desk: Desk, input: PlanInput, { traces, blamed }: Unexplained): Promise<void> {
	for (const trace of traces) {
		const contradiction = contradictionIn(trace);
		if (contradiction === undefined || isKnown(desk, contradiction, blamed)) continue;
		// What nothing explains in a list that everybody writes into, somebody else may have written.
		if (!desk.disposable && isAdoptable(desk, contradiction.call.operation)) continue;
		const draft = unnamed(desk, trace, contradiction);
		if (desk.findings.has(draft.cause)) report(desk, [draft]);
		else {
			const again = await runAgain(desk, input, trace.experiment);
			// What others wrote into a list while it was tried does not come back each time.
			if (trace.experiment.start === undefined || again === RERUNS) report(desk, [{ ...draft, ...flakiness(again) }]);
		}
	}
}

/** Where a sequence contradicts the model, as something that shrinking must keep; undefined where that is told elsewhere. */
export function placeOfContradiction(desk: Desk, trace: Trace): string | undefined {
	const contradiction = contradictionIn(trace);
	if (contradiction === undefined || isKnown(desk, contradiction, new Set())) return undefined;
	return unnamed(desk, trace, contradiction).cause;
}

interface Contradiction {
	/** The operation that the experiment is about has not been called yet. */
	readonly isSetUp: boolean;
	readonly turn: Turn;
	readonly call: Call;
	readonly status: number;
	readonly judgement: Rejection;
}

function contradictionIn({ experiment, judgement, history }: Trace): Contradiction | undefined {
	const turn = judgement.kind === "rejected" ? history.turns[judgement.at] : undefined;
	if (judgement.kind !== "rejected" || turn?.told === undefined) return undefined;
	const before = history.turns.slice(0, judgement.at + 1);
	const isSetUp = before.every(({ call }) => call.operation !== experiment.operation);
	return { isSetUp, turn, call: turn.call, status: turn.told.status, judgement };
}

/** Whether a contradiction is told, or excused, elsewhere. */
function isKnown(desk: Desk, contradiction: Contradiction, blamed: ReadonlySet<string>): boolean {
	const { isSetUp, turn, call, status, judgement } = contradiction;
	// A failure of the server is a finding of its own; here it only means that nothing was learned.
	if (status >= 500) return true;
	// What was never taken, with whatever body, may want what no document says; and what an experiment only needs and
	// does not get says nothing of the operation that it is about.
	if (status >= 400 && call.body !== undefined && (isSetUp || !desk.accepted.has(call.operation))) return true;
	if (isOfShape(desk, turn, judgement)) return true;
	const { guard } = judgement.expected;
	if (guard === undefined) return false;
	const claim = `${call.operation}/${guard.kind}${behaviourOf(desk.model, call.operation).guards.indexOf(guard)}`;
	// What is accepted by value is the business of the phase that tries values, where that has run.
	if (blamed.has(claim) || (guard.kind === "valid" && desk.decided.has(claim))) return true;
	// Whom a service does not know it may refuse in other words: 403, or 404 to tell nothing at all.
	return guard.kind === "credentials" && status >= 400;
}

/** An answer of another shape than documented is a finding of its own, whoever asked for it. */
function isOfShape({ model, validation }: Desk, turn: Turn, { mismatch }: Rejection): boolean {
	if (mismatch?.what !== "not-a-list" && mismatch?.what !== "not-an-object") return false;
	const drafts = conform(behaviourOf(model, turn.call.operation).operation, turn, validation);
	return drafts.some(({ rule }) => rule === "response-schema-conformance");
}

type Rejection = Extract<Judgement, { kind: "rejected" }>;

function unnamed(desk: Desk, { experiment, history }: Trace, { call, judgement }: Contradiction): Draft {
	const reader = behaviourOf(desk.model, call.operation);
	const tried = behaviourOf(desk.model, experiment.operation);
	const difference = describeMismatch(judgement);
	const [evidence] = tried.evidence;
	const leaked = isLeak(desk, history, judgement.at);
	return {
		rule: leaked ? "failed-write-changed-state" : "effect",
		level: isOwnValue(desk, history, judgement) ? "surprise" : levelOf(tried.evidence),
		operation: experiment.operation,
		documented: leaked ? REFUSED_CHANGES_NOTHING : effectWords(tried.effect),
		observed: leaked ? "applied in part" : `other: ${difference}`,
		message: `After these requests ${reader.operation.method} ${reader.operation.path} shows that ${difference}, and no known way of behaving explains it whole.`,
		...(evidence === undefined ? {} : { because: evidence.text }),
		source: evidence?.source ?? tried.operation.source,
		evidence: stepsOf(desk, history, judgement.at),
		suspects: [],
		cause: leaked ? `leak ${experiment.operation}` : `other ${placeOf(reader, judgement)}`,
	};
}

/** A field that is not as sent, of an item whose one schema serves for requests and answers, may be the service's own. */
function isOwnValue(desk: Desk, { turns }: History, { at, mismatch }: Rejection): boolean {
	const shown = turns[at]?.call.operation;
	if (shown === undefined || (mismatch?.what !== "differs" && mismatch?.what !== "unexpected")) return false;
	const reader = behaviourOf(desk.model, shown);
	const names = mismatch.pointer.slice(reader.answer.at.length).split("/");
	// An item too many is no field of one.
	if (!names.some((name) => name !== "" && !/^\d+$/.test(name))) return false;
	const writers = turns
		.slice(0, at + 1)
		.map(({ call }) => behaviourOf(desk.model, call.operation))
		.filter(({ effect }) => lawOf(effect).writes && resourceActedOn(effect) === resourceActedOn(reader.effect));
	return writers.some((writer) => sharesSchema(writer, reader));
}

/** One field of one resource that is not as it should be is one cause, whichever answer shows it. */
function placeOf({ operation, effect }: Behaviour, { mismatch }: Rejection): string {
	const field = mismatch?.pointer.replaceAll(/\/\d+/g, "").split("/").at(-1) ?? "";
	return `${resourceActedOn(effect) ?? operation.id} ${mismatch === undefined ? `${operation.id} status` : `${field} ${mismatch.what}`}`;
}

/**
 * The last write before the contradiction was refused, and something changed all the same: what is shown, or that it is
 * there. What a reader refuses for another reason tells of no change.
 */
function isLeak(desk: Desk, { turns }: History, at: number): boolean {
	const [shown, status = 0] = [turns[at]?.call.operation, turns[at]?.told?.status];
	if (shown !== undefined && status >= 400 && !meansAbsence(behaviourOf(desk.model, shown), status)) return false;
	const write = turns.slice(0, at).findLast(({ call }) => lawOf(behaviourOf(desk.model, call.operation).effect).writes);
	return write?.told !== undefined && write.told.status >= 400;
}

function meansAbsence({ guards }: Behaviour, status: number): boolean {
	const gone = guards.flatMap(({ kind, statuses }) => (kind === "exists" ? statuses : []));
	return isStatusAmong(gone.some((known) => /^\d+$/.test(known)) ? gone : ["404", "410"], status);
}

function describeMismatch({ mismatch, expected }: Extract<Judgement, { kind: "rejected" }>): string {
	if (mismatch === undefined) return `does not answer ${expected.statuses.join(" or ")}`;
	const at = mismatch.pointer === "" ? "the body" : mismatch.pointer.replaceAll(/\/\d+/g, "/*");
	const words = {
		differs: "differs",
		missing: "is missing",
		unexpected: "should not be there",
		"not-a-list": "is no list",
		"not-an-object": "is no object",
	} as const;
	return `${at} ${words[mismatch.what]}`;
}
