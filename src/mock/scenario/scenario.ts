import type { Json } from "../../http/exchange.ts";
import type { Fault } from "../fault/fault.ts";
import type { GivenCaller, GivenIdentities } from "../request/identities.ts";

/** What a mock starts with. */
export interface Scenario {
	/** By security scheme. */
	readonly identities: GivenIdentities;
	/** Those that have a name. */
	readonly callers?: readonly GivenCaller[];
	/** What others than the first caller hold: by tenant, or by value of the header that parts resources. */
	readonly tenants?: ReadonlyMap<string, ReadonlyMap<string, SeedData>>;
	/** By resource; a resource that is not named starts with what its document shows. */
	readonly data: ReadonlyMap<string, SeedData>;
	/** What goes wrong on purpose. */
	readonly faults?: readonly Fault[];
	/** The files that it was read from, as they were named from the working directory. */
	readonly files?: readonly string[];
}

export type SeedData =
	/** Objects by field, in which a key named like a resource that lives inside holds its data; plain values for a set. */
	| { readonly kind: "items"; readonly items: readonly Json[] }
	/** What the document's own examples show. */
	| { readonly kind: "examples" }
	/** So many, made up, each with these values. */
	| { readonly kind: "count"; readonly count: number; readonly values: { readonly [field: string]: Json } };

export const EMPTY_SCENARIO: Scenario = { identities: {}, data: new Map() };
