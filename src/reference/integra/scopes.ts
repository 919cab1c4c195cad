/** What an API key can be good for. The first four are for other APIs of the platform. */
export const SCOPES = [
	"workflows:read",
	"workflows:write",
	"transactions:read",
	"transactions:write",
	"admin:users",
	"admin:orgs",
	"admin:keys",
] as const;

export type Scope = (typeof SCOPES)[number];

/** What the whole platform asks for. */
export const ADMIN_SCOPES: readonly Scope[] = ["admin:users", "admin:orgs", "admin:keys"];

/** @param operation as the document names it */
export type FindMissing = (
	granted: readonly string[],
	needed: readonly Scope[],
	operation: string | undefined,
) => Scope | undefined;

/** Scopes are compared whole, and all that are needed must be there. */
export const findMissing: FindMissing = (granted, needed) => needed.find((scope) => !granted.includes(scope));
