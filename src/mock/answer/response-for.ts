import type { Operation, Response } from "../../contract/contract.ts";

/** The documented response that describes a status best: the status itself, its class, then `default`. */
export function responseFor(operation: Operation, status: number): Response | undefined {
	const before = found.get(operation);
	const known = before ?? new Map<number, Response | undefined>();
	if (before === undefined) found.set(operation, known);
	else if (known.has(status)) return known.get(status);
	const response = findResponse(operation, status);
	known.set(status, response);
	return response;
}

/** Asked with every answer. */
const found = new WeakMap<Operation, Map<number, Response | undefined>>();

function findResponse({ responses }: Operation, status: number): Response | undefined {
	const family = `${Math.floor(status / 100)}XX`;
	return (
		responses.find((response) => response.status === String(status)) ??
		responses.find((response) => response.status === family) ??
		responses.find((response) => response.status === "default")
	);
}
