import type { Call } from "../../model/call.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { behaviourOf, type Model } from "../../model/model.ts";
import { separates } from "../../model/simulate.ts";
import { isObject, isServerValue } from "../../model/value.ts";
import { advance, type Dispute, type Fork, firstParting, isParted, startFork, type Track } from "./parting.ts";

/**
 * The indices of the calls that are needed to tell a model from its rival: cut where they first part, then made
 * shorter as long as they still part (`whole`: only cut). Undefined when the whole sequence cannot tell them apart.
 */
export function shrink(dispute: Dispute, track: Track, { whole }: { whole: boolean }): readonly number[] | undefined {
	const { calls } = track;
	const end = firstParting(dispute, track);
	if (end === undefined) return undefined;
	const toEnd = calls.slice(0, end + 1).map((_, index) => index);
	const candidates = whole ? [toEnd] : [shorten(dispute, calls, toEnd), toEnd];
	return [...candidates, calls.map((_, index) => index)].find((kept) => isProof(dispute, calls, kept));
}

/** Whatever is the service, and in whichever order it lists. */
function isProof({ model, rival, start }: Dispute, calls: readonly Call[], kept: readonly number[]): boolean {
	return separates(model, rival, pick(calls, kept), start);
}

/** Leaves out what only looks, then halves, quarters and so on, down to single calls. */
function shorten(dispute: Dispute, calls: readonly Call[], kept: readonly number[]): readonly number[] {
	let current = dropBystanders(dispute, calls, kept);
	for (let size = Math.ceil(current.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
		current = dropChunks(dispute, calls, { kept: current, size });
	}
	return current;
}

/** All calls that only look, but the last: one try that nearly always spares many. */
function dropBystanders(dispute: Dispute, calls: readonly Call[], kept: readonly number[]): readonly number[] {
	const acting = kept.filter((index) => index === kept.at(-1) || writes(dispute.model, calls[index]));
	const isShorter = acting.length < kept.length && isSelfContained(pick(calls, acting));
	return isShorter && parts(dispute, startFork(dispute.start), pick(calls, acting)) ? acting : kept;
}

function writes(model: Model, call: Call | undefined): boolean {
	return call !== undefined && lawOf(behaviourOf(model, call.operation).effect).writes;
}

/** From the end: what stands before a chunk stays as it is, so that nothing before it is gone through again. */
function dropChunks(
	dispute: Dispute,
	calls: readonly Call[],
	{ kept, size }: { kept: readonly number[]; size: number },
): readonly number[] {
	const before = forksBefore(dispute, pick(calls, kept));
	let current = kept;
	for (
		let from = Math.max(0, current.length - 1 - size);
		from >= 0;
		from = from === 0 ? -1 : Math.max(0, from - size)
	) {
		const rest = current.slice(from + size);
		const shorter = [...current.slice(0, from), ...rest];
		const fork = before[from];
		if (fork === undefined || shorter.length === 0 || !isSelfContained(pick(calls, shorter))) continue;
		if (parts(dispute, fork, pick(calls, rest))) current = shorter;
	}
	return current;
}

function forksBefore(dispute: Dispute, calls: readonly Call[]): readonly Fork[] {
	const forks = [startFork(dispute.start)];
	for (const call of calls) forks.push(advance(dispute, forks.at(-1) as Fork, call));
	return forks;
}

/** Whether the two still part when it goes on from here with these calls. */
function parts(dispute: Dispute, from: Fork, calls: readonly Call[]): boolean {
	let fork = from;
	for (const call of calls) {
		fork = advance(dispute, fork, call);
		if (fork.kind === "lost") return false;
		if (isParted(fork)) return true;
	}
	return isParted(fork);
}

function pick(calls: readonly Call[], indices: readonly number[]): readonly Call[] {
	return indices.map((index) => calls[index]).filter((call) => call !== undefined);
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
