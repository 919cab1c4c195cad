import { credentials } from "./guard/credentials.ts";
import { exists } from "./guard/exists.ts";
import { limit } from "./guard/limit.ts";
import { memberOf } from "./guard/member-of.ts";
import { partitioned } from "./guard/partitioned.ts";
import { rate } from "./guard/rate.ts";
import { scope } from "./guard/scope.ts";
import { unique } from "./guard/unique.ts";
import { valid } from "./guard/valid.ts";
import type { Guard, GuardLaw } from "./guard.ts";

const LAWS: { readonly [K in Guard["kind"]]: GuardLaw<Extract<Guard, { kind: K }>> } = {
	credentials,
	exists,
	limit,
	member: memberOf,
	partition: partitioned,
	rate,
	scope,
	unique,
	valid,
};

/** The law of a guard. The table above pairs each kind with the law of that very kind. */
export function guardLawOf(guard: Guard): GuardLaw {
	return LAWS[guard.kind] as GuardLaw;
}
