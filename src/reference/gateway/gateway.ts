import type { Logger } from "pino";
import type { Faults } from "../fault/fault.ts";
import type { GatewayFault } from "./faults.ts";
import type { Metrics } from "./metrics.ts";
import type { Outbound } from "./outbound.ts";
import type { RecentErrors } from "./recent-errors.ts";
import type { Store } from "./store/store.ts";

/** The parts that the routes work with. */
export interface Gateway {
	readonly store: Store;
	readonly outbound: Outbound;
	readonly recentErrors: RecentErrors;
	readonly metrics: Metrics;
	readonly faults: Faults<GatewayFault>;
	readonly log: Logger;
	/** Milliseconds since 1970. */
	readonly clock: () => number;
	/** Undefined when the operator set none: the admin operations are disabled then. */
	readonly isAdminKey: ((given: string) => boolean) | undefined;
	/** Whether PUT on an allow-list replaces it, as documented, or appends to it, as the service does today. */
	readonly cidsPut: CidsPut;
	/** Tells why a webhook URL is refused. */
	readonly refuseWebhookUrl: (url: string) => Promise<string | undefined>;
}

export type CidsPut = "append" | "replace";
