import type { Operation } from "../contract/contract.ts";
import { levelOf } from "../model/evidence.ts";
import type { Guard } from "../model/guard.ts";
import { type Behaviour, behaviourOf } from "../model/model.ts";
import { isStatusAmong } from "../model/outcome.ts";
import { stepOf } from "./conform.ts";
import type { Desk } from "./desk.ts";
import type { Draft } from "./draft.ts";
import type { Turn } from "./session.ts";
import type { Trial } from "./value-trial.ts";

/** A trial and what came of it. */
export interface Tried {
	readonly trial: Trial;
	readonly turn: Turn;
}

/** So many different rules that are all broken unpunished are one: nothing is looked at. */
const WHOLESALE_MIN = 4;

/**
 * A refusal of the edge contradicts the document, and so does the acceptance of what lies beyond; every other answer
 * decides nothing. Where no rule at all is looked at it is one finding.
 */
export function judgeTrials(desk: Desk, operation: Operation, tried: readonly Tried[]): readonly Draft[] {
	const behaviour = behaviourOf(desk.model, operation.id);
	const refused = tried.filter(({ trial, turn }) => trial.valid && isRefused(behaviour, { trial, turn }));
	const beyond = tried.filter(({ trial }) => !trial.valid && !isNothingRemoved(behaviour, trial));
	const accepted = beyond.filter(({ turn }) => isAccepted(turn));
	const positive = refused.map((one): Draft => {
		const observed = `refused with ${statusOf(one.turn)}`;
		const draft = draftOf(operation, { ...one, rule: "positive-data-acceptance", observed });
		// That a text may be empty where no length is documented, a document says by its silence only.
		return one.trial.implied === true ? { ...draft, level: "surprise" } : draft;
	});
	const level = levelOf(guardOf(behaviour)?.evidence ?? []);
	const negative = accepted.map((one) => {
		const rule = one.trial.rule ?? "negative-data-rejection";
		return { ...draftOf(operation, { ...one, rule, observed: "accepted", refusals: refusalsOf(behaviour) }), level };
	});
	const [first] = negative;
	const causes = new Set(negative.map(({ cause }) => cause));
	const isWholesale = accepted.length === beyond.length && causes.size >= WHOLESALE_MIN;
	return [...positive, ...(first !== undefined && isWholesale ? [wholesale(behaviour, first, causes.size)] : negative)];
}

/** An operation that looks at no rule, told by the first that it does not look at. */
function wholesale(behaviour: Behaviour, first: Draft, rules: number): Draft {
	const { id, method, path } = behaviour.operation;
	const statuses = guardOf(behaviour)?.statuses ?? [];
	const refusal = statuses.length === 0 ? "a refusal" : statuses.join(" or ");
	return {
		...first,
		subject: "input",
		documented: `${refusal} when the input is invalid`,
		observed: "not enforced",
		message: `${method} ${path} accepts whatever breaks one of ${rules} documented rules.`,
		cause: `negative-data-rejection ${id}`,
		breaks: undefined,
	};
}

function refusalsOf(behaviour: Behaviour): readonly string[] {
	const statuses = guardOf(behaviour)?.statuses ?? [];
	return statuses.length === 0 ? ["4XX"] : statuses;
}

function guardOf({ guards }: Behaviour): Guard | undefined {
	return guards.find(({ kind }) => kind === "valid");
}

function statusOf(turn: Turn): number {
	return turn.told?.status ?? 0;
}

function isRefused(behaviour: Behaviour, { trial, turn }: Tried): boolean {
	// What a path names need not be there, whatever else the status stands for.
	const names = behaviour.operation.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
	if (statusOf(turn) === 404 && names.includes(trial.subject)) return false;
	const documented = guardOf(behaviour)?.statuses ?? [];
	const refusals = documented.length === 0 ? ["400", "422"] : documented;
	return statusOf(turn) >= 400 && isStatusAmong(refusals, statusOf(turn));
}

function isAccepted(turn: Turn): boolean {
	return statusOf(turn) >= 200 && statusOf(turn) < 300;
}

/** What no item can be called is not there, and removing what is not there may well succeed. */
function isNothingRemoved({ effect, guards, keys }: Behaviour, { subject }: Trial): boolean {
	const mustBeThere = guards.some((guard) => guard.kind === "exists" && keys.get(guard.resource) === subject);
	return effect.kind === "remove" && !mustBeThere && [...keys.values()].includes(subject);
}

/** A list of all enum members helps nobody. */
const RULE_MAX = 80;

interface Judged {
	readonly trial: Trial;
	readonly turn: Turn;
	readonly rule: "positive-data-acceptance" | "negative-data-rejection" | "missing-required-header";
	readonly observed: string;
	/** Statuses that would have been right for a value that is wrong. */
	readonly refusals?: readonly string[];
}

function draftOf(operation: Operation, { trial, turn, rule: name, observed, refusals = ["4XX"] }: Judged): Draft {
	const expected = trial.valid ? ["2XX"] : refusals;
	const rule = trial.valid ? `may be ${trial.why}` : trial.why;
	const documented = `${trial.subject} ${rule.length > RULE_MAX ? `${rule.slice(0, RULE_MAX)}…` : rule}`;
	return {
		rule: name,
		level: "drift",
		operation: operation.id,
		subject: trial.subject,
		documented,
		observed,
		message: `${operation.method} ${operation.path}: ${documented} is ${observed}.`,
		source: trial.source,
		evidence: [{ ...stepOf(turn), expects: { statuses: expected } }],
		suspects: [],
		...(trial.breaks === undefined ? {} : { breaks: trial.breaks }),
		cause: `${name} ${trial.source.file}${trial.source.pointer} ${trial.keyword} ${trial.why}`,
	};
}
