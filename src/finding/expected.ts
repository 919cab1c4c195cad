import type { Json } from "../http/exchange.ts";
import type { Expectation, Expected } from "./finding.ts";

/** Whether a value is what was expected; what is open admits anything. */
export function admits(expected: Expected, actual: Json | undefined): boolean {
	switch (expected.kind) {
		case "any":
			return true;
		case "value":
			return isSame(expected.value, actual);
		case "absent":
			return actual === undefined;
		case "not":
			return actual === undefined || !isSame(expected.value, actual);
		case "object":
			return (
				isRecord(actual) && Object.entries(expected.members).every(([name, member]) => admits(member, actual[name]))
			);
		case "list":
			return Array.isArray(actual) && admitsList(expected, actual);
	}
}

type ExpectedList = Extract<Expected, { kind: "list" }>;

function admitsList(expected: ExpectedList, actual: readonly Json[]): boolean {
	const { missing, extra } = pairItems(expected, actual);
	if (missing.size > 0 || extra.size > 0) return false;
	if (!expected.ordered || !expected.complete) return true;
	return expected.items.every((item, index) => admits(item, actual[index]));
}

/** Which expected items are not there, and which items that are there should not be; by index. */
export function pairItems(
	{ items, complete, without }: ExpectedList,
	actual: readonly Json[],
): { readonly missing: ReadonlySet<number>; readonly extra: ReadonlySet<number> } {
	const free = new Set(actual.keys());
	const missing = new Set<number>();
	// What admits anything takes what the others have left.
	const order = [...items.entries()].toSorted(([, a], [, b]) => Number(a.kind === "any") - Number(b.kind === "any"));
	for (const [index, item] of order) {
		const at = [...free].find((one) => admits(item, actual[one]));
		if (at === undefined) missing.add(index);
		else free.delete(at);
	}
	const isForbidden = (at: number): boolean => without.some((one) => isSame(one, actual[at]));
	return { missing, extra: new Set([...free].filter((at) => complete || isForbidden(at))) };
}

/** Whether a status is one of those that are named, like `200` or `4XX`. */
export function isExpectedStatus({ statuses }: Expectation, status: number): boolean {
	return statuses.some((one) => one === String(status) || (/^[1-5]XX$/.test(one) && one[0] === String(status)[0]));
}

function isSame(expected: Json | undefined, actual: Json | undefined): boolean {
	if (Object.is(expected, actual)) return true;
	if (Array.isArray(expected)) {
		return (
			Array.isArray(actual) && expected.length === actual.length && expected.every((one, at) => isSame(one, actual[at]))
		);
	}
	// Objects may have further members, as in an answer.
	return (
		isRecord(expected) &&
		isRecord(actual) &&
		Object.entries(expected).every(([name, member]) => isSame(member, actual[name]))
	);
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
