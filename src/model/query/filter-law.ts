import type { Call } from "../call.ts";
import { resourceActedOn } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import type { QueryLaw, Walk } from "../query-law.ts";
import { addressOf, type Scene } from "../scene.ts";
import { propertyOf, type Value } from "../value.ts";
import type { Filter, FilterWay } from "./filter.ts";

/** Shows the items whose field is what is asked for, and no others. */
export const filter: QueryLaw<Filter> = {
	kind: "filter",
	rule: "filter",
	sentence: ({ parameter, field, compares }) => `shows only items whose ${field} is ${WORDS[compares]} ${parameter}`,
	documented: ({ parameter, field, compares }) => `${field} ${WORDS[compares]} ${parameter}`,
	fields: ({ field }) => [field],
	rivals: (asking) => waysOf(asking).map(([name, does]) => ({ name, asking: { ...asking, does } })),
	tries: (asking, scene) => (asking.compares === "equal" ? equalTries(asking, scene) : boundTries(asking, scene)),
};

const WORDS = { equal: "equal to", least: "at least", most: "at most" } as const;

function waysOf({ compares, texts, among, bound, isText, isList }: Filter): readonly (readonly [string, FilterWay])[] {
	const isOpenText = isText && texts !== "unknown" && among === undefined;
	return [
		["ignores the filter", "ignored"],
		["shows nothing", "nothing"],
		["turned around", "inverted"],
		...(compares === "equal" && isOpenText
			? ([
					["matches prefixes", "prefix"],
					["matches substrings", "substring"],
				] as const)
			: []),
		...(compares === "equal" && isOpenText && texts === "exact" ? ([["ignores case", "caseless"]] as const) : []),
		...(isList ? ([["takes only the first value", "first-only"]] as const) : []),
		...(compares !== "equal" && bound !== "unknown"
			? ([[bound === "included" ? "excludes the bound" : "includes the bound", "other-bound"]] as const)
			: []),
	];
}

/** How many values of one filter are asked for. */
const ASKED_MAX = 3;

function equalTries({ parameter, field, among, isList }: Filter, scene: Scene): readonly Walk[] {
	const held = distinct(valuesOf(scene, field)).filter((value) => typeof value !== "object");
	const asked = (among === undefined ? held : held.filter((value) => among.some((one) => one === value))).slice(
		0,
		ASKED_MAX,
	);
	const several = isList && asked.length > 1 ? [asked.slice(0, 2)] : [];
	const singles = isList ? asked.map((value) => [value]) : asked;
	return [...singles, ...several].map((value) => ({ first: asking(scene, parameter, value), follows: false }));
}

function asking({ call, planning }: Scene, parameter: string, value: Value): Call {
	const values = Array.isArray(value) ? (value as readonly Value[]) : [value];
	const isOurs = values.every((one) => planning?.isOurs?.(one) === true);
	return {
		...call,
		query: { ...call.query, [parameter]: value },
		...(isOurs ? { ours: [...(call.ours ?? []), parameter] } : {}),
	};
}

function distinct(values: readonly Value[]): readonly Value[] {
	return [...new Set(values)];
}

/** Of what stands there, our own values first. */
function valuesOf(scene: Scene, field: string): readonly Value[] {
	const { container } = addressOf(scene, resourceActedOn(scene.behaviour.effect) ?? "");
	const values = scene.view.entries(container).flatMap(({ value }) => propertyOf(value, field) ?? []);
	const isOurs = (value: Value): boolean => scene.planning?.isOurs?.(value) === true;
	return values.toSorted((a, b) => Number(isOurs(b)) - Number(isOurs(a)));
}

/** A bound between the values that are there; of times that the server sets, one long before and one long after. */
function boundTries({ parameter, field, isNow, isDay }: Filter, scene: Scene): readonly Walk[] {
	const name = resourceActedOn(scene.behaviour.effect) ?? "";
	const owner = resourceNamed(scene.model, name).fields.get(field)?.owner;
	const times = isDay ? DAYS : TIMES;
	const held = valuesOf(scene, field).filter((value) => typeof value === "number" || typeof value === "string");
	const sorted = distinct(held).toSorted((a, b) =>
		typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1,
	);
	const middle = sorted[Math.floor(sorted.length / 2)];
	const isKnown = owner === "client" || scene.view.isAdopted?.(containerIn(scene, name)) === true;
	const known = isKnown && middle !== undefined ? [isDay ? dayOf(middle) : middle] : [];
	const asked = owner === "client" ? known : isNow ? [...known, ...times] : known;
	return asked.map((value) => ({ first: asking(scene, parameter, value), follows: false }));
}

function containerIn(scene: Scene, name: string): string {
	return addressOf(scene, name).container;
}

function dayOf(value: Value): Value {
	return typeof value === "string" ? value.slice(0, "2001-02-03".length) : value;
}

const TIMES = ["2001-02-03T04:05:06Z", "2098-02-03T04:05:06Z"] as const;
const DAYS = ["2001-02-03", "2098-02-03"] as const;
