import { applies } from "./guard/applies.ts";
import { credentials } from "./guard/credentials.ts";
import { exists } from "./guard/exists.ts";
import { frozen } from "./guard/frozen.ts";
import { keep } from "./guard/keep.ts";
import { limit } from "./guard/limit.ts";
import { memberOf } from "./guard/member-of.ts";
import { partitioned } from "./guard/partitioned.ts";
import { rate } from "./guard/rate.ts";
import { readOnly } from "./guard/read-only.ts";
import { records } from "./guard/records.ts";
import { refers } from "./guard/refers.ts";
import { scope } from "./guard/scope.ts";
import { unique } from "./guard/unique.ts";
import { unused } from "./guard/unused.ts";
import { valid } from "./guard/valid.ts";
import { when } from "./guard/when.ts";
import type { Guard, GuardLaw } from "./guard.ts";

const LAWS: { readonly [K in Guard["kind"]]: GuardLaw<Extract<Guard, { kind: K }>> } = {
	applies,
	credentials,
	exists,
	frozen,
	keep,
	limit,
	member: memberOf,
	partition: partitioned,
	rate,
	scope,
	"read-only": readOnly,
	records,
	refers,
	unique,
	unused,
	valid,
	when,
};

/** The law of a guard. The table above pairs each kind with the law of that very kind. */
export function guardLawOf(guard: Guard): GuardLaw {
	return LAWS[guard.kind] as GuardLaw;
}
