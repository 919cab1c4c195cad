import { type ApiKeys, apiKeys } from "./api-keys.ts";
import { type Audit, audit } from "./audit.ts";
import { type ConfigStore, config } from "./config.ts";
import { type Members, members } from "./members.ts";
import { type Organizations, organizations } from "./organizations.ts";
import { type UsageStore, usage } from "./usage.ts";
import { type Users, users } from "./users.ts";

/** What Integra remembers, each in its table. */
export interface Stores {
	readonly users: Users;
	readonly organizations: Organizations;
	readonly members: Members;
	readonly apiKeys: ApiKeys;
	readonly config: ConfigStore;
	readonly audit: Audit;
	readonly usage: UsageStore;
}

export const STORES: Stores = { users, organizations, members, apiKeys, config, audit, usage };
