import { type ApiKeys, apiKeys } from "./api-keys.ts";
import { type Audit, audit } from "./audit.ts";
import { type Invitations, invitations } from "./invitations.ts";
import { type Members, members } from "./members.ts";
import { type Organizations, organizations } from "./organizations.ts";
import { type Projects, projects } from "./projects.ts";
import { type SigningKeys, signingKeys } from "./signing-keys.ts";
import { type Tokens, tokens } from "./tokens.ts";
import { type Users, users } from "./users.ts";
import { type Webhooks, webhooks } from "./webhooks.ts";

/** What the control plane remembers, each in its table. Every function works inside the scope that it is given. */
export interface Stores {
	readonly tokens: Tokens;
	readonly projects: Projects;
	readonly apiKeys: ApiKeys;
	readonly signingKeys: SigningKeys;
	readonly users: Users;
	readonly organizations: Organizations;
	readonly members: Members;
	readonly invitations: Invitations;
	readonly webhooks: Webhooks;
	readonly audit: Audit;
}

export const STORES: Stores = {
	tokens,
	projects,
	apiKeys,
	signingKeys,
	users,
	organizations,
	members,
	invitations,
	webhooks,
	audit,
};
