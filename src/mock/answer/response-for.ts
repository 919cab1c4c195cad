import type { Operation, Response } from "../../contract/contract.ts";

/** The documented response that describes a status best: the status itself, its class, then `default`. */
export function responseFor({ responses }: Operation, status: number): Response | undefined {
	const family = `${Math.floor(status / 100)}XX`;
	return (
		responses.find((response) => response.status === String(status)) ??
		responses.find((response) => response.status === family) ??
		responses.find((response) => response.status === "default")
	);
}
