import { setTimeout } from "node:timers/promises";
import type { Call, Credential } from "../../model/call.ts";
import { type Rate, SHARED } from "../../model/guard/rate.ts";
import { MAIN } from "../../model/identity.ts";
import { type Behaviour, behaviourOf } from "../../model/model.ts";
import { cleanUp } from "../cleanup.ts";
import { stepOf } from "../conform.ts";
import { type Decision, type Desk, report, startOf, startWorlds } from "../desk.ts";
import { type History, live } from "../history.ts";
import {
	type Burst,
	burst,
	type Counted,
	callWith,
	isRefusal,
	isSmooth,
	legalMost,
	WAIT_MS_MAX,
} from "../limit/burst.ts";
import { untruthsIn } from "../limit/headers.ts";
import { tryOther } from "../limit/others.ts";
import { issueCredential } from "../plan/issue-credential.ts";
import { compose, startStory } from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";
import type { Turn } from "../session.ts";
import { worldsAfter } from "../stage.ts";

/** Larger limits are not reached. */
const MAX_MAX = 1_000;
/** Every count is made so often, each with a credential of its own. */
const BURSTS = 3;

/** Reaches each documented limit on purpose, with credentials that nobody used before. */
export async function tryLimits(desk: Desk): Promise<void> {
	for (const [index, group] of groupsOf(desk).entries()) {
		if (desk.stopReason() !== undefined) return;
		const reason = reasonNotTo(desk, group) ?? (await tryGroup(desk, group, `l${index}`));
		for (const one of group.limited) if (reason !== undefined) settle(desk, one, { verdict: "undecided", reason });
	}
}

/** An operation for which a limit holds. */
interface Limited {
	readonly behaviour: Behaviour;
	readonly guard: Rate;
	readonly claim: string;
}

interface Group {
	readonly limited: readonly Limited[];
	/** The operation that is called again and again. */
	readonly called: Limited | undefined;
}

function groupsOf(desk: Desk): readonly Group[] {
	const all = [...desk.operations].flatMap((id) => {
		const behaviour = behaviourOf(desk.model, id);
		return behaviour.guards.flatMap((guard, index): readonly Limited[] =>
			guard.kind === "rate" ? [{ behaviour, guard, claim: `${id}/rate${index}` }] : [],
		);
	});
	return [...Map.groupBy(all, ({ guard }) => guard.group).values()].map((limited) => ({
		limited,
		called: limited.find((one) => isRepeatable(one, limited)),
	}));
}

/** It changes nothing, needs nothing to be there, and no tighter limit is in the way. */
function isRepeatable({ behaviour, guard }: Limited, limited: readonly Limited[]): boolean {
	const { operation, keys, guards } = behaviour;
	const tightest = guards.every((one) => one.kind !== "rate" || one.max >= guard.max);
	const schemes = operation.security[0] ?? [];
	return operation.method === "GET" && keys.size === 0 && tightest && schemes.length === 1 && limited.length > 0;
}

function reasonNotTo({ disposable }: Desk, { called, limited }: Group): string | undefined {
	const max = limited[0]?.guard.max ?? 0;
	if (!disposable) return "the target is shared, and a limit is reached only with --disposable";
	if (max > MAX_MAX) return `a limit of more than ${MAX_MAX} requests is not reached`;
	return called === undefined ? "no operation of it can be called again and again" : undefined;
}

/** Undefined when something was decided, else the reason why nothing was. */
async function tryGroup(desk: Desk, { called, limited }: Group, label: string): Promise<string | undefined> {
	if (called === undefined) return undefined;
	const issued = await issueAll(desk, called, label);
	try {
		const fresh = issued.counted.length < BURSTS ? await givenAll(desk, called.guard, issued.call) : issued.counted;
		if (typeof fresh === "string") return fresh;
		const bursts: Burst[] = [];
		for (const counted of fresh) bursts.push(await burst(desk, called.guard, counted));
		const disturbed = bursts.find((one) => one.disturbed !== undefined)?.disturbed;
		if (disturbed !== undefined) return `${called.behaviour.operation.id}: ${disturbed}`;
		await judgeCount(desk, called, { bursts, counted: fresh });
		const last = fresh.at(-1);
		const others = limited.filter((one) => one !== called);
		const reason = `it shares its limit with ${called.behaviour.operation.id}, where that was tried`;
		for (const other of others) settle(desk, other, { verdict: "undecided", reason });
		if (last !== undefined && desk.decided.get(called.claim)?.verdict === "agrees")
			await tryOthers(desk, { called, others }, last);
		return undefined;
	} finally {
		await cleanUp(desk, issued.history, { worlds: worldsAfter(desk, issued.history), thorough: true });
	}
}

/** What is used up by one operation is used up for all that share the limit, and what is refused has no effect. */
async function tryOthers(
	desk: Desk,
	{ called, others }: { called: Limited; others: readonly Limited[] },
	spent: Counted,
): Promise<void> {
	for (const other of others) {
		// Only while the calls are used up for sure does an answer tell anything.
		const isSpent = isRefusal(called.guard, await desk.session.provoke(callWith(spent), spent.bindings));
		const tried = isSpent ? await tryOther(desk, other, spent) : { kind: "unclear" as const, turns: [] };
		const isStill = isRefusal(called.guard, await desk.session.provoke(callWith(spent), spent.bindings));
		if (tried.kind === "writes all the same")
			blame(desk, other, {
				rule: "failed-write-changed-state",
				documented: "a refused request changes nothing",
				observed: "applied in full",
				turns: tried.turns,
			});
		else if (tried.kind === "refuses") settle(desk, other, { verdict: "agrees" });
		else if (tried.kind === "lets through" && isStill)
			blame(desk, other, { observed: "counted for each operation by itself", turns: tried.turns });
	}
}

interface IssuedAll {
	/** What is to be called again and again. */
	readonly call: Call;
	readonly counted: readonly Counted[];
	readonly history: History;
}

/** Has the API issue as many credentials as there are bursts. */
async function issueAll(desk: Desk, { behaviour }: Limited, label: string): Promise<IssuedAll> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, startOf(model), { source, validation });
	const call = compose(story, behaviour.operation.id, { inside: [] });
	const [scheme = ""] = Object.keys(call.credentials);
	const credentials: Credential[] = [];
	for (let count = 0; count < BURSTS; count++) {
		const credential = issueCredential(story, { scheme });
		if (credential !== undefined) credentials.push(credential);
	}
	const history = await live(desk, startWorlds(desk.model), story.calls);
	const bindings = worldsAfter(desk, history)[0]?.bindings ?? new Map();
	return { call, counted: credentials.map((credential) => ({ call, credential, bindings })), history };
}

/** Below so many nobody can tell a limit for each credential from one for everybody. */
const GIVEN_MIN = 2;

/**
 * The further callers that were given, where the API issues no credentials: what they used before is forgotten once the
 * window is over. The reason where they cannot be counted for.
 */
async function givenAll(desk: Desk, { windowMs }: Rate, call: Call): Promise<readonly Counted[] | string> {
	const [scheme = ""] = Object.keys(call.credentials);
	const needed = behaviourOf(desk.model, call.operation).guards.flatMap((guard) =>
		guard.kind === "scope" ? guard.alternatives.slice(0, 1).flatMap(({ scopes }) => scopes) : [],
	);
	const able = desk.model.identities.filter(
		({ name, schemes, expired, scopes }) =>
			name !== MAIN &&
			expired !== true &&
			schemes.includes(scheme) &&
			(scopes === undefined || needed.every((scope) => scopes.includes(scope))),
	);
	if (able.length < GIVEN_MIN)
		return `the API issues no fresh credential to count for, and no ${GIVEN_MIN} identities were given that can call it`;
	if (windowMs > WAIT_MS_MAX)
		return `the API issues no fresh credential, and a window of ${windowMs / 1_000} s is too long to wait until given ones count as new`;
	await setTimeout(windowMs * 1.1);
	return able
		.slice(0, BURSTS)
		.map(({ name: as }): Counted => ({ call, credential: { kind: "right", as }, bindings: new Map() }));
}

interface Counting {
	readonly bursts: readonly Burst[];
	readonly counted: readonly Counted[];
}

/** What contradicts "N in a window", however it is counted. */
async function judgeCount(desk: Desk, called: Limited, { bursts, counted: all }: Counting): Promise<void> {
	const { guard, behaviour } = called;
	const found = (observed: string, turns: readonly (Turn | undefined)[]): void =>
		blame(desk, called, { observed, turns });
	const [first, ...others] = bursts;
	const [counted] = all;
	if (first === undefined || counted === undefined) return;
	const counts = bursts.map(({ accepted }) => accepted);
	const last = all.at(-1) ?? counted;
	if (bursts.every(({ refusal }) => refusal === undefined)) return found("not enforced", [first.last]);
	// A credential that nobody used is refused at once, when others have used up what is everybody's.
	if (first.accepted > 0 && others.every(({ accepted }) => accepted === 0) && guard.per === "credential")
		return found("counted for everybody together", [first.last, others[0]?.refusal]);
	const excess = await excessOf(desk, guard, { bursts, last });
	if (excess !== undefined) return found(excess, [first.last, first.refusal]);
	const [untrue] = untruthsIn(guard, behaviour.operation, first);
	if (untrue !== undefined)
		return blame(desk, called, { observed: untrue.observed, documented: untrue.documented, turns: [untrue.turn] });
	if (!counts.every((count) => count >= guard.max))
		return settle(desk, called, { verdict: "undecided", reason: `it refused after ${Math.min(...counts)} calls` });
	if (await staysShut(desk, guard, last)) return found("never lets anybody through again", [first.refusal]);
	settle(desk, called, { verdict: "agrees" });
}

/** More or fewer than any way of counting allows, the same every time; undefined when it is neither. */
async function excessOf(
	desk: Desk,
	guard: Rate,
	{ bursts, last }: { bursts: readonly Burst[]; last: Counted },
): Promise<string | undefined> {
	const [first = 0, ...others] = bursts.map(({ accepted }) => accepted);
	if (first === guard.max || others.some((one) => one !== first)) return undefined;
	const isQuick = bursts.every(({ elapsedMs }) => elapsedMs < guard.windowMs / guard.max);
	const smooth = isQuick && first > guard.max ? false : await isSmooth(desk, guard, last);
	// A bucket that holds less than the limit would refill: where that cannot be waited for, one less is a miscount.
	if (smooth === true || (smooth === undefined && first !== guard.max - 1)) return undefined;
	if (first === guard.max + 1) return "one too many is accepted";
	if (first === guard.max - 1) return "the last one is refused";
	return first > guard.max && first <= legalMost(guard, 0) ? `${first} are accepted` : undefined;
}

/** Whether it still refuses when the window is over; only of short windows. */
async function staysShut(desk: Desk, guard: Rate, counted: Counted): Promise<boolean> {
	if (guard.windowMs > WAIT_MS_MAX) return false;
	for (let tries = 0; tries < 2; tries++) {
		await setTimeout(guard.windowMs * 1.1);
		const turn = await desk.session.provoke(callWith(counted), counted.bindings);
		if (!isRefusal(guard, turn)) return false;
	}
	return true;
}

interface Blame {
	readonly rule?: "rate-limit" | "failed-write-changed-state";
	readonly observed: string;
	readonly documented?: string;
	readonly turns: readonly (Turn | undefined)[];
}

function blame(desk: Desk, limited: Limited, { rule = "rate-limit", observed, documented, turns }: Blame): void {
	const { behaviour, guard, claim } = limited;
	const { operation } = behaviour;
	const [evidence] = guard.evidence;
	const words =
		documented ?? `${guard.statuses.join(" or ")} above ${guard.max} requests in ${guard.windowMs / 1_000} s`;
	report(desk, [
		{
			rule,
			level: "drift",
			operation: operation.id,
			documented: words,
			observed,
			message: `${operation.method} ${operation.path}: ${words}, says the document. Observed: ${observed}, each time with a credential that nobody had used.`,
			...(evidence === undefined ? {} : { because: evidence.text }),
			source: evidence?.source ?? operation.source,
			evidence: turns.flatMap((turn) => (turn === undefined ? [] : [stepOf(turn)])),
			suspects: [observed],
			cause: guard.group.startsWith(SHARED) ? `rate ${guard.group} ${observed}` : `${claim} ${observed}`,
		},
	]);
	settle(desk, limited, { verdict: "drift" });
}

function settle(desk: Desk, { claim }: Limited, decision: Decision): void {
	desk.decided.set(claim, decision);
}
