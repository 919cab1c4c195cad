import type { Guard } from "../../model/guard.ts";
import { guardLawOf } from "../../model/guard-laws.ts";
import { countingsOf } from "../../model/law/counts.ts";
import type { Behaviour } from "../../model/model.ts";
import type { Outcome } from "../../model/outcome.ts";
import { ANY } from "../../model/pattern.ts";
import type { Scene } from "../../model/scene.ts";
import type { Answer } from "../answer/answer.ts";
import type { Desk } from "../desk.ts";
import type { Makers, RoutedArrival, Turn } from "../respond.ts";
import { compileCreate } from "./quick-create.ts";
import { compileRead } from "./quick-read.ts";

/**
 * Shorter ways to the answer that the general way would give, for the operations that most requests are for: what was
 * shown of an item that is as it was, and an item that a body describes. Whatever such a way does not know, it leaves to
 * the general one, before anything was changed.
 */
export interface QuickAnswers {
	/**
	 * Undefined where only the general way knows.
	 *
	 * @param refuse answers a call whose input is all that is wrong with it
	 */
	answer(arrival: RoutedArrival, scene: Scene, refuse: (outcome: Outcome) => Answer): Answer | undefined;
	/** Told what the general way answered. */
	remember(turn: Turn, answer: Answer): void;
}

/** The way of one operation. Every guard is known to hold. */
export interface QuickWay {
	answer(arrival: RoutedArrival, scene: Scene): Answer | undefined;
	remember?(turn: Turn, answer: Answer): void;
}

export function createQuickAnswers(desk: Desk, makers: Omit<Makers, "quick">): QuickAnswers {
	const ways = new Map<Behaviour, QuickWay | undefined>();
	const wayOf = (behaviour: Behaviour): QuickWay | undefined => {
		const known = ways.get(behaviour);
		if (known !== undefined || ways.has(behaviour)) return known;
		const isCounted = countingsOf(desk.model).length > 0;
		const isPlain = !isCounted && behaviour.guards.every(onlyLooks) && !makers.conditions.concerns(behaviour);
		const way = isPlain
			? (compileRead(desk, behaviour) ?? compileCreate(desk, makers, behaviour) ?? NO_WAY)
			: undefined;
		ways.set(behaviour, way);
		return way;
	};
	return {
		answer: (arrival, scene, refuse) => {
			const way = wayOf(scene.behaviour);
			if (way === undefined) return undefined;
			const broken = firstBroken(scene);
			if (broken === undefined) return way.answer(arrival, scene);
			return broken.kind === "valid" && broken.leaks === "no" ? refuse(refusedBy(broken)) : undefined;
		},
		remember: (turn, answer) => wayOf(turn.scene.behaviour)?.remember?.(turn, answer),
	};
}

/** Where only what is wrong with the input is told at once. */
const NO_WAY: QuickWay = { answer: () => undefined };

const refusals = new WeakMap<Guard, Outcome>();

function refusedBy(guard: Guard): Outcome {
	const known = refusals.get(guard);
	if (known !== undefined) return known;
	const statuses = guard.statuses.length === 0 ? ["4XX"] : guard.statuses;
	const outcome: Outcome = { kind: "refused", statuses, body: ANY, changes: [], guard };
	refusals.set(guard, outcome);
	return outcome;
}

/** Whether a guard changes nothing and keeps count of nothing, and no rival of it reaches further than it should. */
function onlyLooks(guard: Guard): boolean {
	if (guard.kind === "exists") return !guard.makes;
	if (guard.kind === "partition") return guard.reaches === "own";
	return guardLawOf(guard).keeps === undefined;
}

/** The first guard that does not hold for certain; those that follow do not matter then. */
function firstBroken(scene: Scene): Guard | undefined {
	for (const guard of scene.behaviour.guards) if (guardLawOf(guard).holds(guard, scene) !== "yes") return guard;
	return undefined;
}
