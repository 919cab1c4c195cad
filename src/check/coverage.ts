import type { Operation } from "../contract/contract.ts";
import type { OperationCoverage } from "../finding/run.ts";
import type { Desk } from "./desk.ts";
import { nameOf } from "./operation-name.ts";

/** Operation → status → how often it was answered; 0 stands for no answer. */
export type Statuses = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** What of an operation was exercised, or why it was not. */
export function coverageOf(desk: Desk, operation: Operation, seen: Statuses): OperationCoverage {
	const statuses = seen.get(operation.id) ?? new Map<number, number>();
	const skipped = desk.skipped.get(operation.id);
	return {
		operation: nameOf(operation),
		exchanges: [...statuses.values()].reduce((sum, count) => sum + count, 0),
		statuses: operation.responses.map(({ status }) => ({ status, seen: seenOf(status, statuses) })),
		...(skipped === undefined ? {} : { skipped }),
	};
}

function seenOf(status: string, statuses: ReadonlyMap<number, number>): number {
	const family = /^([1-5])XX$/.exec(status)?.[1];
	return [...statuses]
		.filter(([code]) => String(code) === status || (family !== undefined && Math.floor(code / 100) === Number(family)))
		.reduce((sum, [, count]) => sum + count, 0);
}
