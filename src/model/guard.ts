import type { Call } from "./call.ts";
import type { Evidence } from "./evidence.ts";
import type { Applies } from "./guard/applies.ts";
import type { Credentials } from "./guard/credentials.ts";
import type { Exists } from "./guard/exists.ts";
import type { Frozen } from "./guard/frozen.ts";
import type { Keep } from "./guard/keep.ts";
import type { Limit } from "./guard/limit.ts";
import type { MemberOf } from "./guard/member-of.ts";
import type { Partitioned } from "./guard/partitioned.ts";
import type { Rate } from "./guard/rate.ts";
import type { ReadOnly } from "./guard/read-only.ts";
import type { Records } from "./guard/records.ts";
import type { Refers } from "./guard/refers.ts";
import type { Scope as ScopeGuard } from "./guard/scope.ts";
import type { Unique } from "./guard/unique.ts";
import type { Unused } from "./guard/unused.ts";
import type { Valid } from "./guard/valid.ts";
import type { When } from "./guard/when.ts";
import type { Behaviour, Model } from "./model.ts";
import type { Rule } from "./rule-name.ts";
import type { Scene } from "./scene.ts";
import type { Change, Entry } from "./state.ts";
import type { Value } from "./value.ts";

/** A precondition of an operation, and the statuses that tell that it is violated. */
export type Guard =
	| Applies
	| Credentials
	| Exists
	| Frozen
	| Keep
	| Limit
	| MemberOf
	| Partitioned
	| Rate
	| ReadOnly
	| Records
	| Refers
	| ScopeGuard
	| Unique
	| Unused
	| Valid
	| When;

export interface GuardCommon {
	readonly statuses: readonly string[];
	readonly evidence: readonly Evidence[];
	/** False in a rival that never looks. */
	readonly enforced: boolean;
	/** True in a rival that refuses and does its work all the same, wholly or with the valid part of the input. */
	readonly leaks: "no" | "all" | "valid-part";
}

export type Holds = "yes" | "no" | "unknown";

export interface GuardLaw<G extends Guard = Guard> {
	readonly kind: G["kind"];
	/** The claim as a sentence without its subject: `answers 404 unless the app exists`. */
	sentence(guard: G, model: Model): string;
	/** What a finding prints after `documented`. */
	documented(guard: G, model: Model): string;
	holds(guard: G, scene: Scene): Holds;
	/** What the guard itself keeps count of, for every call that comes as far as it. */
	keeps?(guard: G, scene: Scene, passed: boolean): readonly Change[];
	rivals(guard: G, behaviour: Behaviour, model: Model): readonly GuardRival[];
	/** The call with what this guard asks for, when the state has it. */
	satisfy?(guard: G, scene: Scene): Call | undefined;
	/** A resource of which some item must be there before the guard can be satisfied. */
	needs?(guard: G): string | undefined;
	/** Whether such an item is as the guard wants it. */
	fits?(guard: G, entry: Entry): Holds;
	/** Items that must be there before it can be violated, wherever they come from, with what they must hold. */
	against?(guard: G): readonly Against[];
	/** What the items of the stage should hold, one after another, so that the guard can be violated and satisfied. */
	stage?(guard: G, behaviour: Behaviour, model: Model): readonly Readonly<Record<string, Value>>[];
	/** False for what is only known to please, and claimed by nobody, and where the operation could not violate it. */
	isClaim?(guard: G, behaviour: Behaviour): boolean;
	/** It depends on what the item holds that the operation is aimed at. */
	readonly looksAtItem?: boolean;
	/** Sequences to start the search from, for a guard that single calls cannot violate. */
	probes?(guard: G): readonly Probe[];
	/** False where its statuses may mean something else: it is not its turn to speak, whatever a rival makes of it. */
	speaks?(guard: G, scene: Scene): boolean;
	/** It looks at nothing but the call, the item that it is aimed at, and what that lives in; it counts nothing. */
	isLocal?(guard: G, call: Call): boolean;
	/** What a rival has done of a call by the time at which it refuses, where that is not its valid part. */
	partOf?(guard: G, scene: Scene): Call;
	/** Calls that violate this guard and, as far as can be told, no other. */
	violate(guard: G, scene: Scene): readonly Call[];
}

export interface Against {
	readonly of: string;
	/** Of several values in a list any will do. */
	readonly fields: Readonly<Record<string, Value>>;
}

/** Items of a resource are made with these fields; then the operation is called so often for one, and once for another. */
export interface Probe {
	readonly of: string;
	readonly fields: Readonly<Record<string, Value>>;
	readonly repeat: number;
}

export interface GuardRival {
	readonly name: string;
	readonly guard: Guard;
	readonly rule: Rule;
}

/** Rivals that every guard of a writing operation has: it refuses and writes all the same. */
export function leakRivals<G extends Guard>(
	guard: G,
	ways: readonly Exclude<Guard["leaks"], "no">[],
): readonly GuardRival[] {
	const names = { all: "applied in full", "valid-part": "applied in part" } as const;
	return ways.map((leaks) => ({ name: names[leaks], guard: { ...guard, leaks }, rule: "failed-write-changed-state" }));
}

/** `404`, or `400 or 422`; a class of statuses, or none, says no more than that it is refused. */
export function statusWords(statuses: readonly string[]): string {
	return exactOf(statuses).join(" or ") || "refused";
}

/** `answers 404`. */
export function refusalWords(statuses: readonly string[]): string {
	const exact = exactOf(statuses);
	return exact.length === 0 ? "refuses" : `answers ${exact.join(" or ")}`;
}

function exactOf(statuses: readonly string[]): readonly string[] {
	return statuses.filter((status) => /^\d+$/.test(status));
}
