import type { Call } from "../call.ts";
import type { ListQuery } from "../query-law.ts";
import type { Resource } from "../resource.ts";
import type { Entry } from "../state.ts";
import { propertyOf, type Value } from "../value.ts";
import { passes, type Verdict } from "./filter.ts";
import { omissionsFor, passesOmission } from "./omission.ts";
import { finds } from "./search.ts";

/** What of a list matches what it was asked for. */
export interface Choice {
	readonly sure: readonly Entry[];
	/** Nobody can say whether these match. */
	readonly maybe: readonly Entry[];
	/** These do not. */
	readonly not: readonly Entry[];
	/** What a server of ours shows. */
	readonly served: readonly Entry[];
}

/** Whether a call chooses among the items at all. */
export function chooses({ filters, search, omits }: ListQuery, { query }: Pick<Call, "query">): boolean {
	const isAsked = (parameter: string): boolean => query[parameter] !== undefined;
	if (omissionsFor(omits, { query }).length > 0) return true;
	return filters.some(({ parameter }) => isAsked(parameter)) || (search !== undefined && isAsked(search.parameter));
}

/** Every filter and the search, each on every entry. */
export function choose(
	query: ListQuery,
	call: Call,
	{ resource, entries }: { resource: Resource; entries: readonly Entry[] },
): Choice {
	const tests = testsOf(query, call, resource);
	const verdicts = entries.map((entry) => ({ entry, verdict: all(tests.map((test) => test(entry.value))) }));
	const those = (wanted: (verdict: Verdict) => boolean): readonly Entry[] =>
		verdicts.filter(({ verdict }) => wanted(verdict)).map(({ entry }) => entry);
	return {
		sure: those(({ isShown }) => isShown === true),
		maybe: those(({ isShown }) => isShown === undefined),
		not: those(({ isShown }) => isShown === false),
		served: those(({ served }) => served),
	};
}

type Test = (item: Value) => Verdict;

function testsOf({ filters, search, omits }: ListQuery, { query }: Call, { fields }: Resource): readonly Test[] {
	const isBlurred = (name: string): boolean => fields.get(name)?.compared === false;
	const leavingOut = omissionsFor(omits, { query }).map((omission): Test => {
		const test: Test = (item) => passesOmission(omission, item);
		return isBlurred(omission.field) ? blurred(test) : test;
	});
	const byFilter = filters.flatMap((filter): readonly Test[] => {
		const asked = query[filter.parameter];
		if (asked === undefined) return [];
		const test: Test = (item) => passes(filter, propertyOf(item, filter.field), asked);
		return [isBlurred(filter.field) ? blurred(test) : test];
	});
	const byField = [...leavingOut, ...byFilter];
	const term = search === undefined ? undefined : query[search.parameter];
	if (search === undefined || typeof term !== "string") return byField;
	const test: Test = (item) => finds(search, item, term);
	return [...byField, (search.fields ?? search.candidates).some(isBlurred) ? blurred(test) : test];
}

/** Of a field that does not come back as it was written nobody knows what it holds. */
function blurred(test: Test): Test {
	return (item) => ({ isShown: undefined, served: test(item).served });
}

function all(verdicts: readonly Verdict[]): Verdict {
	const served = verdicts.every((verdict) => verdict.served);
	if (verdicts.some(({ isShown }) => isShown === false)) return { isShown: false, served };
	return { isShown: verdicts.every(({ isShown }) => isShown === true) ? true : undefined, served };
}
