import { type Behaviour, behaviourOf, type Model } from "../../model/model.ts";
import { stepOf } from "../conform.ts";
import { type Desk, report, startOf } from "../desk.ts";
import type { Draft } from "../draft.ts";
import type { PlanInput } from "../plan/plan.ts";
import { tryConditional } from "../race/conditional.ts";
import { type Contest, contestsFor } from "../race/contest.ts";
import { linearize } from "../race/linearize.ts";
import { type Meeting, meet } from "../race/meet.ts";

/** How often each contest is held: clients seldom meet at the very moment that matters. */
const ROUNDS = 8;
/** How many exchanges the contests of one run may cost. */
const EXCHANGES_MAX = 600;

/**
 * Lets several clients meet on one resource of the run's own, and looks for an order of their requests that explains
 * every answer and what stands in the end. Operations that are contradicted already are left out.
 */
export async function tryConcurrency(desk: Desk, contradicted: ReadonlySet<string> = new Set()): Promise<void> {
	const { model } = desk;
	desk.model = withoutOrder(model);
	try {
		await holdContests(desk, contradicted);
	} finally {
		desk.model = model;
	}
}

/** What is made at the same time stands in no order that a time could tell. */
function withoutOrder(model: Model): Model {
	const behaviours = [...model.behaviours].map(([id, behaviour]): [string, Behaviour] => {
		if (behaviour.query?.sort === undefined) return [id, behaviour];
		const { sort: _sort, ...query } = behaviour.query;
		return [id, { ...behaviour, query }];
	});
	return { ...model, behaviours: new Map(behaviours) };
}

async function holdContests(desk: Desk, contradicted: ReadonlySet<string>): Promise<void> {
	const input: PlanInput = {
		model: desk.model,
		start: startOf(desk.model),
		seed: desk.seed,
		validation: desk.validation,
		operations: desk.operations,
	};
	const operations = [...desk.operations].filter((id) => !contradicted.has(id));
	for (const id of operations) if (desk.stopReason() === undefined) await tryConditional(desk, id);
	const contests = operations.flatMap((id) => contestsFor(input, behaviourOf(desk.model, id)));
	if (contests.length === 0) {
		desk.notes.push("no requests at the same time: nothing in the document can be made and then changed by several");
		return;
	}
	const from = desk.session.count();
	const isOver = (): boolean => desk.stopReason() !== undefined || desk.session.count() - from >= EXCHANGES_MAX;
	let open: readonly Contest[] = contests;
	for (let round = 0; round < ROUNDS; round++) open = await holdAll(desk, open, isOver);
}

/** Holds each contest once; gives those that are worth another round. */
async function holdAll(desk: Desk, contests: readonly Contest[], isOver: () => boolean): Promise<readonly Contest[]> {
	const open: Contest[] = [];
	for (const contest of contests) {
		if (isOver()) return [];
		const told = contest.tell(`c${desk.serial()}`, desk.marker);
		const meeting = told === undefined ? undefined : await meet(desk, told);
		if (meeting?.verdict.kind === "unexplained") report(desk, [raceDraft(desk, contest, meeting)]);
		// Where every end must be waited for, one round costs as much as many.
		else if (meeting !== undefined && !meeting.lagged) open.push(contest);
	}
	return open;
}

function raceDraft(desk: Desk, { operation: id, mistake }: Contest, meeting: Meeting): Draft {
	const { operation, atomic: [promise] = [] } = behaviourOf(desk.model, id);
	const clash = clashing(desk, meeting);
	return {
		rule: "race",
		level: promise === undefined ? "surprise" : "drift",
		...(promise === undefined ? {} : { because: promise.text }),
		operation: id,
		documented: "some order of the requests explains the answers",
		observed: mistake,
		message: `Requests at the same time: ${mistake}. No order of ${clash.length} requests explains their answers.`,
		source: promise?.source ?? operation.source,
		evidence: clash.map((index, at) => ({
			...stepOf(meeting.turns[index] as Meeting["turns"][number]),
			parts: at === clash.length - 1,
		})),
		suspects: [],
		cause: `race ${id} ${mistake}`,
	};
}

/**
 * The requests that clash: those whose answers cannot all be true, in the order in which they were sent. A request whose
 * answer is not needed for that is taken as one whose answer never came: it may have had its effect or not.
 */
function clashing(desk: Desk, { operations, before }: Meeting): readonly number[] {
	let kept = [...operations];
	for (const [index, operation] of operations.entries()) {
		const weaker = kept.with(index, { ...operation, told: undefined });
		if (linearize(desk.model, before, weaker).kind === "unexplained") kept = weaker;
	}
	return kept.flatMap(({ told }, index) => (told === undefined ? [] : [index]));
}
