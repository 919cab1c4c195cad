import { type Limit, limit } from "../model/guard/limit.ts";
import type { Guard } from "../model/guard.ts";
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
	for (const guard of limits) for (const name of counterNames(guard, scene)) windows.set(name, guard.windowMs);
	const others = outcome.changes.filter((change) => !isCountOf(change, windows));
	if (outcome.guard?.kind === "credentials" || outcome.guard?.kind === "limit") return others;
	const counts = [...windows].map(([name, expiresInMs]): StoredChange => ({ kind: "count", name, by: 1, expiresInMs }));
	return [...others, ...counts];
}

/** Milliseconds until the limit that refused lets requests through again. */
export function waitMs(scene: Scene, guard: Guard | undefined, store: Store): number | undefined {
	if (guard?.kind !== "limit") return undefined;
	const waits = counterNames(guard, scene).map((name) => store.remainingMs(name) ?? 0);
	return waits.length === 0 ? undefined : Math.max(...waits);
}

function isLimit(guard: Guard): guard is Limit {
	return guard.kind === "limit";
}

/** What the law counts when a request comes through. */
function counterNames(guard: Limit, scene: Scene): readonly string[] {
	const counts = limit.keeps?.(guard, scene, true) ?? [];
	return counts.flatMap((change) => (change.kind === "count" ? [change.name] : []));
}

function isCountOf(change: Change, windows: ReadonlyMap<string, number>): boolean {
	return change.kind === "count" && windows.has(change.name);
}
