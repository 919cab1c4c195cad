import type { Operation } from "../../contract/contract.ts";
import type { Evidence } from "../evidence.ts";
import type { Per, Rate } from "../guard/rate.ts";
import type { Unique } from "../guard/unique.ts";
import type { Guard, GuardCommon } from "../guard.ts";
import { bodySchema, propertiesOf } from "../infer/shown.ts";
import type { Desk } from "../override.ts";
import type { Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import { noteProblem, noteUnknown, wordHint } from "./note.ts";
import { checkVocabulary, type Declared } from "./vocabulary.ts";

/** The leading keys of declared guards. */
const WORDS = ["exists", "member", "limit", "scope", "unique", "keep", "when", "unless", "refers", "unused"] as const;

type Fields = Readonly<Record<string, Value>>;

interface GuardWords {
	readonly exists?: string;
	readonly member?: string;
	readonly unique?: string;
	readonly scope?: string | readonly string[];
	readonly per?: Per;
	readonly within?: Unique["within"];
	readonly case?: "matters" | "ignored";
	readonly among?: Fields;
	readonly keep?: Fields;
	readonly least?: number;
	readonly when?: Fields;
	readonly unless?: Fields;
	readonly refers?: string;
	readonly field?: string;
	readonly unused?: string;
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
	/** The resource that the operation acts on. */
	readonly acting: Resource | undefined;
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
function namesKnown(desk: Desk, said: GuardWords, declaring: Declaring): boolean {
	const { operation, resources, acting } = declaring;
	const name = said.of ?? said.exists ?? said.unused;
	const body = bodySchema(operation);
	const inBody = body === undefined ? [] : propertiesOf(body).map((property) => property.name);
	const fieldsOf = (resource: Resource | undefined): readonly string[] => [...(resource?.fields.keys() ?? [])];
	const named = fieldsOf(resources.get(name ?? ""));
	const isElsewhere =
		said.when !== undefined || said.unless !== undefined || said.keep !== undefined || said.unique !== undefined;
	const whom = isElsewhere && said.of !== undefined ? resources.get(said.of) : acting;
	const own = fieldsOf(whom);
	const whose = `field of ${whom?.name ?? "nothing"}`;
	const checks: readonly Check[] = [
		{ key: keyOf(said), what: "resource", name, known: [...resources.keys()] },
		{ key: "member", what: "property of the body", name: said.member, known: inBody },
		{ key: "refers", what: "property of the body", name: said.refers, known: inBody },
		{ key: "limit", what: `field of ${name}`, name: textIn(said.limit), known: named },
		{ key: "field", what: `field of ${name}`, name: said.field, known: named },
		...Object.keys(said.keep ?? {}).map((field) => ({ key: `keep/${field}`, what: whose, name: field, known: own })),
		...Object.keys(said.when ?? {}).map((field) => ({ key: `when/${field}`, what: whose, name: field, known: own })),
		...Object.keys(said.among ?? {}).map((field) => ({ key: `among/${field}`, what: whose, name: field, known: own })),
		...Object.keys(said.unless ?? {}).map((field) => ({
			key: `unless/${field}`,
			what: whose,
			name: field,
			known: own,
		})),
	];
	const wrong = checks.find((check) => check.name !== undefined && !check.known.includes(check.name));
	if (wrong === undefined) return true;
	noteWrong(desk, declaring.declared, wrong);
	return false;
}

interface Check {
	readonly key: string;
	readonly what: string;
	readonly name: string | undefined;
	readonly known: readonly string[];
}

function keyOf(said: GuardWords): string {
	if (said.of !== undefined) return "of";
	return said.exists === undefined ? "unused" : "exists";
}

function textIn(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

function noteWrong(desk: Desk, { source }: Declared, { key, what, name = "", known }: Check): void {
	const at = { ...source, pointer: `${source.pointer}/${key}` };
	noteUnknown(desk, at, { what, name, known, ...(key.includes("/") ? { end: "key" } : {}) });
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
	return BUILDERS[word](said, shared);
}

const BUILDERS: Readonly<Record<(typeof WORDS)[number], (said: GuardWords, shared: GuardCommon) => Guard>> = {
	exists: ({ exists = "" }, shared) => ({
		kind: "exists",
		resource: exists,
		compares: "exactly",
		makes: false,
		...shared,
	}),
	member: ({ member = "", of = "" }, shared) => ({
		kind: "member",
		property: member,
		of,
		compares: "exactly",
		...shared,
	}),
	unique: ({ unique = "", within, case: how, among, of }, shared) => ({
		kind: "unique",
		property: unique,
		...(among === undefined ? {} : { among }),
		...(of === undefined ? {} : { of }),
		...(within === undefined ? {} : { within }),
		...(how === undefined ? {} : { ignoresCase: how === "ignored" }),
		...shared,
	}),
	keep: ({ keep = {}, least = 1, of }, shared) => ({
		kind: "keep",
		fields: keep,
		least,
		off: 0,
		looksAt: "whom",
		...(of === undefined ? {} : { of }),
		...shared,
	}),
	when: ({ when = {}, of }, shared) => ({ kind: "when", fields: when, ...(of === undefined ? {} : { of }), ...shared }),
	unless: ({ unless = {}, of }, shared) => ({
		kind: "when",
		fields: unless,
		isNot: true,
		...(of === undefined ? {} : { of }),
		...shared,
	}),
	unused: ({ unused = "" }, shared) => ({ kind: "unused", by: unused, ...shared }),
	refers: ({ refers = "", of = "", field }, shared) => ({
		kind: "refers",
		property: refers,
		of,
		...(field === undefined ? {} : { field }),
		sure: true,
		...shared,
	}),
	scope: ({ scope = [], status }, shared) => ({
		kind: "scope",
		alternatives: [{ schemes: [], scopes: [scope].flat() }],
		known: [],
		broad: [],
		compares: "exactly",
		strict: status !== undefined,
		...shared,
	}),
	limit: ({ limit, of = "", window = "60s", zero }, shared) => ({
		kind: "limit",
		max: typeof limit === "number" ? limit : { field: limit ?? "" },
		of,
		windowMs: milliseconds(window),
		counts: "per-item",
		off: 0,
		zeroMeans: "default",
		...(zero === undefined ? {} : { zero }),
		...shared,
	}),
};

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
