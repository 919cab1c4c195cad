import { distance } from "fastest-levenshtein";
import { SettingError } from "../process/setting-error.ts";
import type { Faults } from "./fault.ts";

/** Names further apart than this are no slip of the finger. */
const SLIP_MAX = 6;

/**
 * The switches for the named faults.
 *
 * @throws {SettingError} with one problem per unknown name, and the name that was probably meant.
 * @example selectFaults(["list-drops-last"], ["list-drops-last"]).has("list-drops-last") // true
 */
export function selectFaults<Name extends string>(known: readonly Name[], wanted: readonly string[]): Faults<Name> {
	const problems = unknownFaults(known, wanted);
	if (problems.length > 0) throw new SettingError(problems);
	const chosen = new Set<string>(wanted);
	return { has: (name) => chosen.has(name) };
}

/** One problem for each name that no fault has. */
export function unknownFaults(known: readonly string[], wanted: readonly string[]): readonly string[] {
	return wanted.filter((name) => !known.includes(name)).map((name) => unknownFault(known, name));
}

function unknownFault(known: readonly string[], name: string): string {
	const [nearest] = known.toSorted((a, b) => distance(a, name) - distance(b, name));
	const near = nearest !== undefined && distance(nearest, name) <= SLIP_MAX;
	const hint = near ? `did you mean "${nearest}"?` : `known are ${known.join(", ")}`;
	return `FAULTS names the unknown fault ${JSON.stringify(name)}; ${hint}`;
}
