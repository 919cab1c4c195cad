import type { Place } from "../problem/source.ts";
import { PAGE_RULES } from "./page-rule.ts";
import type { Rule } from "./rule.ts";

/** The known drifts of one target of an API. */
export interface Ledger {
	readonly file: string;
	/** Which deployment it speaks of, in words. */
	readonly target?: string;
	readonly entries: readonly LedgerEntry[];
}

/** One drift that a team has looked at and decided to live with for a while. */
export interface LedgerEntry {
	readonly rule: Rule;
	/** `operationId`, or method and path template: `PUT /admin/apps/{app_id}/cids`. */
	readonly operation: string;
	/** The field, parameter, header or status; left out, it stands for any. */
	readonly subject?: string;
	readonly documented: string;
	readonly observed: string;
	readonly reason: string;
	readonly owner?: string;
	readonly workaround?: string;
	/** `2026-11-21` or `2026-11`. */
	readonly since?: string;
	/** The last day (or month) on which the entry holds. */
	readonly expires?: string;
	readonly ticket?: string;
	readonly source: Place;
}

/**
 * The part of a ledger that a run can speak of: a check says nothing of pages, and who reads pages nothing of a service.
 *
 * @example entriesAbout(ledger, "service").entries
 */
export function entriesAbout(ledger: Ledger, about: "service" | "pages"): Ledger {
	return { ...ledger, entries: ledger.entries.filter(({ rule }) => rule in PAGE_RULES === (about === "pages")) };
}
