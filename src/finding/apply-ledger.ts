import type { Finding, Known, OperationName } from "./finding.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import type { ClaimResult, LedgerNote } from "./run.ts";

/**
 * Marks the findings that the ledger knows, and says which entries have had their day.
 *
 * An entry is *stale* when the claim it contradicts agrees in this run, *expired* when its date has passed, and
 * *undecided* when this run did not show whether it still holds.
 *
 * @param today as `2026-11-21`: the clock is a parameter.
 * @param isDecided whether a run that does not find what an entry says shows by this that the entry is stale
 * @example applyLedger(run.findings, run.claims, ledger, "2026-11-21").notes // [{ kind: "stale", … }]
 */
export function applyLedger(
	findings: readonly Finding[],
	claims: readonly ClaimResult[],
	ledger: Ledger,
	today: string,
	isDecided: (entry: LedgerEntry) => boolean = () => false,
): { readonly findings: readonly Finding[]; readonly notes: readonly LedgerNote[] } {
	const marked = findings.map((finding) => {
		const entry = ledger.entries.find((each) => knows(each, finding));
		return entry === undefined ? finding : { ...finding, known: knownOf(entry) };
	});
	const notes = ledger.entries.flatMap((entry) => [
		...noteExpiry(entry, today),
		...(findings.some((finding) => knows(entry, finding)) ? [] : [noteAbsence(entry, claims, isDecided(entry))]),
	]);
	return { findings: marked, notes };
}

function knows(entry: LedgerEntry, finding: Finding): boolean {
	return (
		entry.rule === finding.rule &&
		names(entry, finding.operation) &&
		(entry.subject === undefined || entry.subject === finding.subject) &&
		entry.documented === finding.documented &&
		entry.observed === finding.observed
	);
}

function names(entry: LedgerEntry, operation: OperationName): boolean {
	return entry.operation === operation.id || entry.operation === `${operation.method} ${operation.path}`;
}

function knownOf(entry: LedgerEntry): Known {
	const { reason, owner, workaround, since, expires, ticket, source } = entry;
	return {
		reason,
		...(owner === undefined ? {} : { owner }),
		...(workaround === undefined ? {} : { workaround }),
		...(since === undefined ? {} : { since }),
		...(expires === undefined ? {} : { expires }),
		...(ticket === undefined ? {} : { ticket }),
		source,
	};
}

function noteExpiry(entry: LedgerEntry, today: string): readonly LedgerNote[] {
	// A month holds until its last day: dates are compared as far as they are written.
	if (entry.expires === undefined || today.slice(0, entry.expires.length) <= entry.expires) return [];
	return [note("expired", entry, `expired on ${entry.expires}: mend it, or look at it again and set a new date`)];
}

function noteAbsence(entry: LedgerEntry, claims: readonly ClaimResult[], isDecided: boolean): LedgerNote {
	if (isDecided) return note("stale", entry, "this is no longer so: remove this entry");
	const own = claims.filter((claim) => names(entry, claim.operation));
	const contradicted = own.filter((claim) => isAbout(claim, entry));
	if (own.some(({ law, verdict }) => law === entry.observed && verdict === "agrees")) {
		return note("stale", entry, "the document says now what the service does: remove this entry");
	}
	const agrees = contradicted.length > 0 && contradicted.every((claim) => claim.verdict === "agrees");
	if (agrees) return note("stale", entry, "the service does what is documented now: remove this entry");
	if (contradicted.some((claim) => claim.verdict === "drift")) {
		return note("undecided", entry, "the service drifts here otherwise than this entry says");
	}
	const reason = contradicted.find((claim) => claim.reason !== undefined)?.reason;
	return note("undecided", entry, `this run did not decide it${reason === undefined ? "" : `: ${reason}`}`);
}

/** The claim that an entry contradicts is the one whose rival it names. */
function isAbout(claim: ClaimResult, entry: LedgerEntry): boolean {
	return claim.law === entry.documented || claim.rivals.some((rival) => rival.name === entry.observed);
}

function note(kind: LedgerNote["kind"], entry: LedgerEntry, message: string): LedgerNote {
	const { file, line } = entry.source;
	const subject = `${entry.rule} of ${entry.operation} (documented ${entry.documented}, observed ${entry.observed})`;
	return { kind, message: `${subject}: ${message}`, file, ...(line === undefined ? {} : { line }) };
}
