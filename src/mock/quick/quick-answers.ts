import type { Guard } from "../../model/guard.ts";
import { guardLawOf } from "../../model/guard-laws.ts";
import type { Behaviour } from "../../model/model.ts";
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
	/** Undefined where only the general way knows. */
	answer(arrival: RoutedArrival, scene: Scene): Answer | undefined;
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
		const isPlain = behaviour.guards.every(onlyLooks) && !makers.conditions.concerns(behaviour);
		const way = isPlain ? (compileRead(desk, behaviour) ?? compileCreate(desk, makers, behaviour)) : undefined;
		ways.set(behaviour, way);
		return way;
	};
	return {
		answer: (arrival, scene) => {
			const way = wayOf(scene.behaviour);
			return way !== undefined && allHold(scene) ? way.answer(arrival, scene) : undefined;
		},
		remember: (turn, answer) => wayOf(turn.scene.behaviour)?.remember?.(turn, answer),
	};
}

/** Whether a guard changes nothing and keeps count of nothing, and no rival of it reaches further than it should. */
function onlyLooks(guard: Guard): boolean {
	if (guard.kind === "exists") return !guard.makes;
	if (guard.kind === "partition") return guard.reaches === "own";
	return guardLawOf(guard).keeps === undefined;
}

function allHold(scene: Scene): boolean {
	for (const guard of scene.behaviour.guards) if (guardLawOf(guard).holds(guard, scene) !== "yes") return false;
	return true;
}
