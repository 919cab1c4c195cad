import type { Operation, Response } from "../../contract/contract.ts";

/** The response that a page means by a status: exactly it, its class, or the default. */
export function responseNamed(operation: Operation, status: string): Response | undefined {
	const upper = status.toUpperCase();
	const family = `${upper[0]}XX`;
	return (
		operation.responses.find((one) => one.status === upper) ??
		operation.responses.find((one) => one.status === family) ??
		(upper.endsWith("XX") ? operation.responses.find((one) => one.status.startsWith(upper[0] as string)) : undefined) ??
		operation.responses.find((one) => one.status === "default")
	);
}

/** The first documented success that shows something, or else the first. */
export function successOf(operation: Operation): Response | undefined {
	const successes = operation.responses.filter(({ status }) => status.startsWith("2"));
	return successes.find(({ content }) => content.length > 0) ?? successes[0];
}
