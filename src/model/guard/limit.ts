import { callerOf } from "../credential.ts";
import { type GuardCommon, type GuardLaw, refusalWords, statusWords } from "../guard.ts";
import { singular } from "../infer/shown.ts";
import { type Change, counterPrefix, type Held } from "../state.ts";
import { isServerValue, propertyOf, type Value } from "../value.ts";

/** No more than so many requests in a window, counted for the item on whose behalf they are made. */
export interface Limit extends GuardCommon {
	readonly kind: "limit";
	/** A number, or the field of the caller's item that holds it. */
	readonly max: number | { readonly field: string };
	/** What the field's zero, or its absence, means. */
	readonly zero?: number;
	readonly of: string;
	readonly windowMs: number;
	readonly counts: "per-item" | "for-all";
	/** Added to the documented maximum by a rival. */
	readonly off: number;
	readonly zeroMeans: "default" | "unlimited";
}

export const limit: GuardLaw<Limit> = {
	kind: "limit",
	sentence: (guard) => `${refusalWords(guard.statuses)} above ${words(guard)}`,
	documented: (guard) => `${statusWords(guard.statuses)} above ${words(guard)}`,
	holds: (guard, scene) => {
		const caller = callerOf(scene);
		if (!guard.enforced) return "yes";
		const max = caller === undefined ? "unknown" : maximum(guard, caller);
		if (caller === undefined || max === "unknown") return "unknown";
		if (max === "none") return "yes";
		const { all, passed } = counters(guard, caller);
		// What is counted for all together was used by others before.
		if (scene.view.counter(all) < max) return guard.counts === "for-all" ? "unknown" : "yes";
		// Whether refused calls count is seldom documented: only when the accepted ones alone use it up is it sure.
		return scene.view.counter(passed) >= max ? "no" : "unknown";
	},
	keeps: (guard, scene, succeeded) => {
		const caller = callerOf(scene);
		if (caller === undefined) return [];
		const { all, passed } = counters(guard, caller);
		const counted: Change = { kind: "count", name: all, by: 1 };
		return succeeded ? [counted, { kind: "count", name: passed, by: 1 }] : [counted];
	},
	rivals: (guard) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "rate-limit" },
		{ name: `counted for all ${guard.of} together`, guard: { ...guard, counts: "for-all" }, rule: "rate-limit" },
		{ name: "one too many is accepted", guard: { ...guard, off: 1 }, rule: "rate-limit" },
		{ name: "the last one is refused", guard: { ...guard, off: -1 }, rule: "rate-limit" },
		...(guard.zero === undefined
			? []
			: [{ name: "0 is unlimited", guard: { ...guard, zeroMeans: "unlimited" }, rule: "rate-limit" } as const]),
	],
	probes: ({ max, of, zero }) => {
		if (typeof max === "number") return [{ of, fields: {}, repeat: max + 2 }];
		const zeros = zero === undefined ? [] : [{ of, fields: { [max.field]: 0 }, repeat: zero + 2 }];
		return [{ of, fields: { [max.field]: 2 }, repeat: 4 }, ...zeros];
	},
	violate: () => [],
};

function words(guard: Limit): string {
	return `${typeof guard.max === "number" ? guard.max : guard.max.field} requests per ${guard.windowMs / 1000} s and ${singular(guard.of)}`;
}

/** The maximum that holds for a caller's item. */
export function maximum(guard: Limit, caller: Held): number | "none" | "unknown" {
	const value = typeof guard.max === "number" ? guard.max : fieldOf(caller, guard.max.field);
	if (isServerValue(value)) return "unknown";
	if (typeof value === "number" && value !== 0) return value + guard.off;
	if (guard.zeroMeans === "unlimited" || guard.zero === undefined) return "none";
	return guard.zero + guard.off;
}

function fieldOf(caller: Held, field: string): Value | undefined {
	return propertyOf(caller.entry.value, field);
}

/** An item's own counters are forgotten with it. */
function counters(guard: Limit, caller: Held): { all: string; passed: string } {
	const whose = guard.counts === "for-all" ? `for all ${guard.of}` : counterPrefix(caller.container, caller.entry.key);
	return { all: `${whose}limit/all`, passed: `${whose}limit/passed` };
}
