import type { Logger } from "pino";
import type { Faults } from "../../fault/fault.ts";
import type { IntryFault } from "../faults.ts";
import type { Covers } from "./access.ts";
import type { Keyring } from "./keyring.ts";
import type { Kind } from "./kinds.ts";
import type { Reports } from "./reports.ts";
import type { Store } from "./store.ts";

/** The parts that the routes of one environment work with. */
export interface Core {
	/** Of the environment: `STAGING`. */
	readonly name: string;
	readonly kinds: readonly Kind[];
	readonly store: Store;
	readonly reports: Reports;
	readonly findKey: Keyring;
	readonly covers: Covers;
	readonly faults: Faults<IntryFault>;
	/** Milliseconds since 1970. */
	readonly clock: () => number;
	readonly log: Logger;
}
