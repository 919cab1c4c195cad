import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import type { Faults } from "../fault/fault.ts";
import type { Dependencies } from "./dependencies.ts";
import type { ControlPlaneFault } from "./faults.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { Stores } from "./store/stores.ts";
import type { Deliverer } from "./webhook/deliverer.ts";

/** The parts that the routes work with. */
export interface ControlPlane {
	readonly database: Database;
	readonly stores: Stores;
	readonly limiter: RateLimiter;
	readonly dependencies: Dependencies;
	readonly deliverer: Deliverer;
	readonly faults: Faults<ControlPlaneFault>;
	readonly log: Logger;
	/** Milliseconds since 1970. */
	readonly clock: () => number;
	/** How long a signing key can be verified with after its rotation. */
	readonly signingKeyGraceMs: number;
	/** Tells why a webhook URL is refused. */
	readonly refuseWebhookUrl: (url: string) => Promise<string | undefined>;
}
