import type { Operation } from "../contract/contract.ts";
import type { Guard } from "../model/guard.ts";
import { type Outcome, outcomes } from "../model/outcome.ts";
import { type Scene, sceneOf } from "../model/scene.ts";
import type { Answer } from "./answer/answer.ts";
import { chooseStatus } from "./answer/choose-status.ts";
import { factsOf } from "./answer/facts.ts";
import { challenges } from "./answer/headers.ts";
import { createKeptAnswers } from "./answer/kept-answers.ts";
import { locationsOf } from "./answer/location.ts";
import { createMediaPlans } from "./answer/media-plan.ts";
import { negotiate } from "./answer/negotiate.ts";
import { type Refusal, refusalAnswer } from "./answer/refusal.ts";
import { describeFlaw, refusalMessage } from "./answer/refusal-message.ts";
import { renewPattern } from "./answer/renew-pattern.ts";
import { responseFor } from "./answer/response-for.ts";
import { answersCounter } from "./answer/stateless-value.ts";
import { isAnything, type SuccessMakers, successAnswer } from "./answer/success.ts";
import { type Conditions, createConditions } from "./conditional.ts";
import type { Desk } from "./desk.ts";
import { createTracer, type Trace, type Tracer } from "./journal/journal.ts";
import { inWindows, type RateLeft, rateLeft, waitMs } from "./limit-window.ts";
import { createPrecedence, type Precedence, precedesInput } from "./precedence.ts";
import { createQuickAnswers, type QuickAnswers } from "./quick/quick-answers.ts";
import type { MockRequest } from "./request/mock-request.ts";
import type { Arrival, ReadCall } from "./request/read-call.ts";
import { splitTarget } from "./request/split-target.ts";
import type { Routed } from "./route/router.ts";
import type { FillInside } from "./scenario/fill-inside.ts";
import type { Conjurer } from "./state/conjure.ts";
import { misfitIn } from "./state/misfit-change.ts";
import { createSettler } from "./state/settle-changes.ts";

/** Answers what has been read: takes the first outcome that the model admits, fills it in, and stores its changes. */
export interface Responder {
	routed(arrival: RoutedArrival, read: ReadCall): Answer;
	unrouted(request: MockRequest, path: string, routed: Exclude<Routed, { kind: "found" }>): Answer;
	refuse(told: { status: number; message: string; path: string } & Pick<Refusal, "accept" | "headers">): Answer;
}

export type RoutedArrival = Arrival & {
	readonly operation: Operation;
	/** Where to note why it is answered so, when somebody wants to know. */
	readonly trace?: Trace | undefined;
};

/** One call on its way to its answer. */
export interface Turn {
	readonly arrival: RoutedArrival;
	readonly scene: Scene;
	readonly outcome: Outcome;
}

/** What makes items that nobody made before, because a call names them. */
export interface ItemMakers {
	readonly summon: (scene: Scene) => void;
	readonly fillInside: FillInside;
	readonly conjurer: Conjurer | undefined;
}

/** What makes answers, compiled once for a mock. */
export interface Makers extends SuccessMakers, ItemMakers {
	readonly settle: ReturnType<typeof createSettler>;
	readonly precedence: Precedence;
	readonly conditions: Conditions;
	readonly tracer: Tracer;
	readonly quick: QuickAnswers;
}

export function createMakers(desk: Desk, itemMakers: ItemMakers): Makers {
	const writers: SuccessMakers = { planOf: createMediaPlans(desk), kept: createKeptAnswers(desk) };
	const makers: Omit<Makers, "quick"> = {
		...writers,
		...itemMakers,
		precedence: createPrecedence(desk.model),
		tracer: createTracer(desk.store.view),
		settle: createSettler({ ...desk, view: desk.store.view }),
		conditions: createConditions({ model: desk.model, show: (scene) => showNow(desk, writers, scene) }),
	};
	return { ...makers, quick: createQuickAnswers(desk, makers) };
}

export function createResponder(desk: Desk, makers: Makers): Responder {
	const refuse: Responder["refuse"] = ({ status, message, path, ...rest }) =>
		refusalAnswer(desk, makers.planOf, {
			telling: { status, message, path, flaws: [], facts: new Map(), nowMs: desk.now() },
			...rest,
		});
	return {
		refuse,
		unrouted: (request, path, routed) => {
			const accept = request.headers.accept;
			if (routed.kind === "unknown-path") return refuse({ status: 404, message: `There is no ${path}`, path, accept });
			// What may be asked of a resource is told to whoever asks (RFC 9110, section 9.3.7).
			if (request.method === "OPTIONS") return { status: 204, headers: { allow: allowedMethods(routed.allowed) } };
			const allow = routed.allowed.join(", ");
			const message = `${request.method} is not allowed here, but ${allow}`;
			return refuse({ status: 405, message, path, accept, headers: { allow } });
		},
		routed: (arrival, read) => {
			const scene = setScene(desk, makers, { arrival, read });
			if (!read.isPathFlawed && read.refused === undefined) {
				const quick = makers.quick.answer(arrival, scene, (outcome) =>
					refuseInput(desk, makers, { arrival, scene, outcome }),
				);
				if (quick !== undefined) return quick;
			}
			const turn = takeTurn(makers, { arrival, read, scene });
			const { outcome } = turn;
			if (read.refused !== undefined && !precedesInput(outcome.guard)) {
				desk.store.apply(inWindows(scene, { ...outcome, changes: [] }));
				return refuseTurn(desk, makers, { ...turn, told: read.refused });
			}
			if (outcome.guard !== undefined) return refuseByGuard(desk, makers, turn);
			const answer = succeed(desk, makers, turn);
			makers.quick.remember(turn, answer);
			return answer;
		},
	};
}

interface Coming {
	readonly arrival: RoutedArrival;
	readonly read: ReadCall;
}

/** What the laws look at, when what the call names has been made. */
function setScene(
	desk: Desk,
	{ precedence, tracer, summon, fillInside }: Makers,
	{ arrival: { trace }, read }: Coming,
): Scene {
	const model = read.isPathFlawed ? precedence.pathFlawed : precedence.usual;
	if (trace !== undefined) tracer.begin(trace.reads);
	const scene = sceneOf(model, trace === undefined ? desk.store.view : tracer.view, read.call);
	if (!read.isPathFlawed) {
		summon(scene);
		fillInside(scene);
	}
	if (trace !== undefined) trace.scene = scene;
	return scene;
}

/** Takes the first outcome that the model admits. */
function takeTurn({ conjurer }: Makers, { arrival, read, scene }: Coming & { readonly scene: Scene }): Turn {
	const { trace } = arrival;
	let outcome = firstOutcome(scene);
	const absent = outcome.guard?.kind === "exists" && !read.isPathFlawed ? outcome.guard.resource : undefined;
	if (absent !== undefined && conjurer?.conjure(scene, absent) === true) outcome = firstOutcome(scene);
	if (trace !== undefined) {
		trace.outcome = outcome;
		if (read.refused !== undefined) trace.refused = read.refused;
	}
	return { arrival, scene, outcome };
}

export function firstOutcome(scene: Scene): Outcome {
	const [outcome] = outcomes(scene);
	if (outcome === undefined) throw new Error(`the model admits no answer to ${scene.call.operation}`);
	return outcome;
}

function succeed(desk: Desk, makers: Makers, turn: Turn): Answer {
	const { settle } = makers;
	const { arrival, scene, outcome } = turn;
	const { operation, request } = arrival;
	const misfit = misfitIn(desk, scene, outcome.changes);
	if (misfit !== undefined) return refuseTurn(desk, makers, { ...turn, told: misfit });
	const status = chooseStatus(operation, outcome, scene.call);
	const response = responseFor(operation, status);
	const media = negotiate(response?.content ?? [], request.headers.accept);
	if (media === undefined && response !== undefined && response.content.length > 0) {
		const offered = response.content.map(({ name }) => name).join(" or ");
		return refuseTurn(desk, makers, { ...turn, told: { status: 406, message: `The answer is ${offered}` } });
	}
	const unmet = makers.conditions.refuse(scene, request.headers);
	if (unmet !== undefined) return refuseCondition(desk, makers, { ...turn, unmet });
	const { changes, bindings, renewed } = settle(inWindows(scene, outcome));
	const { headers, prefix = "" } = request;
	const self = `http://${headers.host ?? "localhost"}${prefix}${splitTarget(request.path)[0]}`;
	const answer = successAnswer(desk, makers, {
		scene,
		status,
		response,
		media,
		pattern: renewPattern(outcome.body, renewed),
		bindings,
		headers: {
			location: () => (isRedirect(status) ? [ELSEWHERE] : locationsOf(scene, changes, request)),
			...(outcome.said === undefined ? {} : { listed: { ...outcome.said, self } }),
			rate: () => afterThis(rateLeft(scene, desk.store)),
		},
		self,
	});
	desk.store.apply(changes);
	if (arrival.trace !== undefined) arrival.trace.changes = changes;
	makers.conjurer?.remember(changes);
	if (isAnything(outcome.body)) {
		desk.store.apply([{ kind: "count", name: answersCounter(operation.id), by: 1 }]);
	}
	return makers.conditions.tag(answer, scene, changes);
}

const UNMET = {
	304: "",
	412: "What is there is not what the condition asks for",
	428: "Say which version is meant, by If-Match",
} as const;

function refuseCondition(
	desk: Desk,
	makers: Makers,
	{ unmet, ...turn }: Turn & { readonly unmet: NonNullable<ReturnType<Conditions["refuse"]>> },
): Answer {
	const { status, etag } = unmet;
	if (status === 304 && etag !== undefined) return { status, headers: { etag } };
	return refuseTurn(desk, makers, { ...turn, told: { status, message: UNMET[status] } });
}

/** What a reading call would be answered, with nothing done. */
function showNow(desk: Desk, makers: SuccessMakers, scene: Scene): Answer | undefined {
	const outcome = firstOutcome(scene);
	if (outcome.guard !== undefined) return undefined;
	const { operation } = scene.behaviour;
	const status = chooseStatus(operation, outcome, scene.call);
	const response = responseFor(operation, status);
	return successAnswer(desk, makers, {
		scene,
		status,
		response,
		media: negotiate(response?.content ?? [], undefined),
		pattern: outcome.body,
		bindings: new Map(),
		headers: {},
		self: "",
	});
}

/** Where a redirect leads when its document does not say: nobody stands there. */
const ELSEWHERE = "https://example.com/";

function isRedirect(status: number): boolean {
	return status > 300 && status < 400 && status !== 304;
}

export function refuseByGuard(desk: Desk, makers: Makers, turn: Turn): Answer {
	const { arrival, scene, outcome } = turn;
	const { guard } = outcome;
	if (guard === undefined) throw new Error("a refusal has a guard");
	if (guard.kind === "valid" && makers.conditions.isMissing(scene))
		return refuseCondition(desk, makers, { ...turn, unmet: { status: 428 } });
	const status = chooseStatus(arrival.operation, outcome, scene.call);
	const { changes } = makers.settle(inWindows(scene, outcome));
	desk.store.apply(changes);
	const message = refusalMessage(guard, scene);
	return refuseTurn(desk, makers, { ...turn, told: { status, message } });
}

/** Refuses for the input alone: nothing is counted, and nothing changes. */
function refuseInput(desk: Desk, makers: Makers, turn: Turn): Answer {
	const { arrival, scene, outcome } = turn;
	if (arrival.trace !== undefined) arrival.trace.outcome = outcome;
	const status = chooseStatus(arrival.operation, outcome, scene.call);
	const message = scene.call.flaws.map(describeFlaw).join("; ");
	return refuseTurn(desk, makers, { ...turn, told: { status, message } });
}

export function refuseTurn(
	desk: Desk,
	{ planOf }: Makers,
	{ arrival, scene, outcome, told }: Turn & { told: { status: number; message: string } },
): Answer {
	const { operation, request } = arrival;
	return refusalAnswer(desk, planOf, {
		operation,
		accept: request.headers.accept,
		known: { waitMs: waitMs(scene, outcome.guard, desk.store), rate: () => rateLeft(scene, desk.store) },
		headers: {
			...challengesFor(told.status, scene, outcome.guard),
			...(told.status === 415 ? acceptedBy(operation) : {}),
		},
		telling: {
			status: told.status,
			message: told.message,
			flaws: outcome.guard?.kind === "valid" ? scene.call.flaws : [],
			facts: factsOf(scene),
			path: splitTarget(request.path)[0],
			nowMs: desk.now(),
		},
	});
}

/** What may be sent instead: RFC 5789, section 3.1; the W3C's Accept-Post; RFC 9110, section 15.5.16. */
function acceptedBy({ method, body }: Operation): Readonly<Record<string, string>> {
	const names = body?.content.map(({ name }) => name) ?? [];
	if (names.length === 0) return {};
	const header = method === "POST" ? "accept-post" : method === "PATCH" ? "accept-patch" : "accept";
	return { [header]: names.join(", ") };
}

/** A call that succeeds is counted when its answer has been written. */
function afterThis(rate: RateLeft | undefined): RateLeft | undefined {
	return rate === undefined ? undefined : { ...rate, left: Math.max(0, rate.left - 1) };
}

/** What a refusal for want of rights says in the words of RFC 6750, section 3.1: no error where nothing was sent. */
function challengesFor(
	status: number,
	{ call, model, behaviour }: Scene,
	guard: Guard | undefined,
): Readonly<Record<string, string>> {
	if (status !== 401 && guard?.kind !== "scope") return {};
	const schemes = model.contract.securitySchemes;
	const named = behaviour.operation.security.flat().flatMap(({ scheme }) => schemes.get(scheme) ?? []);
	if (guard?.kind === "scope") {
		const scopes = guard.alternatives[0]?.scopes.join(" ") ?? "";
		return challenges(named, `error="insufficient_scope", scope="${scopes.replaceAll(/["\\]/g, "")}"`);
	}
	return challenges(named, Object.keys(call.credentials).length === 0 ? undefined : 'error="invalid_token"');
}

/** What is documented, and what comes with it. */
function allowedMethods(documented: readonly string[]): string {
	return [...new Set([...documented, ...(documented.includes("GET") ? ["HEAD"] : []), "OPTIONS"])].join(", ");
}
