import type { Operation } from "../../contract/contract.ts";
import type { Hearing, Said } from "../docket.ts";
import { operationName } from "../draft.ts";
import type { Snippet } from "../snippet/snippet.ts";

/** A request that the document has an operation for. */
export interface Shown {
	readonly hearing: Hearing;
	readonly snippet: Snippet;
	readonly operation: Operation;
}

export function saidOf({ operation, snippet }: Shown, says: string, line: number, subject?: string): Said {
	return {
		rule: "page-request",
		operation: operationName(operation),
		says,
		line,
		quote: `${snippet.method} ${snippet.path.raw}`,
		...(subject === undefined ? {} : { subject }),
	};
}
