import type { Call } from "../call.ts";
import type { Evidence } from "../evidence.ts";
import { holdsFields } from "../law/fields.ts";
import type { Entry } from "../state.ts";
import type { Value } from "../value.ts";
import type { Verdict } from "./filter.ts";

/** Items of a certain standing are left out of a list, unless they are asked for: cancelled orders, inactive products. */
export interface Omission {
	readonly field: string;
	/** Items that hold one of these are left out. */
	readonly values: readonly Value[];
	/** Query parameters with which they are no longer left out. */
	readonly liftedBy: readonly string[];
	readonly evidence: readonly Evidence[];
}

/** The omissions that count for a call. */
export function omissionsFor(
	omits: readonly Omission[] | undefined,
	{ query }: Pick<Call, "query">,
): readonly Omission[] {
	return (omits ?? []).filter(({ liftedBy }) => !liftedBy.some((name) => isLifting(query[name])));
}

/** `false` asks for nothing; of another value the parameter itself says what it chooses. */
function isLifting(value: Value | undefined): boolean {
	return value !== undefined && value !== false && value !== "false";
}

/** Whether an item is shown although some are left out. */
export function passesOmission({ field, values }: Omission, item: Value): Verdict {
	const entry: Entry = { key: "", value: item };
	const held = holdsFields(entry, { [field]: values });
	if (held === "unknown") return { isShown: undefined, served: true };
	return { isShown: held === "no", served: held === "no" };
}
