import { type Behaviour, resourceNamed } from "../../model/model.ts";
import type { Outcome } from "../../model/outcome.ts";
import { addressOf, type Scene, SINGLE } from "../../model/scene.ts";
import type { Answer } from "../answer/answer.ts";
import { responseFor } from "../answer/response-for.ts";
import { isAnything } from "../answer/success.ts";
import type { Desk } from "../desk.ts";
import type { RoutedArrival } from "../respond.ts";
import type { QuickWay } from "./quick-answers.ts";

/** What was answered when an item, or all that a container holds, was as it is. */
interface Remembered {
	readonly answer: Answer;
	readonly outcome: Outcome;
	/** What else such an answer may depend on. */
	readonly asked: Asked;
}

interface Asked {
	readonly host: string | undefined;
	readonly accept: string | undefined;
	readonly prefix: string | undefined;
}

/**
 * What a reading operation shows depends on the item, or on what the container holds, and on nothing else: it is
 * remembered beside that until it changes.
 */
export function compileRead({ store, model }: Desk, behaviour: Behaviour): QuickWay | undefined {
	const { effect, operation, query } = behaviour;
	const isRead = effect.kind === "read";
	const isList = effect.kind === "list" && effect.shows === "all" && isAsDocumented(query);
	if (!isRead && !isList) return undefined;
	if (effect.answers !== undefined || resourceNamed(model, effect.resource).kind === "log") return undefined;
	const remembered = new WeakMap<object, Remembered>();
	const about = (scene: Scene): object | undefined => {
		const { container, key = SINGLE } = addressOf(scene, effect.resource);
		return isRead ? store.view.entry(container, key) : store.stamp(container);
	};
	return {
		answer: (arrival, scene) => {
			if (!isPlain(scene)) return undefined;
			const thing = about(scene);
			const known = thing === undefined ? undefined : remembered.get(thing);
			if (known === undefined || !isSame(known.asked, arrival)) return undefined;
			if (arrival.trace !== undefined) arrival.trace.outcome = known.outcome;
			return known.answer;
		},
		remember: ({ arrival, scene, outcome }, answer) => {
			if (!isPlain(scene) || outcome.guard !== undefined || outcome.changes.length > 0) return;
			if (isAnything(outcome.body) || answer.disturbance !== undefined) return;
			if ((responseFor(operation, answer.status)?.headers.length ?? 0) > 0) return;
			const thing = about(scene);
			if (thing !== undefined) remembered.set(thing, { answer, outcome, asked: askedBy(arrival) });
		},
	};
}

/** A rival of a list may show what stands elsewhere. */
function isAsDocumented(query: Behaviour["query"]): boolean {
	return query?.pager === undefined || query.pager.does === "as-documented";
}

/** Nothing is asked for that would be shown otherwise. */
function isPlain({ call, behaviour }: Scene): boolean {
	for (const _ in call.query) return false;
	for (const _ in call.header) return false;
	return call.cookie === undefined && behaviour.operation.method === "GET";
}

function askedBy({ request: { headers, prefix } }: RoutedArrival): Asked {
	return { host: headers.host, accept: headers.accept, prefix };
}

function isSame(asked: Asked, { request: { headers, prefix } }: RoutedArrival): boolean {
	return asked.host === headers.host && asked.accept === headers.accept && asked.prefix === prefix;
}
