import type { Logger } from "pino";
import type { Faults } from "../fault/fault.ts";
import type { IsAllowed } from "./address-list.ts";
import type { Database } from "./database/database.ts";
import type { IntegraFault } from "./faults.ts";
import type { Limit, RateLimiter } from "./limit/rate-limiter.ts";
import type { FindMissing } from "./scopes.ts";
import type { Stores } from "./store/stores.ts";

/** The parts that the routes work with. */
export interface Integra {
	readonly database: Database;
	readonly stores: Stores;
	readonly limiter: RateLimiter;
	readonly limitsFor: LimitsFor;
	/** Whether somebody calls with the operator's own key. */
	readonly isOperatorKey: (key: string) => boolean;
	readonly isAllowedAddress: IsAllowed;
	/** The first scope that an operation asks for and a key lacks. */
	readonly findMissing: FindMissing;
	readonly faults: Faults<IntegraFault>;
	readonly log: Logger;
	/** Milliseconds since 1970. */
	readonly clock: () => number;
}

/** The limits for which a call counts: of a caller by its id, and of a batch one more. */
export type LimitsFor = (
	who: string,
	call: { readonly isBatch: boolean; readonly operation: string | undefined },
) => readonly [Limit, ...Limit[]];
