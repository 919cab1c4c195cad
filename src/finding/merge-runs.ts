import type { ClaimResult, Coverage, LedgerNote, OperationCoverage, PhaseResult, Run } from "./run.ts";

/**
 * Puts the parts of one check together: shards that looked at some operations or phases each. Runs of several APIs stay
 * apart, in the order in which each API comes first. The last part says which target, seed and kit it was.
 *
 * @example mergeRuns([firstHalf, secondHalf]).length // 1, for two shards of one API
 */
export function mergeRuns(runs: readonly Run[]): readonly Run[] {
	const byApi = Map.groupBy(runs, ({ contract }) => contract.api);
	return [...byApi.values()].map((parts) => parts.reduce(mergeTwo));
}

function mergeTwo(a: Run, b: Run): Run {
	const findings = [
		...a.findings.filter((one) => !b.findings.some(({ fingerprint }) => fingerprint === one.fingerprint)),
		...b.findings,
	];
	const merged = { ...a, ...b, phases: mergePhases(a, b), claims: mergeClaims(a, b), findings };
	return {
		...merged,
		ledger: mergeNotes(merged, [...a.ledger, ...b.ledger]),
		coverage: mergeCoverage(a.coverage, b.coverage),
		notes: [...new Set([...a.notes, ...b.notes])],
	};
}

function mergePhases(a: Run, b: Run): readonly PhaseResult[] {
	const names = [...new Set([...a.phases, ...b.phases].map(({ name }) => name))];
	return names.map((name) => {
		const [first, ...others] = [...a.phases, ...b.phases].filter((phase) => phase.name === name) as [PhaseResult];
		return others.reduce(mergePhase, first);
	});
}

function mergePhase(a: PhaseResult, b: PhaseResult): PhaseResult {
	const sum = {
		exchanges: a.exchanges + b.exchanges,
		durationMs: a.durationMs + b.durationMs,
		findings: a.findings + b.findings,
	};
	if (a.ran || b.ran) return { ...sum, name: a.name, ran: true };
	return { ...sum, name: a.name, ran: false, why: a.why };
}

/** What one part decided is decided; where two did, drift goes before agreement. */
const RANK: Readonly<Record<ClaimResult["verdict"], number>> = { drift: 0, agrees: 1, undecided: 2 };

function mergeClaims(a: Run, b: Run): readonly ClaimResult[] {
	const key = ({ operation, law, sentence }: ClaimResult): string => JSON.stringify([operation.id, law, sentence]);
	const all = Map.groupBy([...a.claims, ...b.claims], key);
	return [...all.values()].flatMap((same) => {
		// One sentence may be said twice of an operation; as often as in the fuller part it stays.
		const [ours, theirs] = [a, b].map(({ claims }) => claims.filter((claim) => same.includes(claim)));
		return (ours ?? []).length === 0 || (theirs ?? []).length === 0 ? same : pairUp(ours ?? [], theirs ?? []);
	});
}

function pairUp(ours: readonly ClaimResult[], theirs: readonly ClaimResult[]): readonly ClaimResult[] {
	const longer = ours.length >= theirs.length ? ours : theirs;
	return longer.map((_, index) => {
		const pair = [ours[index], theirs[index]].filter((claim) => claim !== undefined);
		return pair.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict])[0] as ClaimResult;
	});
}

/** An entry that one part has met, or found stale, is not undecided because another part did not look. */
function mergeNotes({ findings }: Pick<Run, "findings">, notes: readonly LedgerNote[]): readonly LedgerNote[] {
	const place = ({ file, line }: { readonly file: string; readonly line?: number }): string => `${file}:${line ?? ""}`;
	const met = new Set(findings.flatMap(({ known }) => (known === undefined ? [] : [place(known.source)])));
	const settled = new Set(notes.filter(({ kind }) => kind === "stale").map(place));
	const kept = notes.filter((note) => {
		if (note.kind === "expired") return true;
		return !met.has(place(note)) && (note.kind === "stale" || !settled.has(place(note)));
	});
	return [...new Map(kept.map((note) => [`${note.kind} ${place(note)}`, note])).values()];
}

function mergeCoverage(a: Coverage, b: Coverage): Coverage {
	const operations = new Map(a.operations.map((each) => [each.operation.id, each]));
	for (const each of b.operations) {
		const known = operations.get(each.operation.id);
		operations.set(each.operation.id, known === undefined ? each : mergeOperation(known, each));
	}
	return { operations: [...operations.values()] };
}

function mergeOperation(a: OperationCoverage, b: OperationCoverage): OperationCoverage {
	const seen = (status: string): number =>
		[...a.statuses, ...b.statuses].reduce((sum, each) => sum + (each.status === status ? each.seen : 0), 0);
	const statuses = [...new Set([...a.statuses, ...b.statuses].map(({ status }) => status))];
	const parameters = Map.groupBy(
		[...(a.parameters ?? []), ...(b.parameters ?? [])],
		(each) => `${each.in} ${each.name}`,
	);
	const exchanges = a.exchanges + b.exchanges;
	const skipped = exchanges > 0 ? undefined : (a.skipped ?? b.skipped);
	return {
		operation: a.operation,
		exchanges,
		statuses: statuses.map((status) => ({ status, seen: seen(status) })),
		parameters: [...parameters.values()].flatMap((same) => {
			const [first] = same;
			return first === undefined ? [] : [{ ...first, sent: same.reduce((sum, { sent }) => sum + sent, 0) }];
		}),
		...(skipped === undefined ? {} : { skipped }),
	};
}
