import type { Operation } from "../contract/contract.ts";
import type { OperationName } from "../finding/finding.ts";

/** What events, findings and reports call an operation by. */
export function nameOf({ id, method, path }: Operation): OperationName {
	return { id, method, path };
}
