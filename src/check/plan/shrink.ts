import type { Call } from "../../model/call.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { judge } from "../../model/judge.ts";
import { behaviourOf, type Model } from "../../model/model.ts";
import { separates, simulate } from "../../model/simulate.ts";
import type { State } from "../../model/state.ts";
import { isObject, isServerValue } from "../../model/value.ts";

/** A model, what it might be instead, and where both begin. */
export interface Dispute {
	readonly model: Model;
	readonly rival: Model;
	readonly start: State;
}

/**
 * The indices of the calls that are needed to tell a model from its rival: cut where they first part, then made
 * shorter as long as they still part (`whole`: only cut). Undefined when the whole sequence cannot tell them apart.
 */
export function shrink(
	dispute: Dispute,
	calls: readonly Call[],
	{ whole }: { whole: boolean },
): readonly number[] | undefined {
	const end = firstParting(dispute, calls);
	if (end === undefined) return undefined;
	let kept = calls.slice(0, end + 1).map((_, index) => index);
	if (!holds(dispute, calls, kept)) {
		kept = calls.map((_, index) => index);
		if (!holds(dispute, calls, kept)) return undefined;
	}
	if (whole) return kept;
	kept = dropBystanders(dispute, calls, kept);
	for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
		kept = dropChunks(dispute, calls, { kept, size });
	}
	return kept;
}

/** All calls that only look, but the last: one try that nearly always spares many. */
function dropBystanders(dispute: Dispute, calls: readonly Call[], kept: number[]): number[] {
	const acting = kept.filter((index) => index === kept.at(-1) || writes(dispute.model, calls[index]));
	return acting.length < kept.length && holds(dispute, calls, acting) ? acting : kept;
}

function writes(model: Model, call: Call | undefined): boolean {
	return call !== undefined && lawOf(behaviourOf(model, call.operation).effect).writes;
}

/** The first call on which a server that is one and a judge who is the other must part, whichever is which. */
function firstParting({ model, rival, start }: Dispute, calls: readonly Call[]): number | undefined {
	const worlds = [{ state: start, bindings: new Map() }];
	const there = judge(model, worlds, simulate(rival, start, calls));
	const back = judge(rival, worlds, simulate(model, start, calls));
	return there.kind === "rejected" && back.kind === "rejected" ? Math.max(there.at, back.at) : undefined;
}

function dropChunks(
	dispute: Dispute,
	calls: readonly Call[],
	{ kept, size }: { kept: number[]; size: number },
): number[] {
	let current = kept;
	for (
		let from = Math.max(0, current.length - 1 - size);
		from >= 0;
		from = from === 0 ? -1 : Math.max(0, from - size)
	) {
		const shorter = [...current.slice(0, from), ...current.slice(from + size)];
		if (shorter.length > 0 && holds(dispute, calls, shorter)) current = shorter;
	}
	return current;
}

function holds({ model, rival, start }: Dispute, calls: readonly Call[], kept: readonly number[]): boolean {
	const chosen = kept.map((index) => calls[index]).filter((call) => call !== undefined);
	return isSelfContained(chosen) && separates(model, rival, chosen, start);
}

/** What the server made in a call that was left out cannot be named in one that stays. */
function isSelfContained(calls: readonly Call[]): boolean {
	const made = new Set<string>();
	for (const call of calls) {
		if (namesIn([call.path, call.query, call.header, call.body, call.credentials]).some((tag) => !made.has(tag)))
			return false;
		if (call.tag !== undefined) made.add(call.tag);
	}
	return true;
}

/** The tags of the calls that made the server's values inside a value. */
function namesIn(value: unknown): readonly string[] {
	if (isServerValue(value)) {
		const tag = /#(c\d+)/.exec(value.name)?.[1];
		return tag === undefined ? [] : [tag];
	}
	if (Array.isArray(value)) return value.flatMap(namesIn);
	return isObject(value) ? Object.values(value).flatMap(namesIn) : [];
}
