import type { Limit } from "../model/guard/limit.ts";
import { type Rate, rateCounter } from "../model/guard/rate.ts";
import type { Guard } from "../model/guard.ts";
import { guardLawOf } from "../model/guard-laws.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Scene } from "../model/scene.ts";
import type { Change } from "../model/state.ts";
import type { Store, StoredChange } from "./store/store.ts";

/**
 * The changes of an outcome with its limits counted as this mock decides them: every request that a limit lets through
 * uses it up, whatever is refused later, and one that it refuses does not, so that a caller who keeps trying is not
 * locked out for ever. Counts begin anew when the window that their first request opened is over.
 */
export function inWindows(scene: Scene, outcome: Outcome): readonly StoredChange[] {
	const limits = scene.behaviour.guards.filter(isLimit);
	if (limits.length === 0) return outcome.changes;
	const windows = new Map<string, number>();
	for (const guard of limits) for (const name of counterNames(guard, scene)) windows.set(name, lengthOf(guard));
	const others = outcome.changes.filter((change) => !isCountOf(change, windows));
	if (outcome.guard !== undefined && UNCOUNTED.has(outcome.guard.kind)) return others;
	const counts = [...windows].map(([name, expiresInMs]): StoredChange => ({ kind: "count", name, by: 1, expiresInMs }));
	return [...others, ...counts];
}

/** Milliseconds until the limit that refused lets requests through again. */
export function waitMs(scene: Scene, guard: Guard | undefined, store: Store): number | undefined {
	if (guard === undefined || !isLimit(guard)) return undefined;
	const waits = counterNames(guard, scene).map((name) => store.remainingMs(name) ?? 0);
	return waits.length === 0 ? undefined : Math.max(...waits);
}

function isLimit(guard: Guard): guard is Limit | Rate {
	return guard.kind === "limit" || guard.kind === "rate";
}

/** What they refuse uses nothing up. */
const UNCOUNTED: ReadonlySet<Guard["kind"]> = new Set(["credentials", "limit", "rate"]);

/** A rival's window is never over. */
function lengthOf(guard: Limit | Rate): number {
	return guard.kind === "rate" && !guard.resets ? Number.POSITIVE_INFINITY : guard.windowMs;
}

/** How much of the tightest limit is left before a call is counted; undefined where none is documented for it. */
export function rateLeft(scene: Scene, store: Store): RateLeft | undefined {
	const known = scene.behaviour.guards.flatMap((guard) => {
		const name = guard.kind === "rate" ? rateCounter(guard, scene) : undefined;
		if (guard.kind !== "rate" || name === undefined) return [];
		const left = Math.max(0, guard.max - scene.view.counter(name));
		return [{ max: guard.max, left, resetMs: store.remainingMs(name) ?? guard.windowMs }];
	});
	return known.toSorted((a, b) => a.left - b.left)[0];
}

export interface RateLeft {
	readonly max: number;
	readonly left: number;
	/** Until the window is over. */
	readonly resetMs: number;
}

/** What the law counts when a request comes through. */
function counterNames(guard: Limit | Rate, scene: Scene): readonly string[] {
	const counts = guardLawOf(guard).keeps?.(guard, scene, true) ?? [];
	return counts.flatMap((change) => (change.kind === "count" ? [change.name] : []));
}

function isCountOf(change: Change, windows: ReadonlyMap<string, number>): boolean {
	return change.kind === "count" && windows.has(change.name);
}
