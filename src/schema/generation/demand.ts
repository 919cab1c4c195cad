import { nodeOf, resolve } from "../navigate.ts";
import type { Pattern } from "../pattern.ts";
import type { Schema } from "../schema.ts";
import { canonical } from "../unique.ts";

/** The six kinds of JSON values. */
export type Kind = "null" | "boolean" | "object" | "array" | "string" | "number";

/** Schemas that a value must satisfy, and schemas that it must not. */
export interface Goal {
	readonly all: readonly Schema[];
	readonly none: readonly Schema[];
}

/**
 * What a value must be, with every choice made: the conjunction of all keywords that apply, by the kind they speak of.
 * A demand without contradiction can nearly always be met; a schema with alternatives has many demands.
 */
export interface Demand {
	readonly kinds: ReadonlySet<Kind>;
	/** Whether numbers must be whole, or must not be; undefined when both will do. */
	readonly whole?: boolean;
	/** The only values there are. */
	readonly values?: readonly unknown[];
	/** Values that it must not have, in canonical text. */
	readonly excluded: ReadonlySet<string>;
	readonly number: NumberDemand;
	readonly text: TextDemand;
	readonly list: ListDemand;
	readonly record: RecordDemand;
	/** The schemas that have a title, examples or a default, in the order in which they were read. */
	readonly sources: readonly Schema[];
	/** Where a schema `false` stands that applies (`file#pointer`). */
	readonly forbiddenBy?: string;
}

export interface NumberDemand {
	readonly minimum: number;
	readonly maximum: number;
	readonly isMinimumExclusive: boolean;
	readonly isMaximumExclusive: boolean;
	readonly multiples: readonly number[];
	readonly notMultiples: readonly number[];
}

export interface TextDemand {
	readonly minLength: number;
	readonly maxLength: number;
	readonly patterns: readonly Pattern[];
	readonly notPatterns: readonly Pattern[];
	readonly formats: readonly string[];
	readonly notFormats: readonly string[];
}

/** What one schema says about items; `scopes` tell whose `unevaluatedItems` sees it. */
export interface ListRule {
	readonly prefix: readonly Schema[];
	readonly rest?: Schema;
	readonly scopes: readonly number[];
}

export interface Contains {
	readonly goal: Goal;
	readonly min: number;
	readonly max: number;
	readonly scopes: readonly number[];
}

export interface ListDemand {
	readonly min: number;
	readonly max: number;
	readonly isUnique: boolean;
	/** True when the same item must come twice. */
	readonly repeats: boolean;
	readonly rules: readonly ListRule[];
	readonly contains: readonly Contains[];
	readonly unevaluated: readonly Unevaluated[];
	/** What the items at some places must be besides. */
	readonly at: ReadonlyMap<number, Goal>;
}

/** `unevaluatedItems` or `unevaluatedProperties`: applies to what no rule of its scope names. */
export interface Unevaluated {
	readonly scope: number;
	readonly schema: Schema;
}

/** What one schema says about properties. */
export interface RecordRule {
	readonly properties: ReadonlyMap<string, Schema>;
	readonly patterns: readonly { readonly pattern: Pattern; readonly schema: Schema }[];
	readonly additional?: Schema;
	readonly scopes: readonly number[];
}

export interface RecordDemand {
	readonly min: number;
	readonly max: number;
	readonly required: ReadonlySet<string>;
	readonly absent: ReadonlySet<string>;
	readonly rules: readonly RecordRule[];
	readonly names: Goal;
	readonly dependent: readonly { readonly name: string; readonly needs: readonly string[] }[];
	readonly unevaluated: readonly Unevaluated[];
	/** What properties must be besides, by name. */
	readonly at: ReadonlyMap<string, Goal>;
	/** Properties of any name that the rule does not know, with what they must be. */
	readonly extras: readonly Extra[];
}

/** A property that must be there under a name that is still to be found. */
export interface Extra {
	/** The name must not be known to this rule. */
	readonly outside?: RecordRule;
	/** The name must match this pattern. */
	readonly matching?: Pattern;
	readonly names: Goal;
	readonly goal: Goal;
}

export const NO_GOAL: Goal = { all: [], none: [] };

export const ANYTHING: Demand = {
	kinds: new Set<Kind>(["null", "boolean", "object", "array", "string", "number"]),
	excluded: new Set(),
	number: {
		minimum: Number.NEGATIVE_INFINITY,
		maximum: Number.POSITIVE_INFINITY,
		isMinimumExclusive: false,
		isMaximumExclusive: false,
		multiples: [],
		notMultiples: [],
	},
	text: {
		minLength: 0,
		maxLength: Number.POSITIVE_INFINITY,
		patterns: [],
		notPatterns: [],
		formats: [],
		notFormats: [],
	},
	list: {
		min: 0,
		max: Number.POSITIVE_INFINITY,
		isUnique: false,
		repeats: false,
		rules: [],
		contains: [],
		unevaluated: [],
		at: new Map(),
	},
	record: {
		min: 0,
		max: Number.POSITIVE_INFINITY,
		required: new Set(),
		absent: new Set(),
		rules: [],
		names: NO_GOAL,
		dependent: [],
		unevaluated: [],
		at: new Map(),
		extras: [],
	},
	sources: [],
};

/** A demand with something added, or undefined when that contradicts. */
export type Patch = (demand: Demand) => Demand;

export const onKinds =
	(...kinds: readonly Kind[]): Patch =>
	(demand) => ({ ...demand, kinds: new Set(kinds.filter((kind) => demand.kinds.has(kind))) });

export const onlyWhole =
	(whole: boolean): Patch =>
	(demand) =>
		demand.whole === undefined || demand.whole === whole ? { ...demand, whole } : without("number")(demand);

export const without =
	(kind: Kind): Patch =>
	(demand) => ({ ...demand, kinds: minus(demand.kinds, new Set([kind])) });

export const onlyValues =
	(values: readonly unknown[]): Patch =>
	(demand) => {
		if (demand.values === undefined) return { ...demand, values };
		const allowed = new Set(values.map(canonical));
		return { ...demand, values: demand.values.filter((value) => allowed.has(canonical(value))) };
	};

export const exclude =
	(values: readonly unknown[]): Patch =>
	(demand) => ({ ...demand, excluded: new Set([...demand.excluded, ...values.map(canonical)]) });

export const onNumber =
	(change: (number: NumberDemand) => Partial<NumberDemand>): Patch =>
	(demand) => ({ ...demand, number: { ...demand.number, ...change(demand.number) } });

export const onText =
	(change: (text: TextDemand) => Partial<TextDemand>): Patch =>
	(demand) => ({ ...demand, text: { ...demand.text, ...change(demand.text) } });

export const onList =
	(change: (list: ListDemand) => Partial<ListDemand>): Patch =>
	(demand) => ({ ...demand, list: { ...demand.list, ...change(demand.list) } });

export const onRecord =
	(change: (record: RecordDemand) => Partial<RecordDemand>): Patch =>
	(demand) => ({ ...demand, record: { ...demand.record, ...change(demand.record) } });

export const atLeast = (minimum: number, isExclusive: boolean): Patch =>
	onNumber((number) => {
		const isTighter = minimum > number.minimum || (minimum === number.minimum && isExclusive);
		return isTighter ? { minimum, isMinimumExclusive: isExclusive } : {};
	});

export const atMost = (maximum: number, isExclusive: boolean): Patch =>
	onNumber((number) => {
		const isTighter = maximum < number.maximum || (maximum === number.maximum && isExclusive);
		return isTighter ? { maximum, isMaximumExclusive: isExclusive } : {};
	});

export function bothGoals(a: Goal, b: Goal | undefined): Goal {
	return b === undefined ? a : { all: [...a.all, ...b.all], none: [...a.none, ...b.none] };
}

/** Takes away the kinds that the demand contradicts itself about; a demand without kinds cannot be met. */
export function settleKinds(demand: Demand): Demand {
	const { number, text, list, record, kinds } = demand;
	const isEmptyRange =
		number.minimum > number.maximum ||
		(number.minimum === number.maximum && (number.isMinimumExclusive || number.isMaximumExclusive));
	const impossible = new Set<Kind>();
	if (isEmptyRange) impossible.add("number");
	if (text.minLength > text.maxLength) impossible.add("string");
	if (list.min > list.max) impossible.add("array");
	const isTorn = record.absent.size > 0 && minus(record.required, record.absent).size < record.required.size;
	if (record.min > record.max || isTorn || record.required.size > record.max) impossible.add("object");
	return impossible.size === 0 ? demand : { ...demand, kinds: minus(kinds, impossible) };
}

/** Why nothing can meet a demand, as far as a glance tells; undefined when nothing speaks against it. */
export function contradiction(demand: Demand): string | undefined {
	if (demand.forbiddenBy !== undefined) return `nothing is allowed there (${demand.forbiddenBy})`;
	if (demand.values?.length === 0) return "no value is in every enum";
	const tornName = tornProperty(demand.record);
	if (tornName !== undefined) return `the property ${JSON.stringify(tornName)} must and must not match the same schema`;
	if (settleKinds(demand).kinds.size > 0) return undefined;
	const { number, text, list, record, kinds } = demand;
	if (kinds.size === 0) return "no type is allowed by all of it";
	if (kinds.has("number") && number.minimum > number.maximum) {
		return `no number is at least ${number.minimum} and at most ${number.maximum}`;
	}
	if (kinds.has("number")) return `no number lies between the bounds ${number.minimum} and ${number.maximum}`;
	if (kinds.has("string")) return `no text is at least ${text.minLength} and at most ${text.maxLength} characters long`;
	if (kinds.has("array")) return `no list has at least ${list.min} and at most ${list.max} items`;
	const torn = [...record.required].filter((name) => record.absent.has(name));
	if (torn.length > 0) return `the property ${JSON.stringify(torn[0])} is both required and excluded`;
	return `no object has at least ${Math.max(record.min, record.required.size)} and at most ${record.max} properties`;
}

/** A property that must match a schema and must not: seen early, because building would only find out late. */
function tornProperty({ at, rules }: RecordDemand): string | undefined {
	for (const [name, { none }] of at) {
		const excluded = new Set(none.map(meaningOf));
		const isTorn = rules.some((rule) => {
			const own = rule.properties.get(name);
			return own !== undefined && excluded.has(meaningOf(own));
		});
		if (isTorn) return name;
	}
	return undefined;
}

const meanings = new WeakMap<Schema, string>();

/** A text that schemas share when they say the same, in other places or with other remarks. */
function meaningOf(schema: Schema): string {
	const target = resolve(schema);
	const known = meanings.get(target);
	if (known !== undefined) return known;
	const { title, description, examples, deprecated, default: standard, ...rest } = nodeOf(target);
	const meaning = typeof target.node === "boolean" ? String(target.node) : canonical(rest);
	meanings.set(target, meaning);
	return meaning;
}

function minus<T>(from: ReadonlySet<T>, what: ReadonlySet<T>): ReadonlySet<T> {
	return new Set([...from].filter((item) => !what.has(item)));
}
