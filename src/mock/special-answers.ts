import { setTimeout as sleep } from "node:timers/promises";
import type { Operation } from "../contract/contract.ts";
import type { Answer } from "./answer/answer.ts";
import { type Disturbance, FAULT_HEADER, type Faults } from "./fault/faults.ts";
import type { Forcer } from "./force.ts";
import type { MockRequest } from "./request/mock-request.ts";
import { type Preference, readPreference } from "./request/preference.ts";
import type { CallReader } from "./request/read-call.ts";
import type { Responder, RoutedArrival } from "./respond.ts";

/** Whether a request itself asks for an answer that it would not get otherwise. */
export function isSpecial({ headers }: MockRequest, query: string): boolean {
	return headers.prefer !== undefined || headers[FAULT_HEADER] !== undefined || query.includes("__");
}

export interface SpecialParts {
	readonly faults: Faults;
	readonly responder: Responder;
	readonly forcer: Forcer;
	readonly readerOf: (operation: Operation) => CallReader;
}

/** Answers requests that ask for a certain answer, or that a fault strikes. */
export function createSpecialAnswers({ faults, responder, forcer, readerOf }: SpecialParts) {
	return async (arrival: RoutedArrival): Promise<Answer> => {
		const { operation, request, query } = arrival;
		const disturbance = faults.strike(operation, request.headers[FAULT_HEADER]);
		const preference = readPreference(request.headers.prefer, query);
		const delayMs = (disturbance?.delayMs ?? 0) + (preference?.delayMs ?? 0);
		// What waits does not keep a process alive that has nothing else to do.
		if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
		const read = await readerOf(operation)(arrival);
		const failure = failureOf(operation, disturbance);
		const { trace } = arrival;
		if (trace !== undefined) trace.special = specialWords({ disturbance, preference, failure });
		if (failure !== undefined) return disturbed(forcer.fail(arrival, read, failure), disturbance);
		const answer = isForced(preference) ? forcer.force(arrival, read, preference) : responder.routed(arrival, read);
		return disturbed(withApplied(answer, preference), disturbance);
	};
}

function specialWords({ disturbance, preference, failure }: Special): string {
	const { delayMs = 0, drop, slowMs } = disturbance ?? {};
	return [
		...(preference === undefined ? [] : [`preferred: ${preference.applied}`]),
		...(failure === undefined ? [] : [`a fault answers ${failure}`]),
		...(delayMs > 0 ? [`a fault delays it by ${delayMs} ms`] : []),
		...(drop === undefined ? [] : [`a fault loses the connection ${drop}`]),
		...(slowMs === undefined ? [] : [`a fault lets the body drip over ${slowMs} ms`]),
	].join(", ");
}

interface Special {
	readonly disturbance: Disturbance | undefined;
	readonly preference: Preference | undefined;
	readonly failure: number | undefined;
}

function isForced(preference: Preference | undefined): preference is Preference {
	return [preference?.code, preference?.example, preference?.dynamic].some((wanted) => wanted !== undefined);
}

/** The status that a fault wants; of `error` the first server error that is documented, or 429. */
function failureOf({ responses }: Operation, disturbance: Disturbance | undefined): number | undefined {
	if (disturbance?.status !== "error") return disturbance?.status;
	const statuses = responses.map(({ status }) => status);
	const server = statuses.find((status) => status.startsWith("5"));
	if (server !== undefined) return Number(server.replace("XX", "00"));
	if (statuses.includes("429")) return 429;
	return statuses.includes("default") ? 500 : undefined;
}

/** RFC 7240, section 3. */
function withApplied(answer: Answer, preference: Preference | undefined): Answer {
	if (preference === undefined) return answer;
	return { ...answer, headers: { ...answer.headers, "preference-applied": preference.applied } };
}

function disturbed(answer: Answer, disturbance: Disturbance | undefined): Answer {
	return disturbance === undefined ? answer : { ...answer, disturbance };
}
