import type { Evidence } from "../evidence.ts";
import type { Guard, GuardCommon } from "../guard.ts";
import type { Model } from "../model.ts";
import type { Desk } from "../override.ts";
import { checkVocabulary, type Declared, hintFor } from "./vocabulary.ts";

/** The leading keys of declared guards. */
const WORDS = ["exists", "member", "limit", "unique"] as const;

interface GuardWords {
	readonly exists?: string;
	readonly member?: string;
	readonly unique?: string;
	readonly limit?: number | string;
	readonly of?: string;
	readonly window?: string;
	readonly zero?: number;
	readonly status?: number | string;
}

/** The guard that one entry of `guards` declares; undefined when it is a mistake, which is noted. */
export function declaredGuard(desk: Desk, model: Model, declared: Declared): Guard | undefined {
	const keys = Object.keys((declared.value ?? {}) as object);
	const word = WORDS.find((candidate) => keys.includes(candidate));
	if (word === undefined) {
		const [first = ""] = keys;
		desk.problems.push({
			code: "unknown-guard",
			message: `no guard is called "${first}"`,
			place: desk.contract.locate(declared.source),
			hint: first === "scope" || first === "keep" ? "its law is not built yet" : hintFor(first, WORDS),
		});
		return undefined;
	}
	const said = checkVocabulary(desk, word, declared) as GuardWords | undefined;
	if (said === undefined || !namesResource(desk, model, { said, declared })) return undefined;
	return build(word, said, common(said, declared));
}

function namesResource(
	desk: Desk,
	model: Model,
	{ said, declared }: { said: GuardWords; declared: Declared },
): boolean {
	const name = said.of ?? said.exists;
	if (name === undefined || model.resources.has(name)) return true;
	desk.problems.push({
		code: "unknown-resource",
		message: `no resource is called "${name}"`,
		place: desk.contract.locate(declared.source),
		hint: `there are ${[...model.resources.keys()].join(", ")}`,
	});
	return false;
}

function common(said: GuardWords, { value, source }: Declared): GuardCommon {
	const evidence: Evidence = { kind: "overlay", text: `x-holdfast guard ${JSON.stringify(value)}`, source };
	return {
		statuses: said.status === undefined ? [] : [String(said.status)],
		evidence: [evidence],
		enforced: true,
		leaks: "no",
	};
}

function build(word: (typeof WORDS)[number], said: GuardWords, shared: GuardCommon): Guard {
	switch (word) {
		case "exists":
			return { kind: "exists", resource: said.exists ?? "", compares: "exactly", makes: false, ...shared };
		case "member":
			return { kind: "member", property: said.member ?? "", of: said.of ?? "", compares: "exactly", ...shared };
		case "unique":
			return { kind: "unique", property: said.unique ?? "", ...shared };
		case "limit":
			return {
				kind: "limit",
				max: typeof said.limit === "number" ? said.limit : { field: said.limit ?? "" },
				of: said.of ?? "",
				windowMs: milliseconds(said.window ?? "60s"),
				counts: "per-item",
				off: 0,
				zeroMeans: "default",
				...(said.zero === undefined ? {} : { zero: said.zero }),
				...shared,
			};
	}
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** @example milliseconds("60s") // 60000 */
export function milliseconds(text: string): number {
	const [, amount = "0", unit = "s"] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
	return Number(amount) * (UNITS[unit] ?? 1_000);
}
