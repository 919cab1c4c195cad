import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { callerIn } from "../identity.ts";
import { partOf } from "../partition.ts";
import type { Scene } from "../scene.ts";

/** For whom calls are counted. */
export type Per = "credential" | "identity" | "partition" | "address" | "all";

/** No more than so many calls in a window, of one operation or of several together. */
export interface Rate extends GuardCommon {
	readonly kind: "rate";
	readonly max: number;
	readonly windowMs: number;
	readonly per: Per;
	/** Operations whose limits bear the same name are counted together. */
	readonly group: string;
	/** `for-all` in a rival that counts the calls of everybody together. */
	readonly counts: "each" | "for-all";
	/** True in a rival that counts each operation by itself. */
	readonly apart: boolean;
	/** Added to the documented maximum by a rival. */
	readonly off: number;
	/** False in a rival whose window is never over. */
	readonly resets: boolean;
}

export const rate: GuardLaw<Rate> = {
	kind: "rate",
	sentence: (guard) => `${refusalWords(guard.statuses)} above ${words(guard)}`,
	documented: (guard) => `${statusWords(guard.statuses)} above ${words(guard)}`,
	holds: (guard, scene) => {
		const name = rateCounter(guard, scene);
		if (!guard.enforced || name === undefined) return "yes";
		if (scene.view.counter(name) < guard.max + guard.off) return "yes";
		// Who has no clock does not know whether the window is over.
		return scene.view.isTimed === true ? "no" : "unknown";
	},
	keeps: (guard, scene, passed) => {
		const name = rateCounter(guard, scene);
		return name === undefined || !passed ? [] : [{ kind: "count", name, by: 1 }];
	},
	rivals: (guard, { effect }) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "rate-limit" },
		...(guard.per === "credential" || guard.per === "identity"
			? [
					{
						name: "counted for everybody together",
						guard: { ...guard, counts: "for-all" },
						rule: "rate-limit",
					} as const,
				]
			: []),
		...(guard.group.startsWith(SHARED)
			? [
					{
						name: "counted for each operation by itself",
						guard: { ...guard, apart: true },
						rule: "rate-limit",
					} as const,
				]
			: []),
		{ name: "one too many is accepted", guard: { ...guard, off: 1 }, rule: "rate-limit" },
		{ name: "the last one is refused", guard: { ...guard, off: -1 }, rule: "rate-limit" },
		{ name: "never lets anybody through again", guard: { ...guard, resets: false }, rule: "rate-limit" },
		...(lawOf(effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	// A limit is reached by counting real answers against a real clock: no short sequence tells.
	violate: () => [],
};

/** The group of a limit that several operations share begins with this. */
export const SHARED = "shared ";

const PER_WORDS: Readonly<Record<Per, string>> = {
	credential: " and credential",
	identity: " and identity",
	partition: " and tenant",
	address: " and address",
	all: "",
};

function words({ max, windowMs, per }: Rate): string {
	return `${max} requests per ${windowMs / 1000} s${PER_WORDS[per]}`;
}

/** What counts the calls of this caller; undefined where nobody calls. */
export function rateCounter(guard: Rate, scene: Scene): string | undefined {
	if (callerIn(scene)?.unlimited === true) return undefined;
	const who = guard.counts === "for-all" ? "" : countedFor(guard.per, scene);
	const group = guard.apart ? `${guard.group} of ${scene.behaviour.operation.id}` : guard.group;
	return who === undefined ? undefined : `${who}rate ${group}`;
}

function countedFor(per: Per, scene: Scene): string | undefined {
	if (per === "credential" || per === "identity") return callerIn(scene)?.id;
	if (per !== "partition") return "";
	const partitions = [...scene.model.resources.values()].flatMap(({ partition }) => partition ?? []);
	const [first] = partitions;
	const part = first === undefined ? callerIn(scene)?.tenant : partOf(scene, first);
	return part === undefined ? undefined : `part ${part}/`;
}
