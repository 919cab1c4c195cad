import type { Contract, Operation } from "../contract/contract.ts";
import type { Level, OperationName, Step } from "../finding/finding.ts";
import type { Rule } from "../finding/rule.ts";
import type { Model } from "../model/model.ts";
import type { Validation } from "../schema/validate.ts";
import type { Draft, PageClaim, Ruling } from "./draft.ts";
import type { PagePath } from "./page-path.ts";
import type { EndpointName, Reading } from "./reading.ts";
import type { Routes } from "./route.ts";

/** What pages are held against. */
export interface Docket {
	readonly contract: Contract;
	readonly model: Model;
	readonly routes: Routes;
	readonly validation: Validation;
	/** Everything that the document gives a name to. */
	readonly names: ReadonlySet<string>;
	readonly readings: readonly Reading[];
}

/** One page at a time. */
export interface Hearing extends Docket {
	readonly reading: Reading;
}

/** A claim of a page with the words that say it. */
export interface Said {
	readonly rule: Rule;
	readonly operation: OperationName;
	/** The field, parameter, header or status that it is about. */
	readonly subject?: string;
	/** `rate_limit is at most 10000`. */
	readonly says: string;
	readonly line: number;
	readonly quote?: string;
}

interface Against {
	readonly level: Level;
	/** What the page says, in short. */
	readonly documented: string;
	/** What the document says, in the same form. */
	readonly observed: string;
	readonly message: string;
	readonly repair: string;
	readonly evidence?: readonly Step[];
}

const QUOTE_MAX = 200;
/** What a page shows as somebody's key is not repeated in reports. */
const SECRET_QUERY = /([?&][^=&\s]*(?:key|token|secret|password)[^=&\s]*=)[^&\s"'`]+/gi;
const SECRET_HEADER = /\b(Bearer|Basic)\s+(?![<{$])[\w.~+/=-]{6,}/g;

export function agrees({ reading }: Hearing, said: Said): Ruling {
	return { kind: "agrees", claim: claimOf(reading.file, said) };
}

export function undecided({ reading }: Hearing, said: Said, reason: string): Ruling {
	return { kind: "undecided", claim: claimOf(reading.file, said), reason };
}

export function disagrees({ reading }: Hearing, said: Said, against: Against): Ruling {
	const { rule, operation, subject, line, quote } = said;
	const draft: Draft = {
		rule,
		operation,
		...(subject === undefined ? {} : { subject }),
		...against,
		source: { file: reading.file, line },
		...(quote === undefined ? {} : { because: cut(quote) }),
	};
	return { kind: "disagrees", claim: claimOf(reading.file, said), draft };
}

function claimOf(file: string, { rule, operation, says, line, quote }: Said): PageClaim {
	const place = { file, line };
	return { rule, operation, sentence: says, place, ...(quote === undefined ? {} : { quote: cut(quote) }) };
}

function cut(text: string): string {
	const line = text.replaceAll(/\s+/g, " ").replaceAll(SECRET_QUERY, "$1…").replaceAll(SECRET_HEADER, "$1 …").trim();
	return line.length > QUOTE_MAX ? `${line.slice(0, QUOTE_MAX)}…` : line;
}

/** The operation that a part of a page is about, when the document has it. */
export function operationOf({ routes }: Docket, endpoint: EndpointName | undefined): Operation | undefined {
	if (endpoint === undefined || !routes.isOurs(endpoint.path)) return undefined;
	const match = routes.find(endpoint.method, endpoint.path);
	// Several operations may share a path, told apart by what a page does not write.
	return match.kind === "found" && !match.isAmbiguous ? match.operation : undefined;
}

/** An endpoint as the page names it: the document may not have it. */
export function pageOperation(method: string | undefined, { path }: PagePath): OperationName {
	const name = method ?? "ANY";
	return { id: `${name} ${path}`, method: name, path };
}
