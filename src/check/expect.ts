import type { Expectation, Expected } from "../finding/finding.ts";
import type { Json } from "../http/exchange.ts";
import type { World } from "../model/judge.ts";
import type { Outcome } from "../model/outcome.ts";
import type { PagePattern, Pattern } from "../model/pattern.ts";
import { concretize, isServerValue, type Value } from "../model/value.ts";

const ANYTHING: Expected = { kind: "any" };

/** What an outcome says of an answer, as data that outlives the model: what only the server knows is open. */
export function expectationOf(
	{ statuses, body }: Outcome,
	{ bindings }: World,
	mask: (text: string) => string,
): Expectation {
	const expected = masked(expectedOf(body, bindings), mask);
	return { statuses, ...(tells(expected) ? { body: expected } : {}) };
}

function expectedOf(pattern: Pattern, bindings: World["bindings"]): Expected {
	switch (pattern.kind) {
		case "any":
		case "hint":
		case "log":
		case "next":
			return ANYTHING;
		case "not": {
			const known = concretize(pattern.value, bindings);
			return known === undefined ? ANYTHING : { kind: "not", value: known };
		}
		case "value":
			return pattern.optional === true ? ANYTHING : expectedValue(pattern.value, bindings, pattern.order);
		case "object":
			return objectOf(pattern.members, (member) => expectedOf(member, bindings));
		case "list":
			return pattern.lacks > 0
				? ANYTHING
				: {
						kind: "list",
						items: pattern.items.map((item) => expectedOf(item, bindings)),
						ordered: pattern.order === "kept",
						complete: pattern.complete && (pattern.may ?? []).length === 0 && pattern.repeats === undefined,
						without: pattern.without.flatMap((item) => knownOf(item, bindings)),
					};
		case "page":
			return expectedPage(pattern, bindings);
	}
}

/** What stands on a page is known where the order is. */
function expectedPage({ items, ranks, from, size }: PagePattern, bindings: World["bindings"]): Expected {
	if (ranks?.areCertain !== true || new Set(ranks.of).size !== ranks.of.length) return ANYTHING;
	const sorted = items.map((item, index) => ({ item, rank: ranks.of[index] ?? 0 })).toSorted((a, b) => a.rank - b.rank);
	const page = sorted.slice(from, from + size).map(({ item }) => expectedOf(item, bindings));
	return { kind: "list", items: page, ordered: true, complete: true, without: [] };
}

function expectedValue(value: Value, bindings: World["bindings"], order: "kept" | "free"): Expected {
	if (isServerValue(value)) {
		// A default that turned out to be nothing is nothing again.
		if (bindings.has(value.name) && bindings.get(value.name) === undefined) return { kind: "absent" };
		const known = concretize(value, bindings);
		return known === undefined ? ANYTHING : { kind: "value", value: known };
	}
	if (Array.isArray(value)) {
		const items = value.map((item: Value) => expectedValue(item, bindings, order));
		return { kind: "list", items, ordered: order === "kept", complete: true, without: [] };
	}
	if (typeof value !== "object" || value === null) return { kind: "value", value: value as Json };
	return objectOf(value as Readonly<Record<string, Value>>, (member) => expectedValue(member, bindings, order));
}

function objectOf<Member>(members: Readonly<Record<string, Member>>, map: (member: Member) => Expected): Expected {
	const known = Object.entries(members)
		.map(([name, member]) => [name, map(member)] as const)
		.filter(([, expected]) => tells(expected));
	return known.length === 0 ? ANYTHING : { kind: "object", members: Object.fromEntries(known) };
}

function tells(expected: Expected): boolean {
	return expected.kind !== "any";
}

function knownOf(pattern: Pattern, bindings: World["bindings"]): readonly Json[] {
	const known = pattern.kind === "value" ? concretize(pattern.value, bindings) : undefined;
	return known === undefined ? [] : [known];
}

/** No secret outlives the run, here as elsewhere; each text is masked as the quoted text that it was on the wire. */
function masked(expected: Expected, mask: (text: string) => string): Expected {
	const text = JSON.stringify(expected, (_, value: unknown) =>
		typeof value === "string" ? JSON.parse(mask(JSON.stringify(value))) : value,
	);
	return JSON.parse(text) as Expected;
}
