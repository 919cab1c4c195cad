import type { Operation } from "../contract/contract.ts";
import type { Finding, Level, OperationName, Step } from "../finding/finding.ts";
import { fingerprint } from "../finding/fingerprint.ts";
import type { Rule } from "../finding/rule.ts";
import type { Place } from "../problem/source.ts";

/** A disagreement of a page, before it is a finding. */
export interface Draft {
	readonly rule: Rule;
	readonly level: Level;
	readonly operation: OperationName;
	readonly subject?: string;
	/** What the page says. */
	readonly documented: string;
	/** What the document says, or the service shows. */
	readonly observed: string;
	readonly message: string;
	/** The words of the page. */
	readonly because?: string;
	readonly source: Place;
	/** How the page could be mended. */
	readonly repair: string;
	readonly evidence?: readonly Step[];
}

/** A claim of a page that was held against the contract: right, wrong, or not to be decided. */
export type Ruling =
	| { readonly kind: "agrees"; readonly claim: PageClaim }
	| { readonly kind: "undecided"; readonly claim: PageClaim; readonly reason: string }
	| { readonly kind: "disagrees"; readonly claim: PageClaim; readonly draft: Draft };

export interface PageClaim {
	readonly operation: OperationName;
	readonly rule: Rule;
	/** `says that rate_limit is at most 10000`. */
	readonly sentence: string;
	readonly place: Place;
	readonly quote?: string;
}

export function operationName({ id, method, path }: Operation): OperationName {
	return { id, method, path };
}

/** A finding of a page; `first` says which side is to be mended first. */
export function toFinding(draft: Draft, command: string): Finding {
	const { rule, operation, subject, documented, observed, repair, evidence = [] } = draft;
	const identity = { rule, operation, documented, observed, ...(subject === undefined ? {} : { subject }) };
	return {
		fingerprint: fingerprint(identity),
		...identity,
		level: draft.level,
		suspects: [],
		message: draft.message,
		...(draft.because === undefined ? {} : { because: draft.because }),
		source: draft.source,
		evidence,
		consequences: [],
		replay: command,
		repair: {
			first: "document",
			page: repair,
			service: `Let ${operation.method} ${operation.path} be as the page says: ${documented}.`,
		},
	};
}
