import { isDeepStrictEqual } from "node:util";
import type { Call } from "../../model/call.ts";
import { admit, type World } from "../../model/judge.ts";
import type { Model } from "../../model/model.ts";
import { type Outcome, outcomes } from "../../model/outcome.ts";
import { sceneOf } from "../../model/scene.ts";
import { respond } from "../../model/simulate.ts";
import { apply, type State, viewOf } from "../../model/state.ts";

/** A model, what it might be instead, and where both begin. */
export interface Dispute {
	readonly model: Model;
	readonly rival: Model;
	readonly start: State;
}

/**
 * How far two services have come that get the same calls, one as the model says and one as its rival, each judged by
 * the other. As long as both must answer the same they are one, and cost one.
 */
export type Fork =
	| { readonly kind: "together"; readonly state: State; readonly worlds: readonly World[] }
	/** `there`: the rival serves and the model judges. `back`: the other way round. */
	| { readonly kind: "apart"; readonly there: Side; readonly back: Side }
	/** An answer that decides nothing: what follows tells nothing. */
	| { readonly kind: "lost" };

interface Side {
	readonly server: State;
	readonly judge: readonly World[];
	readonly parted: boolean;
}

export function startFork(start: State): Fork {
	return { kind: "together", state: start, worlds: [{ state: start, bindings: new Map() }] };
}

/** Both sides have found the other out. */
export function isParted(fork: Fork): boolean {
	return fork.kind === "apart" && fork.there.parted && fork.back.parted;
}

/** The fork after one more call. */
export function advance(dispute: Dispute, fork: Fork, call: Call): Fork {
	switch (fork.kind) {
		case "lost":
			return fork;
		case "together": {
			if (areAlike(dispute, fork, call)) return together(dispute.model, fork, call);
			const side: Side = { server: fork.state, judge: fork.worlds, parted: false };
			return apart(dispute, { there: side, back: side }, call);
		}
		case "apart":
			return apart(dispute, fork, call);
	}
}

function together(model: Model, { state, worlds }: Extract<Fork, { kind: "together" }>, call: Call): Fork {
	const { told, outcome } = respond(model, state, call, "created");
	const step = admit(model, worlds, told);
	if (step.kind !== "admitted") return { kind: "lost" };
	return { kind: "together", state: apply(state, outcome.changes), worlds: step.worlds };
}

function apart({ model, rival }: Dispute, { there, back }: { there: Side; back: Side }, call: Call): Fork {
	const thereNext = go({ server: rival, judge: model }, there, call);
	const backNext = thereNext === undefined ? undefined : go({ server: model, judge: rival }, back, call);
	return thereNext === undefined || backNext === undefined
		? { kind: "lost" }
		: { kind: "apart", there: thereNext, back: backNext };
}

/** One side a call further; undefined when the answer decides nothing. */
function go(roles: { server: Model; judge: Model }, side: Side, call: Call): Side | undefined {
	if (side.parted) return side;
	const { told, outcome } = respond(roles.server, side.server, call, "created");
	const step = admit(roles.judge, side.judge, told);
	if (step.kind === "inconclusive") return undefined;
	if (step.kind === "rejected") return { ...side, parted: true };
	return { server: apply(side.server, outcome.changes), judge: step.worlds, parted: false };
}

/** Whether a call must be answered the same by both, as far as anybody knows what is true. */
function areAlike(
	{ model, rival }: Dispute,
	{ state, worlds }: Extract<Fork, { kind: "together" }>,
	call: Call,
): boolean {
	const isUntouched =
		model.behaviours.get(call.operation) === rival.behaviours.get(call.operation) &&
		model.resources === rival.resources;
	if (isUntouched) return true;
	const states = new Set([state, ...worlds.map((world) => world.state)]);
	return [...states].every((one) => {
		const ours = [...outcomes(sceneOf(model, viewOf(one), call))].map(withoutGuard);
		const theirs = [...outcomes(sceneOf(rival, viewOf(one), call))].map(withoutGuard);
		return isDeepStrictEqual(ours, theirs);
	});
}

/** The guard itself is what a rival changes; what counts is what it does. */
function withoutGuard({ guard: _cause, ...outcome }: Outcome): Omit<Outcome, "guard"> {
	return outcome;
}

/** A sequence with what is true before each of its calls when the model serves: the same for all of its rivals. */
export interface Track {
	readonly calls: readonly Call[];
	/** Before each call. */
	readonly forks: readonly Fork[];
}

export function trackOf(model: Model, start: State, calls: readonly Call[]): Track {
	const forks: Fork[] = [];
	let fork = startFork(start);
	for (const call of calls) {
		forks.push(fork);
		fork = advance({ model, rival: model, start }, fork, call);
	}
	return { calls, forks };
}

/** The index of the call on which a model and its rival have found each other out, whichever of them serves. */
export function firstParting(dispute: Dispute, { calls, forks }: Track): number | undefined {
	const from = calls.findIndex((call, index) => {
		const fork = forks[index];
		return fork?.kind === "together" && !areAlike(dispute, fork, call);
	});
	let fork = forks[from];
	for (let index = from; fork !== undefined && index < calls.length; index++) {
		fork = advance(dispute, fork, calls[index] as Call);
		if (isParted(fork)) return index;
	}
	return undefined;
}
