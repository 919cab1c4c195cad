import { annotation } from "../navigate.ts";
import { set } from "../normalize-node.ts";
import { schemaFrom } from "../registry.ts";
import type { Builder } from "./builder.ts";
import {
	bothGoals,
	type Demand,
	type Extra,
	type Goal,
	NO_GOAL,
	type RecordDemand,
	type RecordRule,
} from "./demand.ts";
import type { Built, Place } from "./place.ts";
import { samplePattern } from "./sample-pattern.ts";

/** How many names are tried for a property that may have any. */
const NAMES_TRIED_MAX = 40;
/** How many names are given a value in vain: what one name cannot have, hardly any can. */
const VALUES_TRIED_MAX = 12;
/** Objects are not made larger than this. */
const PROPERTIES_MAX = 5_000;

const FREE_NAMES = ["extra", "detail", "note", "value", "item", "color", "region", "origin", "purpose", "channel"];
const A_STRING = schemaFrom({ type: "string", minLength: 1 });

interface Making {
	readonly record: RecordDemand;
	readonly place: Place;
	readonly builder: Builder;
	/** The names that the rules know, in document order. */
	readonly known: readonly string[];
	readonly values: Map<string, unknown>;
	/** Names that cannot be there, with the reason. */
	readonly refused: Map<string, string>;
}

/** An object that meets a demand: what is required, then what may be there, then what is missing in number. */
export function buildRecord(demand: Demand, place: Place, builder: Builder): Built {
	const { record } = demand;
	if (record.min > PROPERTIES_MAX) {
		return {
			ok: false,
			reason: `an object of ${record.min} properties is larger than what is generated (${PROPERTIES_MAX})`,
		};
	}
	const known = [...new Set(record.rules.flatMap((rule) => [...rule.properties.keys()]))];
	const making: Making = { record, place, builder, known, values: new Map(), refused: new Map() };
	for (const name of record.required) {
		if (isHidden(name, making) && !record.at.has(name)) continue;
		if (!include(name, making)) {
			return { ok: false, reason: missing(builder.inside(place, name), making.refused.get(name) ?? "") };
		}
	}
	for (const extra of record.extras) {
		if (!includeExtra(extra, making)) return { ok: false, reason: "no further property can be added" };
	}
	includeOptional(making);
	fillUp(making);
	if (making.values.size < record.min) {
		return { ok: false, reason: `only ${making.values.size} properties can be there, and ${record.min} must` };
	}
	return { ok: true, value: inOrder(making) };
}

/** The innermost place says it all. */
function missing({ pointer }: Place, reason: string): string {
	return /^\S+ is required: /.test(reason) ? reason : `${pointer} is required: ${reason}`;
}

/** What a name's value must be, by all rules at once. */
export function goalOf(record: RecordDemand, name: string): Goal {
	const all = record.rules.flatMap((rule) => matching(rule, name) ?? rule.additional ?? []);
	for (const { scope, schema } of record.unevaluated) {
		const isSeen = record.rules.some(
			(rule) => rule.scopes.includes(scope) && (matching(rule, name) ?? rule.additional) !== undefined,
		);
		if (!isSeen) all.push(schema);
	}
	return bothGoals({ all, none: [] }, record.at.get(name));
}

/** The schemas under which a rule knows a name, or undefined when it does not. */
function matching(rule: RecordRule, name: string) {
	const own = rule.properties.get(name);
	const found = [
		...(own === undefined ? [] : [own]),
		...rule.patterns
			.filter(({ pattern }) => pattern.problem === undefined && pattern.test(name))
			.map(({ schema }) => schema),
	];
	return found.length > 0 ? found : undefined;
}

/** Read-only properties are not sent, write-only ones do not come back (OpenAPI 3.1, section 4.8.24). */
function isHidden(name: string, { record, builder }: Making): boolean {
	const flag = builder.direction === "request" ? "readOnly" : "writeOnly";
	return record.rules.some((rule) => {
		const schema = rule.properties.get(name);
		return schema !== undefined && annotation(schema, flag) === true;
	});
}

/** Builds a property with all that depends on it; leaves everything as it was when that cannot be. */
function include(name: string, making: Making): boolean {
	const { record, place, builder, values, refused } = making;
	if (values.has(name)) return true;
	if (refused.has(name)) return false;
	const isNameable = !record.absent.has(name) && builder.admitsName(record.names, name) && values.size < record.max;
	if (!isNameable) return refuse(name, "a property of this name is not allowed there", making);
	const built = builder.build(goalOf(record, name), builder.inside(place, name));
	if (!built.ok) return refuse(name, built.reason, making);
	values.set(name, built.value);
	for (const need of record.dependent.filter((one) => one.name === name).flatMap((one) => one.needs)) {
		if (include(need, making)) continue;
		values.delete(name);
		return refuse(name, `${JSON.stringify(name)} needs ${JSON.stringify(need)}, which cannot be there`, making);
	}
	refused.delete(name);
	return true;
}

function refuse(name: string, reason: string, { refused }: Making): false {
	refused.set(name, reason);
	return false;
}

function includeOptional(making: Making): void {
	const { record, place, builder, known } = making;
	if (builder.optional !== "none") {
		for (const name of known) {
			if (isHidden(name, making) || !isWanted(name, making)) continue;
			include(name, making);
		}
	}
	const isMap = record.rules.length > 0 && known.length === 0 && record.unevaluated.length === 0;
	const isTyped = record.rules.some((rule) => typeof rule.additional?.node === "object" || rule.patterns.length > 0);
	if (isMap && isTyped && making.values.size === 0 && builder.optional !== "none" && !builder.isSparing(place)) {
		includeExtra({ names: NO_GOAL, goal: NO_GOAL }, making);
	}
}

function isWanted(name: string, { record, place, builder }: Making): boolean {
	if (record.max <= record.required.size) return false;
	const goal = goalOf(record, name);
	if (goal.all.some((schema) => schema.node === false)) return false;
	if (builder.isSparing(place) || builder.isRecursion(goal, place)) return false;
	return builder.optional === "all" || place.random(`optional ${name}`).next() < 0.5;
}

/** Adds properties until there are as many as there must be. */
function fillUp(making: Making): void {
	const { record, values, known } = making;
	for (const name of known) {
		if (values.size >= record.min) return;
		if (!isHidden(name, making)) include(name, making);
	}
	while (values.size < record.min) {
		if (!includeExtra({ names: NO_GOAL, goal: NO_GOAL }, making)) return;
	}
}

function includeExtra(extra: Extra, making: Making): boolean {
	const { record } = making;
	let failures = 0;
	for (const name of extraNames(extra, making)) {
		if (!isFree(name, extra, making)) continue;
		const at = new Map(record.at).set(name, bothGoals(extra.goal, record.at.get(name)));
		if (include(name, { ...making, record: { ...record, at } })) return true;
		if (++failures > VALUES_TRIED_MAX) return false;
	}
	return false;
}

function isFree(name: string, extra: Extra, { values, refused, builder }: Making): boolean {
	if (values.has(name) || refused.has(name)) return false;
	if (extra.outside !== undefined && matching(extra.outside, name) !== undefined) return false;
	if (extra.matching !== undefined && !extra.matching.test(name)) return false;
	return builder.admitsName(extra.names, name);
}

/** Names to try: those that patterns describe, those that `propertyNames` describes, then free ones. */
function* extraNames(extra: Extra, making: Making): Generator<string> {
	yield* namesOfPatterns(extra, making);
	yield* namesOfGoals(extra, making);
	yield* FREE_NAMES;
	for (let number = 1; number <= PROPERTIES_MAX; number++) yield `${FREE_NAMES[number % FREE_NAMES.length]}${number}`;
}

function* namesOfPatterns({ matching: wanted, names }: Extra, { record, place }: Making): Generator<string> {
	const random = place.random("names");
	const known = names === NO_GOAL ? record.rules.flatMap((rule) => rule.patterns.map((one) => one.pattern)) : [];
	for (const { syntax } of wanted === undefined ? known : [wanted]) {
		for (let round = 0; syntax !== undefined && round < NAMES_TRIED_MAX; round++) {
			// A pattern without end admits longer names, of which there are more.
			const min = round % 2 === 0 ? 0 : 4 + round;
			yield samplePattern(syntax, { random, round, length: { min, max: 60 } });
		}
	}
}

function* namesOfGoals(extra: Extra, { record, place, builder }: Making): Generator<string> {
	const { all, none } = bothGoals(record.names, extra.names);
	if (all.length + none.length === 0) return;
	for (let variant = 0; variant < NAMES_TRIED_MAX; variant++) {
		const inside = builder.inside(place, "", variant);
		const filled = builder.build({ all: [A_STRING, ...all], none }, inside);
		const built = filled.ok ? filled : builder.build({ all, none }, inside);
		if (built.ok && typeof built.value === "string") yield built.value;
	}
}

/** In the order of the document, whatever order the values were made in. */
function inOrder({ known, values }: Making): Record<string, unknown> {
	const value: Record<string, unknown> = {};
	for (const name of new Set([...known, ...values.keys()])) {
		if (values.has(name)) set(value, name, values.get(name));
	}
	return value;
}
