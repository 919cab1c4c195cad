import type { Operation } from "../../contract/contract.ts";
import { namesOperation } from "../../contract/names-operation.ts";
import { UserError } from "../../problem/problem.ts";
import { createRandom } from "../../schema/generation/random.ts";
import type { Duration } from "./duration.ts";
import { type Drop, type Fault, parseFault } from "./fault.ts";

/** What goes wrong with one request. */
export interface Disturbance {
	readonly delayMs: number;
	readonly status?: number | "error";
	readonly drop?: Drop;
	readonly slowMs?: number;
}

/** The faults of a mock, switched on and off while it serves. Which request they strike depends only on the seed. */
export interface Faults {
	/** Undefined when this request is served as it should be. */
	strike(operation: Operation, header: string | undefined): Disturbance | undefined;
	/** False when no request need be looked at, but for its header. */
	isOn(): boolean;
	list(): readonly Fault[];
	set(faults: readonly Fault[]): void;
	/** Counts requests from the beginning, so that the same ones are struck again. */
	reset(): void;
}

/** The header with which one request asks for a fault. */
export const FAULT_HEADER = "x-holdfast-fault";

export function createFaults(seed: number, start: readonly Fault[] = []): Faults {
	let faults = start;
	let known = new Map<string, boolean>();
	const concerns = (fault: Fault, index: number, operation: Operation): boolean => {
		const key = `${index} ${operation.id}`;
		const concerned = known.get(key) ?? matches(fault, operation);
		known.set(key, concerned);
		return concerned;
	};
	let counts = new Map<number, number>();
	const reset = (): void => {
		counts = new Map();
	};
	const isStruck = ({ rate }: Fault, index: number): boolean => {
		const count = counts.get(index) ?? 0;
		counts.set(index, count + 1);
		return rate >= 1 || createRandom(`${seed} fault ${index} ${count}`).next() < rate;
	};
	return {
		strike: (operation, header) => {
			const struck = faults.filter((fault, index) => concerns(fault, index, operation) && isStruck(fault, index));
			const all = header === undefined ? struck : [...askedFor(header), ...struck];
			return all.length === 0
				? undefined
				: combine(all, createRandom(`${seed} ${[...counts.values()].join(" ")}`).next());
		},
		isOn: () => faults.length > 0,
		list: () => faults,
		set: (next) => {
			faults = next;
			known = new Map();
			reset();
		},
		reset,
	};
}

/** A header that says nothing readable asks for nothing. */
function askedFor(header: string): readonly Fault[] {
	try {
		return [{ ...parseFault(header), rate: 1 }];
	} catch (error) {
		if (error instanceof UserError) return [];
		throw error;
	}
}

/** Whether a fault is about an operation. */
export function matches({ operation: name }: Pick<Fault, "operation">, operation: Operation): boolean {
	return name === undefined || namesOperation(name, operation);
}

/** Times add up; of statuses and of losses the first counts. */
function combine(struck: readonly Fault[], share: number): Disturbance {
	const pick = (duration: Duration): number => Math.round(duration.minMs + share * (duration.maxMs - duration.minMs));
	let delayMs = 0;
	for (const { latency } of struck) if (latency !== undefined) delayMs += pick(latency);
	const status = struck.find((fault) => fault.status !== undefined)?.status;
	const drop = struck.find((fault) => fault.drop !== undefined)?.drop;
	const slow = struck.find((fault) => fault.slow !== undefined)?.slow;
	return {
		delayMs,
		...(status === undefined ? {} : { status }),
		...(drop === undefined ? {} : { drop }),
		...(slow === undefined ? {} : { slowMs: pick(slow) }),
	};
}
