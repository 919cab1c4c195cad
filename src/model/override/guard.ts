import type { Operation } from "../../contract/contract.ts";
import type { Evidence } from "../evidence.ts";
import type { Per, Rate } from "../guard/rate.ts";
import type { Guard, GuardCommon } from "../guard.ts";
import { bodySchema, propertiesOf } from "../infer/shown.ts";
import type { Desk } from "../override.ts";
import type { Resource } from "../resource.ts";
import { noteProblem, noteUnknown, wordHint } from "./note.ts";
import { checkVocabulary, type Declared } from "./vocabulary.ts";

/** The leading keys of declared guards. */
const WORDS = ["exists", "member", "limit", "scope", "unique"] as const;

interface GuardWords {
	readonly exists?: string;
	readonly member?: string;
	readonly unique?: string;
	readonly scope?: string | readonly string[];
	readonly per?: Per;
	readonly limit?: number | string;
	readonly of?: string;
	readonly window?: string;
	readonly zero?: number;
	readonly status?: number | string;
}

interface Declaring {
	readonly declared: Declared;
	readonly operation: Operation;
	readonly resources: ReadonlyMap<string, Resource>;
}

/** The guard that one entry of `guards` declares; undefined when it is a mistake, which is noted. */
export function declaredGuard(desk: Desk, declaring: Declaring): Guard | undefined {
	const { declared } = declaring;
	const keys = Object.keys((declared.value ?? {}) as object);
	const word = WORDS.find((candidate) => keys.includes(candidate));
	if (word === undefined) {
		const [first = ""] = keys;
		const hint = wordHint(first, WORDS);
		const source =
			first === "" ? declared.source : { ...declared.source, pointer: `${declared.source.pointer}/${first}` };
		noteProblem(desk, {
			code: "unknown-guard",
			message: first === "" ? "a guard without a word says nothing" : `no guard is called "${first}"`,
			source,
			end: "key",
			hint,
		});
		return undefined;
	}
	// Without an item for which calls are counted they are counted for who calls.
	const isRate = word === "limit" && !keys.includes("of");
	const said = checkVocabulary(desk, isRate ? "rate" : word, declared) as GuardWords | undefined;
	if (said === undefined || !namesKnown(desk, said, declaring)) return undefined;
	const shared = common(said, declared);
	return isRate ? rateGuard(said, `${declaring.operation.id}`, shared) : build(word, said, shared);
}

/** Whether every resource and every field that a guard names is there. */
function namesKnown(desk: Desk, said: GuardWords, { declared, operation, resources }: Declaring): boolean {
	const at = (key: string): Declared["source"] => ({
		...declared.source,
		pointer: `${declared.source.pointer}/${key}`,
	});
	const name = said.of ?? said.exists;
	const resource = resources.get(name ?? "");
	if (name !== undefined && resource === undefined) {
		const key = said.of === undefined ? "exists" : "of";
		noteUnknown(desk, at(key), { what: "resource", name, known: [...resources.keys()] });
		return false;
	}
	const body = bodySchema(operation);
	const inBody = body === undefined ? [] : propertiesOf(body).map((property) => property.name);
	if (said.member !== undefined && !inBody.includes(said.member)) {
		noteUnknown(desk, at("member"), { what: "property of the body", name: said.member, known: inBody });
		return false;
	}
	const fields = [...(resource?.fields.keys() ?? [])];
	if (typeof said.limit !== "string" || fields.includes(said.limit)) return true;
	noteUnknown(desk, at("limit"), { what: `field of ${name}`, name: said.limit, known: fields });
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
		case "scope": {
			const needed = { schemes: [], scopes: [said.scope ?? []].flat() };
			return {
				kind: "scope",
				alternatives: [needed],
				known: [],
				broad: [],
				compares: "exactly",
				strict: said.status !== undefined,
				...shared,
			};
		}
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

/** A limit that one operation counts for whoever calls. */
export function rateGuard(
	said: { readonly limit?: number | string; readonly window?: string; readonly per?: Per },
	group: string,
	shared: GuardCommon,
): Rate {
	return {
		kind: "rate",
		max: Number(said.limit),
		windowMs: milliseconds(said.window ?? "60s"),
		per: said.per ?? "credential",
		group,
		counts: "each",
		apart: false,
		off: 0,
		resets: true,
		...shared,
		statuses: shared.statuses.length === 0 ? ["429"] : shared.statuses,
	};
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** @example milliseconds("60s") // 60000 */
export function milliseconds(text: string): number {
	const [, amount = "0", unit = "s"] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
	return Number(amount) * (UNITS[unit] ?? 1_000);
}
