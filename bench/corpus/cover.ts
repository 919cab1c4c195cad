import type { Contract, Operation } from "../../src/contract/contract.ts";
import type { Received, Send, Sent } from "./client.ts";
import { createJudges } from "./independent-document.ts";
import { documentsSuccess, type Judgement, judgeAnswer } from "./judge-answer.ts";
import { createPathValues } from "./path-values.ts";
import { createRequestMaker } from "./request.ts";

/** How a mock coped with one document. */
export interface Coverage {
	/** Operations that were asked. */
	readonly planned: number;
	readonly succeeded: number;
	/** Operations without a documented success, each with the reason. */
	readonly failures: readonly string[];
	/** Operations that document no success, or for which no well-formed request could be made. */
	readonly leftOut: readonly string[];
	readonly answers: number;
	readonly unanswered: number;
	/** Answers that the document forbids, each kind once. */
	readonly invalid: readonly string[];
	readonly invalidAnswers: number;
	readonly bodies: number;
	readonly invalidBodies: number;
	/** Client errors that the document does not name. */
	readonly unnamedRefusals: number;
	/** Values of several alternatives, of which a discriminator names one. */
	readonly overlaps: number;
	/** Schemas that the independent validator cannot compile. */
	readonly unjudged: number;
}

/** A client whose first item was refused tries another, or another body. */
const ATTEMPTS_MAX = 3;

/**
 * Asks every operation of a document for a success.
 *
 * @param max no more than so many operations, taken evenly from all; 0 for every one
 */
export async function cover(contract: Contract, send: Send, max: number): Promise<Coverage> {
	const judges = createJudges(contract);
	const maker = createRequestMaker(contract, judges.request);
	const tally = { answers: 0, unanswered: 0, invalidAnswers: 0, bodies: 0, invalidBodies: 0, unnamedRefusals: 0 };
	const invalid = new Set<string>();
	const siblings = Map.groupBy(contract.operations, wireName);
	const [failures, leftOut]: [string[], string[]] = [[], []];

	/** A fragment does not come over the wire: an answer may be that of any operation that differs in nothing else. */
	function judge(operation: Operation, received: Received): Judgement {
		const same = siblings.get(wireName(operation)) ?? [];
		const all = [operation, ...same].map((one) => judgeAnswer(one, received, judges.response));
		return all.find(({ faults, isSuccess }) => faults.length === 0 && isSuccess) ?? (all[0] as Judgement);
	}

	/** What a concrete path names is that, although a template would match it too (OpenAPI 3.1, Paths Object). */
	function concreteOther(operation: Operation, { method, path }: Sent): string | undefined {
		const [plain = ""] = path.split("?");
		const [other] = siblings.get(`${method} ${plain}`) ?? [];
		return other === undefined || operation.path.split(/[?#]/)[0] === plain ? undefined : other.path;
	}

	async function ask(
		operation: Operation,
		path: ReadonlyMap<string, unknown>,
		attempt: number,
	): Promise<Received | string> {
		const made = await maker.make(operation, path, attempt);
		if (made.kind === "none") return made.reason;
		const other = concreteOther(operation, made.sent);
		if (other !== undefined) return `the values name ${other}`;
		return judged(operation, made.sent);
	}

	async function judged(operation: Operation, sent: Sent): Promise<Received | string> {
		const received = await send(sent);
		if (received === undefined) {
			tally.unanswered++;
			return "no answer";
		}
		tally.answers++;
		const { faults, isBodyJudged, isUnnamedRefusal } = judge(operation, received);
		if (isBodyJudged) tally.bodies++;
		if (isUnnamedRefusal) tally.unnamedRefusals++;
		if (faults.some((fault) => fault.startsWith("the body"))) tally.invalidBodies++;
		if (faults.length > 0) tally.invalidAnswers++;
		for (const fault of faults) invalid.add(`${label(operation)} ${received.status}: ${fault}`);
		return received;
	}

	const values = createPathValues({
		operations: contract.operations,
		maker,
		judge: judges.request,
		ask: async (operation, path, attempt) => {
			const received = await ask(operation, path, attempt);
			return typeof received === "string" ? undefined : received;
		},
	});

	async function succeed(operation: Operation): Promise<string | undefined> {
		let reason = "";
		for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
			if (attempt > 0) values.renew(operation);
			const received = await ask(operation, await values.for(operation, attempt), attempt);
			if (typeof received === "string") reason ||= received;
			else {
				if (judge(operation, received).isSuccess) return undefined;
				reason = `${received.status} ${received.body.toString("utf8", 0, 200)}`;
			}
		}
		return reason;
	}

	const planned = sample(contract.operations, max);
	let succeeded = 0;
	for (const operation of [...planned].sort((a, b) => orderOf(a) - orderOf(b))) {
		if (!documentsSuccess(operation)) {
			leftOut.push(`${label(operation)}: documents no success`);
			continue;
		}
		const reason = await succeed(operation);
		if (reason === undefined) succeeded++;
		else if (reason.startsWith("no body") || reason.startsWith("no value"))
			leftOut.push(`${label(operation)}: ${reason}`);
		else failures.push(`${label(operation)}: ${reason}`);
		if (operation.method === "DELETE") values.renew(operation);
	}
	return {
		planned: planned.length - leftOut.length,
		succeeded,
		failures,
		leftOut,
		...tally,
		invalid: [...invalid],
		unjudged: judges.unjudged.size,
		overlaps: judges.overlaps.count,
	};
}

/** What is taken away is not there any more: the deepest goes first, and all else before. */
function orderOf({ method, path }: Operation): number {
	return method === "DELETE" ? 1_000 - path.split("/").length : 0;
}

function wireName({ method, path }: Operation): string {
	return `${method} ${path.split("#")[0]}`;
}

function label({ method, path }: Operation): string {
	return `${method} ${path}`;
}

function sample<T>(all: readonly T[], max: number): readonly T[] {
	if (max === 0 || all.length <= max) return all;
	return Array.from({ length: max }, (_, index) => all[Math.floor((index * all.length) / max)] as T);
}
