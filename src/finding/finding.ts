import type { Exchange, Json } from "../http/exchange.ts";
import type { Place } from "../problem/source.ts";
import type { Rule } from "./rule.ts";

/**
 * `drift`: the document or an overlay says so. `surprise`: only a convention does. `suggestion`: a sentence of a page
 * that may be meant otherwise; it never fails a run.
 */
export type Level = "drift" | "surprise" | "suggestion";

/** A contradiction between what is documented and what was observed, as a value with an identity. */
export interface Finding {
	/** Six hexadecimal digits of a hash over rule, operation, documented, observed and subject; shrinking keeps it. */
	readonly fingerprint: string;
	readonly rule: Rule;
	readonly level: Level;
	readonly operation: OperationName;
	/** What of the operation it is about, when not the whole: a field, a parameter, a header, a status. */
	readonly subject?: string;
	readonly documented: string;
	readonly observed: string;
	/** Rivals that explain the answers equally well; one when `observed` is a name. */
	readonly suspects: readonly string[];
	/** One sentence for a person. */
	readonly message: string;
	/** Why we believe that the document says so. */
	readonly because?: string;
	readonly source: Place;
	/** The ledger entry that knows it. */
	readonly known?: Known;
	/** The shortest sequence that proves it. */
	readonly evidence: readonly Step[];
	/** Findings that follow from this one. */
	readonly consequences: readonly string[];
	/** Set when it did not come back every time. */
	readonly flaky?: { readonly seen: number; readonly runs: number };
	readonly replay: string;
	readonly repair: Repair;
}

export interface OperationName {
	readonly id: string;
	readonly method: string;
	readonly path: string;
}

/** One exchange of a proof, with what the docs predict beside what the service showed. */
export interface Step {
	readonly operation: string;
	readonly exchange: Exchange;
	/** The exchange as one curl line, secrets masked. */
	readonly curl: string;
	/** What the docs predict here, in words or as a compact value. */
	readonly predicted?: string;
	/** What the service showed, in the same form. */
	readonly observed?: string;
	/** What the docs predict as data, for programs: a diagram, a test. */
	readonly expects?: Expectation;
	/** True where the two part. */
	readonly parts: boolean;
}

/** An answer as the docs predict it. */
export interface Expectation {
	/** `404`, `2XX`: one of these. */
	readonly statuses: readonly string[];
	/** What of the body is known. */
	readonly body?: Expected;
}

/** A value of which a part may be unknown. */
export type Expected =
	| { readonly kind: "any" }
	/** This very value; objects inside it may have further members. */
	| { readonly kind: "value"; readonly value: Json }
	/** Nothing stands there. */
	| { readonly kind: "absent" }
	/** Anything but this value, or nothing. */
	| { readonly kind: "not"; readonly value: Json }
	/** These members; there may be others. */
	| { readonly kind: "object"; readonly members: Readonly<Record<string, Expected>> }
	| {
			readonly kind: "list";
			readonly items: readonly Expected[];
			/** False: the position of an item means nothing. */
			readonly ordered: boolean;
			/** False: other items may stand there as well. */
			readonly complete: boolean;
			/** Values that must not stand there. */
			readonly without: readonly Json[];
	  };

export interface Known {
	readonly reason: string;
	readonly owner?: string;
	readonly workaround?: string;
	readonly since?: string;
	readonly expires?: string;
	readonly ticket?: string;
	readonly source: Place;
}

/** How either side could be mended. Which comes first is decided by `authority`. */
export interface Repair {
	readonly first: "document" | "service";
	/** Overlay actions (a YAML list) that make the document tell the truth, when we can write them. */
	readonly overlay?: string;
	/** Why no overlay can. */
	readonly why?: string;
	/** Where a page is what disagrees: how it could be mended. The page comes first then, and no service is to blame. */
	readonly page?: string;
	readonly service: string;
}
