import type { Claim, Rival } from "../model/claim.ts";
import type { Model } from "../model/model.ts";
import type { Decision } from "./desk.ts";
import type { Plan } from "./plan/plan.ts";
import { standingOf, type Trace } from "./trace.ts";

/** Rivals that some history contradicts which the model admits. */
export function excludedRivals(model: Model, planned: Plan, traces: readonly Trace[]): ReadonlySet<Rival> {
	const agreeing = traces.filter(({ judgement }) => judgement.kind === "admitted");
	const isExcluded = (rival: Rival): boolean => {
		// Its own experiment is the likeliest to tell.
		const own = agreeing.filter(({ experiment }) => experiment.against.includes(rival));
		const others = agreeing.filter((trace) => !own.includes(trace));
		return [...own, ...others].some(({ history }) => standingOf(model, rival, history) === "excluded");
	};
	return new Set(planned.experiments.flatMap(({ against }) => against).filter(isExcluded));
}

interface Outcome {
	readonly traces: readonly Trace[];
	readonly excluded: ReadonlySet<Rival>;
	readonly blamed: ReadonlySet<string>;
	readonly unexplained: readonly Trace[];
}

/** What came out for every claim that was planned for. */
export function decide(planned: Plan, outcome: Outcome): ReadonlyMap<string, Decision> {
	return new Map(planned.claims.map((claim) => [claim.id, decideClaim(planned, claim, outcome)]));
}

function decideClaim(planned: Plan, claim: Claim, { traces, excluded, blamed, unexplained: open }: Outcome): Decision {
	if (blamed.has(claim.id)) return { verdict: "drift" };
	if (claim.rivals.length === 0)
		return { verdict: "undecided", reason: "nothing else is plausible that could be told from it" };
	const observable = claim.rivals.filter((rival) => !planned.unobservable.has(rival));
	if (observable.length === 0) {
		const [rival] = claim.rivals;
		return {
			verdict: "undecided",
			reason: (rival === undefined ? undefined : planned.unobservable.get(rival)) ?? "not observable through this API",
		};
	}
	if (observable.every((rival) => excluded.has(rival))) return { verdict: "agrees" };
	const ran = traces.filter(({ experiment }) => experiment.against.some((rival) => rival.claim === claim.id));
	const stuck = ran.find(({ judgement }) => judgement.kind === "inconclusive");
	if (open.some((trace) => ran.includes(trace)))
		return { verdict: "undecided", reason: "its experiment contradicts the document in another way" };
	if (stuck?.judgement.kind === "inconclusive")
		return {
			verdict: "undecided",
			reason: `an experiment was answered with ${stuck.judgement.status}, which decides nothing`,
		};
	const stopped = ran.find(({ history }) => history.stopped !== undefined)?.history.stopped;
	return { verdict: "undecided", reason: stopped ?? "its experiment was disturbed by another finding, or did not run" };
}
