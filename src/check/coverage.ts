import type { Operation } from "../contract/contract.ts";
import type { OperationCoverage, ParameterCoverage } from "../finding/run.ts";
import type { Call } from "../model/call.ts";
import { bodySchema } from "../model/infer/shown.ts";
import { isObject } from "../model/value.ts";
import { properties } from "../schema/navigate.ts";
import type { Desk } from "./desk.ts";
import { nameOf } from "./operation-name.ts";

/** Operation → status → how often it was answered; 0 stands for no answer. */
export type Statuses = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** `operation place name` → how many requests carried it. */
export type Sent = Map<string, number>;

/** Notes what one call carries. */
export function noteSent(sent: Sent, { operation, path, query, header, cookie = {}, body }: Call): void {
	const parts = { path, query, header, cookie, body: isObject(body) ? body : {} };
	for (const [place, values] of Object.entries(parts)) {
		for (const name of Object.keys(values)) {
			const key = `${operation} ${place} ${name}`;
			sent.set(key, (sent.get(key) ?? 0) + 1);
		}
	}
}

/** What of an operation was exercised, or why it was not. */
export function coverageOf(
	desk: Desk,
	operation: Operation,
	{ seen, sent }: { readonly seen: Statuses; readonly sent: Sent },
): OperationCoverage {
	const statuses = seen.get(operation.id) ?? new Map<number, number>();
	const skipped = desk.skipped.get(operation.id);
	return {
		operation: nameOf(operation),
		exchanges: [...statuses.values()].reduce((sum, count) => sum + count, 0),
		statuses: operation.responses.map(({ status }) => ({ status, seen: seenOf(status, statuses) })),
		parameters: parametersOf(operation, sent),
		...(skipped === undefined ? {} : { skipped }),
	};
}

function parametersOf(operation: Operation, sent: Sent): readonly ParameterCoverage[] {
	const schema = bodySchema(operation);
	const fields = schema === undefined ? [] : properties(schema).map(({ name }) => ({ in: "body" as const, name }));
	return [...operation.parameters, ...fields].map(({ in: place, name }) => {
		// What stands for the whole query is told with its parts.
		const key = `${operation.id} ${place === "querystring" ? "query" : place} ${name}`;
		return { in: place, name, sent: sent.get(key) ?? 0 };
	});
}

function seenOf(status: string, statuses: ReadonlyMap<number, number>): number {
	const family = /^([1-5])XX$/.exec(status)?.[1];
	return [...statuses]
		.filter(([code]) => String(code) === status || (family !== undefined && Math.floor(code / 100) === Number(family)))
		.reduce((sum, [, count]) => sum + count, 0);
}
