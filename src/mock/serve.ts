import type { Operation } from "../contract/contract.ts";
import { behaviourOf } from "../model/model.ts";
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
import { refusalMessage } from "./answer/refusal-message.ts";
import { renewPattern } from "./answer/renew-pattern.ts";
import { responseFor } from "./answer/response-for.ts";
import { answersCounter } from "./answer/stateless-value.ts";
import { isAnything, type SuccessMakers, successAnswer } from "./answer/success.ts";
import { createCors } from "./cors.ts";
import type { Desk } from "./desk.ts";
import { inWindows, waitMs } from "./limit-window.ts";
import { createPrecedence, precedesInput } from "./precedence.ts";
import type { Identities } from "./request/identities.ts";
import type { MockRequest } from "./request/mock-request.ts";
import { type Arrival, type CallReader, createCallReader, type ReadCall } from "./request/read-call.ts";
import { createRouter, type Routed } from "./route/router.ts";
import type { Seeder } from "./scenario/seed-store.ts";
import { createSettler } from "./state/settle-changes.ts";

/** The core of a mock: plain values in, plain values out. */
export interface Service {
	/** Waits only for what cannot be read at once (multipart bodies). */
	answer(request: MockRequest): Answer | Promise<Answer>;
	/** What HTTP itself refuses, before there is a request. */
	refuse(status: number, message: string): Answer;
}

/**
 * Serves requests from the model: each is read into a call, the first outcome that the model admits is filled in, and
 * its changes are stored.
 */
export function createService(
	desk: Desk,
	{ identities, seeder }: { readonly identities: Identities; readonly seeder: Seeder },
): Service {
	const { contract } = desk.model;
	const router = createRouter(contract.operations);
	const basePaths = basePathsOf(contract.servers.map(({ url }) => url));
	const responder = createResponder(desk);
	const readers = new Map<Operation, CallReader>();
	const readerOf = (operation: Operation): CallReader => {
		const known = readers.get(operation);
		if (known !== undefined) return known;
		seeder.ensure(behaviourOf(desk.model, operation.id));
		const reader = createCallReader(operation, { ...desk, identities });
		readers.set(operation, reader);
		return reader;
	};
	const route = (method: string, path: string, query: string): Routed => {
		const found = router.find(method, path, query);
		if (found.kind !== "unknown-path") return found;
		// Clients that are made for the real server keep the path of its URL.
		const base = basePaths.find((one) => path.startsWith(`${one}/`));
		return base === undefined ? found : router.find(method, path.slice(base.length), query);
	};
	const cors = createCors((path, query) => {
		const routed = route("OPTIONS", path, query);
		return routed.kind === "wrong-method" ? routed.allowed : undefined;
	});

	const respond = (request: MockRequest): Answer | Promise<Answer> => {
		const [path, query] = splitTarget(request.path);
		const preflight = cors.preflight(request, path, query);
		if (preflight !== undefined) return preflight;
		let routed = route(request.method, path, query);
		if (routed.kind === "wrong-method" && request.method === "HEAD") routed = route("GET", path, query);
		if (routed.kind !== "found") return responder.unrouted(request, path, routed);
		const arrival: Arrival & { operation: Operation } = {
			request,
			path: routed.path,
			query,
			operation: routed.operation,
		};
		const read = readerOf(routed.operation)(arrival);
		return read instanceof Promise
			? read.then((done) => responder.routed(arrival, done))
			: responder.routed(arrival, read);
	};
	return {
		answer: (request) => {
			const finish = (answer: Answer): Answer => cors.expose(request, withoutBody(request, answer));
			const answer = respond(request);
			return answer instanceof Promise ? answer.then(finish) : finish(answer);
		},
		refuse: (status, message) => responder.refuse({ status, message, path: "" }),
	};
}

function splitTarget(target: string): readonly [path: string, query: string] {
	const mark = target.indexOf("?");
	return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}

function basePathsOf(urls: readonly string[]): readonly string[] {
	const paths = urls.flatMap((url) => {
		const path = URL.parse(url, "http://localhost")?.pathname.replace(/\/$/, "");
		return path === undefined || path === "" ? [] : [path];
	});
	return [...new Set(paths)].sort((a, b) => b.length - a.length);
}

/** HEAD is GET without a body (RFC 9110, section 9.3.2). */
function withoutBody({ method }: MockRequest, answer: Answer): Answer {
	if (method !== "HEAD" || answer.body === undefined) return answer;
	const { body, ...head } = answer;
	return { ...head, headers: { ...head.headers, "content-length": String(Buffer.byteLength(body)) } };
}

interface Responder {
	routed(arrival: Arrival & { operation: Operation }, read: ReadCall): Answer;
	unrouted(request: MockRequest, path: string, routed: Exclude<Routed, { kind: "found" }>): Answer;
	refuse(told: { status: number; message: string; path: string } & Pick<Refusal, "accept" | "headers">): Answer;
}

/** One call on its way to its answer. */
interface Turn {
	readonly arrival: Arrival & { readonly operation: Operation };
	readonly scene: Scene;
	readonly outcome: Outcome;
}

function createResponder(desk: Desk): Responder {
	const precedence = createPrecedence(desk.model);
	const settle = createSettler({ ...desk, view: desk.store.view });
	const planOf = createMediaPlans(desk);
	const kept = createKeptAnswers(desk);
	const refuse: Responder["refuse"] = ({ status, message, path, ...rest }) =>
		refusalAnswer(desk, planOf, {
			telling: { status, message, path, flaws: [], facts: new Map(), nowMs: desk.now() },
			...rest,
		});
	return {
		refuse,
		unrouted: (request, path, routed) => {
			const accept = request.headers.accept;
			if (routed.kind === "unknown-path") return refuse({ status: 404, message: `There is no ${path}`, path, accept });
			const allow = routed.allowed.join(", ");
			const message = `${request.method} is not allowed here, but ${allow}`;
			return refuse({ status: 405, message, path, accept, headers: { allow } });
		},
		routed: (arrival, read) => {
			const model = read.isPathFlawed ? precedence.pathFlawed : precedence.usual;
			const scene = sceneOf(model, desk.store.view, read.call);
			const [outcome] = outcomes(scene);
			if (outcome === undefined) throw new Error(`the model admits no answer to ${arrival.operation.id}`);
			const turn: Turn = { arrival, scene, outcome };
			if (read.refused !== undefined && !precedesInput(outcome.guard)) {
				desk.store.apply(inWindows(scene, { ...outcome, changes: [] }));
				return refuseTurn(desk, planOf, { ...turn, told: read.refused });
			}
			return outcome.guard === undefined
				? succeed(desk, { planOf, settle, kept }, turn)
				: refuseByGuard(desk, { planOf, settle, kept }, turn);
		},
	};
}

interface Makers extends SuccessMakers {
	readonly settle: ReturnType<typeof createSettler>;
}

function succeed(desk: Desk, makers: Makers, turn: Turn): Answer {
	const { planOf, settle } = makers;
	const { arrival, scene, outcome } = turn;
	const { operation, request } = arrival;
	const status = chooseStatus(operation, outcome, scene.call);
	const response = responseFor(operation, status);
	const media = negotiate(response?.content ?? [], request.headers.accept);
	if (media === undefined && response !== undefined && response.content.length > 0) {
		const offered = response.content.map(({ name }) => name).join(" or ");
		return refuseTurn(desk, planOf, { ...turn, told: { status: 406, message: `The answer is ${offered}` } });
	}
	const { changes, bindings, renewed } = settle(inWindows(scene, outcome));
	const answer = successAnswer(desk, makers, {
		scene,
		status,
		response,
		media,
		pattern: renewPattern(outcome.body, renewed),
		bindings,
		headers: { location: () => locationsOf(scene, changes, request.headers.host) },
	});
	desk.store.apply(changes);
	if (isAnything(outcome.body)) {
		desk.store.apply([{ kind: "count", name: answersCounter(operation.id), by: 1 }]);
	}
	return answer;
}

function refuseByGuard(desk: Desk, { planOf, settle }: Makers, turn: Turn): Answer {
	const { arrival, scene, outcome } = turn;
	const { guard } = outcome;
	if (guard === undefined) throw new Error("a refusal has a guard");
	const status = chooseStatus(arrival.operation, outcome, scene.call);
	const { changes } = settle(inWindows(scene, outcome));
	desk.store.apply(changes);
	const message = refusalMessage(guard, scene);
	return refuseTurn(desk, planOf, { ...turn, told: { status, message } });
}

function refuseTurn(
	desk: Desk,
	planOf: Makers["planOf"],
	{ arrival, scene, outcome, told }: Turn & { told: { status: number; message: string } },
): Answer {
	const { operation, request } = arrival;
	const schemes = scene.model.contract.securitySchemes;
	const named = operation.security.flat().flatMap(({ scheme }) => schemes.get(scheme) ?? []);
	return refusalAnswer(desk, planOf, {
		operation,
		accept: request.headers.accept,
		known: { waitMs: waitMs(scene, outcome.guard, desk.store) },
		headers: told.status === 401 ? challenges(named) : {},
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
