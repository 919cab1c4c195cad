import { type Scene, sceneOf } from "../model/scene.ts";
import type { Answer } from "./answer/answer.ts";
import { type Forcing, forcedAnswer } from "./answer/forced-answer.ts";
import { refusalAnswer } from "./answer/refusal.ts";
import { responseFor } from "./answer/response-for.ts";
import type { Desk } from "./desk.ts";
import { precedesInput } from "./precedence.ts";
import type { ReadCall } from "./request/read-call.ts";
import { splitTarget } from "./request/split-target.ts";
import { firstOutcome, type Makers, type Responder, type RoutedArrival, refuseByGuard, refuseTurn } from "./respond.ts";

/** Answers as somebody wants it and not as the state has it. */
export interface Forcer {
	/** Who may not ask, or asks with what is wrong, is refused all the same. */
	force(arrival: RoutedArrival, read: ReadCall, wanted: Forcing["wanted"]): Answer;
	/** Fails with a status, whoever asks and with what. */
	fail(arrival: RoutedArrival, read: ReadCall, status: number): Answer;
}

export function createForcer(desk: Desk, makers: Makers, refuse: Responder["refuse"]): Forcer {
	const answer = (arrival: RoutedArrival, scene: Scene, wanted: Forcing["wanted"]): Answer => {
		const { operation, request } = arrival;
		const { accept } = request.headers;
		const [path] = splitTarget(request.path);
		const facts = new Map(Object.entries(arrival.path));
		return forcedAnswer(desk, makers.planOf, {
			operation,
			scene,
			accept,
			wanted,
			refuse: (status, message) => refuse({ status, message, path, accept }),
			tell: (status, message) => {
				const telling = { status, message, path, flaws: [], facts, nowMs: desk.now() };
				return refusalAnswer(desk, makers.planOf, { operation, accept, telling });
			},
		});
	};
	return {
		force: (arrival, read, wanted) => {
			const scene = sceneOf(makers.precedence.stateless(), desk.store.view, read.call);
			const turn = { arrival, scene, outcome: firstOutcome(scene) };
			const { guard } = turn.outcome;
			if (read.refused !== undefined && !precedesInput(guard))
				return refuseTurn(desk, makers, { ...turn, told: read.refused });
			return guard === undefined ? answer(arrival, scene, wanted) : refuseByGuard(desk, makers, turn);
		},
		fail: (arrival, read, code) => {
			const { operation, request } = arrival;
			if (responseFor(operation, code) !== undefined)
				return answer(arrival, sceneOf(desk.model, desk.store.view, read.call), { code });
			// It is not documented, but somebody wants to see it.
			const [path] = splitTarget(request.path);
			return refuse({ status: code, message: "This fault was asked for", path, accept: request.headers.accept });
		},
	};
}
