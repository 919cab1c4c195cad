import type { Claim } from "../../model/claim.ts";
import { type Behaviour, behaviourOf } from "../../model/model.ts";
import { firstDisorder } from "../../model/page-pattern.ts";
import type { Filter } from "../../model/query/filter.ts";
import type { Sort } from "../../model/query/sort.ts";
import { type Asking, askingsOf } from "../../model/query-law.ts";
import { queryLawOf } from "../../model/query-laws.ts";
import { propertyOf } from "../../model/value.ts";
import { stepOf } from "../conform.ts";
import { type Desk, report } from "../desk.ts";
import type { Verdicts } from "../phase/experiments.ts";
import type { Turn } from "../session.ts";
import { furnishList } from "./furnish-list.ts";
import { listReader, type ReadList } from "./read-list.ts";
import { tryBound } from "./shown-bound.ts";
import { tryFilter } from "./shown-filter.ts";

/** What a list was seen to do with what it is asked for. */
export type Judged =
	| { readonly kind: "open" | "agrees" }
	| { readonly kind: "drift"; readonly observed: string; readonly turns: readonly Turn[] };

/** What is found is asked for so often before it is believed. */
const ASKED = 3;

/**
 * Decides filters and orders of fields that only the server sets, where no experiment could be planned: a list shows such
 * values itself, so it can be asked for one of them and held against what it shows then.
 */
export async function decideShown(desk: Desk, { claims, decisions }: Verdicts): Promise<void> {
	const open = claims.filter(({ id, operation }) => {
		const { keys, effect } = behaviourOf(desk.model, operation);
		return decisions.get(id)?.verdict === "undecided" && keys.size === 0 && effect.kind === "list";
	});
	for (const [operation, own] of Map.groupBy(open, (claim) => claim.operation)) {
		const behaviour = behaviourOf(desk.model, operation);
		const asked = own.filter((claim) => canBeShown(behaviour, askingOf(claim, behaviour)));
		if (asked.length === 0 || desk.stopReason() !== undefined) continue;
		const strike = await furnishList(desk, behaviour);
		for (const claim of asked) await decideClaim(desk, behaviour, claim);
		await strike();
	}
}

function canBeShown({ answer }: Behaviour, asking: Asking | undefined): asking is Filter | Sort {
	if (asking?.kind === "sort") return asking.parameters.length === 0;
	if (asking?.kind !== "filter" || !answer.fields.includes(asking.field)) return false;
	return asking.compares === "equal" || asking.isNow;
}

async function decideClaim(desk: Desk, behaviour: Behaviour, claim: Claim): Promise<void> {
	const asking = askingOf(claim, behaviour);
	if (!canBeShown(behaviour, asking)) return;
	const judged = await surely(() => decide(behaviour, asking, listReader(desk, behaviour)));
	if (judged.kind === "drift") blame(desk, claim, { ...judged, asking });
	if (judged.kind === "agrees" && claim.rivals.length > 0) desk.decided.set(claim.id, { verdict: "agrees" });
}

function askingOf({ id }: Claim, { query }: Behaviour): Asking | undefined {
	const place = id.slice(id.lastIndexOf("/") + 1);
	return query === undefined ? undefined : askingsOf(query).find(({ name }) => name === place)?.asking;
}

/** What contradicts must come back; others may have written meanwhile. */
async function surely(judge: () => Promise<Judged>): Promise<Judged> {
	const first = await judge();
	if (first.kind !== "drift") return first;
	for (let again = 1; again < ASKED; again++) {
		const next = await judge();
		if (next.kind !== "drift" || next.observed !== first.observed) return { kind: "open" };
	}
	return first;
}

async function decide({ query }: Behaviour, asking: Filter | Sort, read: ReadList): Promise<Judged> {
	if (asking.kind === "sort") return trySort(asking, read);
	return asking.compares === "equal" ? tryFilter(asking, read) : tryBound(asking, read, query?.filters ?? []);
}

/** The documented order of a list that nobody asks for one, as the values show it by which it is ordered. */
async function trySort({ standard }: Sort, read: ReadList): Promise<Judged> {
	const property = standard?.field ?? standard?.toldBy;
	if (standard === undefined || property === undefined) return { kind: "open" };
	const shown = await read();
	if (shown === undefined || new Set(shown.items.map((item) => propertyOf(item, property))).size < 2)
		return { kind: "open" };
	const { descending } = standard;
	if (firstDisorder(shown.items, { property, descending }) === undefined) return { kind: "agrees" };
	if (firstDisorder(shown.items, { property, descending: !descending }) !== undefined) return { kind: "open" };
	return { kind: "drift", observed: "reversed", turns: [shown.turn] };
}

interface Blamed {
	readonly asking: Asking;
	readonly observed: string;
	readonly turns: readonly Turn[];
}

function blame(desk: Desk, claim: Claim, { asking, observed, turns }: Blamed): void {
	const { operation } = behaviourOf(desk.model, claim.operation);
	const [evidence] = claim.evidence;
	report(desk, [
		{
			rule: queryLawOf(asking).rule,
			level: claim.level,
			operation: operation.id,
			documented: claim.documented,
			observed,
			message: `${operation.method} ${operation.path} ${claim.sentence}, says the document. Observed, by what it shows itself: ${observed}.`,
			...(evidence === undefined ? {} : { because: evidence.text }),
			source: evidence?.source ?? operation.source,
			evidence: turns.map(stepOf),
			suspects: [observed],
			cause: `${claim.id} ${observed}`,
		},
	]);
	desk.decided.set(claim.id, { verdict: "drift" });
}
