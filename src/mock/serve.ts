import type { Operation } from "../contract/contract.ts";
import { behaviourOf } from "../model/model.ts";
import type { Answer } from "./answer/answer.ts";
import { createCors } from "./cors.ts";
import type { Desk } from "./desk.ts";
import type { Faults } from "./fault/faults.ts";
import { createForcer } from "./force.ts";
import type { Journal, Trace } from "./journal/journal.ts";
import type { Identities } from "./request/identities.ts";
import type { MockRequest } from "./request/mock-request.ts";
import { type CallReader, createCallReader } from "./request/read-call.ts";
import { splitTarget } from "./request/split-target.ts";
import { createMakers, createResponder, type RoutedArrival } from "./respond.ts";
import { createServerRouter } from "./route/server-router.ts";
import { createInsideFiller } from "./scenario/fill-inside.ts";
import type { Seeder } from "./scenario/seed-store.ts";
import { createSummoner } from "./scenario/summon.ts";
import { createSpecialAnswers, isSpecial } from "./special-answers.ts";
import { createConjurer } from "./state/conjure.ts";

/** The core of a mock: plain values in, plain values out. */
export interface Service {
	/** Waits only for what cannot be read at once (multipart bodies). */
	answer(request: MockRequest): Answer | Promise<Answer>;
	/** What HTTP itself refuses, before there is a request. */
	refuse(status: number, message: string): Answer;
}

/** One of several services. */
export interface DocumentedService extends Service {
	/** Whether a path, with its query, leads to something that the document describes, by whatever method. */
	knows(path: string): boolean;
}

export interface ServiceParts {
	readonly identities: Identities;
	readonly seeder: Seeder;
	readonly faults: Faults;
	readonly unknown: "refuse" | "conjure";
	/** Undefined when nobody will ask why. */
	readonly journal: Journal | undefined;
}

/**
 * Serves requests from the model: each is read into a call, the first outcome that the model admits is filled in, and
 * its changes are stored.
 */
export function createService(
	desk: Desk,
	{ identities, seeder, faults, unknown, journal }: ServiceParts,
): DocumentedService {
	const { contract } = desk.model;
	const router = createServerRouter(contract);
	const makers = createMakers(desk, {
		summon: createSummoner(desk, seeder.conjure),
		fillInside: createInsideFiller(desk, seeder.fillPlace),
		conjurer: unknown === "conjure" ? createConjurer(desk, seeder) : undefined,
	});
	const responder = createResponder(desk, makers);
	const opened = new Map<Operation, { readonly read: CallReader; round: number }>();
	const readerOf = (operation: Operation): CallReader => {
		const known = opened.get(operation);
		if (known?.round === seeder.round()) return known.read;
		seeder.ensure(behaviourOf(desk.model, operation.id));
		const read = known?.read ?? createCallReader(operation, { ...desk, identities });
		opened.set(operation, { read, round: seeder.round() });
		return read;
	};
	const cors = createCors((path, query) => {
		// No method is called so: all that are documented are named.
		const routed = router.find("", path, query);
		return routed.kind === "wrong-method" ? routed.allowed : undefined;
	});

	const respond = (request: MockRequest, trace?: Trace): Answer | Promise<Answer> => {
		const [path, query] = splitTarget(request.path);
		const preflight = cors.preflight(request, path, query);
		if (preflight !== undefined) return preflight;
		let routed = router.find(request.method, path, query);
		if (routed.kind === "wrong-method" && request.method === "HEAD") routed = router.find("GET", path, query);
		if (routed.kind !== "found") return responder.unrouted(request, path, routed);
		const arrival: RoutedArrival = { request, path: routed.path, query, operation: routed.operation, trace };
		if (isSpecial(request, query) || faults.isOn()) return special(arrival);
		const read = readerOf(routed.operation)(arrival);
		return read instanceof Promise
			? read.then((done) => responder.routed(arrival, done))
			: responder.routed(arrival, read);
	};
	const special = createSpecialAnswers({
		faults,
		responder,
		forcer: createForcer(desk, makers, responder.refuse),
		readerOf,
	});
	return {
		answer: (request) => {
			const note = journal === undefined ? undefined : startEntry(journal, desk, request);
			const finish = (answer: Answer): Answer => {
				const finished = cors.expose(request, withoutBody(request, answer));
				note?.finish(finished);
				return finished;
			};
			const answer = respond(request, note?.trace);
			return answer instanceof Promise ? answer.then(finish) : finish(answer);
		},
		knows: (path) => router.find("", ...splitTarget(path)).kind !== "unknown-path",
		refuse: (status, message) => responder.refuse({ status, message, path: "" }),
	};
}

function startEntry(journal: Journal, { now }: Desk, request: MockRequest) {
	const started = performance.now();
	const trace: Trace = { reads: [] };
	return {
		trace,
		finish: (answer: Answer): void =>
			journal.add({ at: now(), durationMs: performance.now() - started, request, answer, trace }),
	};
}

/** HEAD is GET without a body (RFC 9110, section 9.3.2). */
function withoutBody({ method }: MockRequest, answer: Answer): Answer {
	if (method !== "HEAD" || answer.body === undefined) return answer;
	const { body, ...head } = answer;
	return { ...head, headers: { ...head.headers, "content-length": String(Buffer.byteLength(body)) } };
}
