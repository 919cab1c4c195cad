import type { ClaimResult, EvidenceLine, RivalResult } from "../finding/run.ts";
import type { Claim } from "../model/claim.ts";
import type { Evidence } from "../model/evidence.ts";
import { behaviourOf } from "../model/model.ts";
import type { Statuses } from "./coverage.ts";
import type { Decision, Desk } from "./desk.ts";
import { nameOf } from "./operation-name.ts";
import { planClaims, type Verdicts } from "./phase/experiments.ts";

interface Gathered {
	readonly verdicts: Verdicts | undefined;
	readonly statuses: Statuses;
}

/** What a run says of each claim in the end, whichever phase decided it. */
export function claimResults(desk: Desk, gathered: Gathered): readonly ClaimResult[] {
	const claims = gathered.verdicts?.claims ?? planClaims(desk);
	return claims.map((claim) => claimResult(desk, claim, gathered));
}

function claimResult(desk: Desk, claim: Claim, { verdicts, statuses }: Gathered): ClaimResult {
	const own = combine(desk.decided.get(claim.id), verdicts?.decisions.get(claim.id)) ?? undecided(desk, claim);
	const deaf = own.verdict === "agrees" ? onlyRefusal(claim, statuses) : undefined;
	const decision: Decision =
		deaf === undefined ? own : { verdict: "undecided", reason: `a right credential was refused as well, with ${deaf}` };
	const forms = deaf === undefined ? verdicts : undefined;
	return {
		operation: nameOf(behaviourOf(desk.model, claim.operation).operation),
		law: claim.law,
		sentence: claim.sentence,
		level: claim.level,
		evidence: claim.evidence.map((one) => evidenceLine(desk, one)),
		verdict: decision.verdict,
		...(decision.reason === undefined ? {} : { reason: decision.reason }),
		rivals: claim.rivals
			.filter(({ lies }) => !lies)
			.map(({ name }) => rivalResult(desk, claim, { name, verdicts: forms })),
	};
}

/**
 * With what an operation refused every input, a good one too, or never spoke of credentials: what it refused for nobody
 * knows. That what a path names is not there is no such refusal.
 */
function onlyRefusal({ law, operation }: Claim, statuses: Statuses): number | undefined {
	if (law !== "credentials" && law !== "scope") return undefined;
	const answered = [...(statuses.get(operation)?.keys() ?? [])];
	if (answered.some((status) => status < 400)) return undefined;
	const ofInput = answered.find((status) => OF_INPUT.has(status));
	return ofInput ?? (answered.some((status) => ABOUT_CREDENTIALS.has(status)) ? undefined : answered[0]);
}

const OF_INPUT: ReadonlySet<number> = new Set([400, 415, 422]);
const ABOUT_CREDENTIALS: ReadonlySet<number> = new Set([401, 403]);

/** A claim that two phases look at is as bad as the worse of the two says; what only one could decide is decided. */
function combine(a: Decision | undefined, b: Decision | undefined): Decision | undefined {
	if (a === undefined || b === undefined) return a ?? b;
	return [a, b].find(({ verdict }) => verdict === "drift") ?? [a, b].find(({ verdict }) => verdict === "agrees") ?? a;
}

function undecided(desk: Desk, claim: Claim): Decision {
	return { verdict: "undecided", reason: desk.skipped.get(claim.operation) ?? "the experiments did not run" };
}

/** A rival in all its forms. */
function rivalResult(
	desk: Desk,
	claim: Claim,
	{ name, verdicts }: { name: string; verdicts: Verdicts | undefined },
): RivalResult {
	if (desk.toldApart.has(`${claim.id} ${name}`)) return { name, excluded: true };
	const forms = claim.rivals.filter((rival) => rival.name === name);
	const left = verdicts === undefined ? forms : forms.filter((rival) => !verdicts.excluded.has(rival));
	const [reason] = left.flatMap((rival) => verdicts?.unobservable.get(rival) ?? []);
	return { name, excluded: left.length === 0, ...(reason === undefined ? {} : { reason }) };
}

function evidenceLine(desk: Desk, { kind, text, source }: Evidence): EvidenceLine {
	const place = source === undefined ? undefined : desk.model.contract.locate(source);
	return {
		kind,
		text,
		...(place === undefined ? {} : { file: place.file }),
		...(place?.line === undefined ? {} : { line: place.line }),
	};
}
