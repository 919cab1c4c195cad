import type { PlantedFault } from "./planted-fault.ts";
import { BATCH, CONFIG, get, makeKey, patch, post, USAGE, USERS } from "./witness-requests.ts";

export type AccessFault =
	| "scope-by-prefix"
	| "usage-needs-no-scope"
	| "batch-needs-no-scope"
	| "config-asks-for-one-scope"
	| "half-key-accepted"
	| "no-www-authenticate";

const FIRST = { operation: "createUser" };

/** Faults of keys as they are asked for, and of their scopes. */
export const ACCESS_FAULTS: Readonly<Record<AccessFault, PlantedFault>> = {
	"scope-by-prefix": {
		summary: "Of a scope only what stands before the colon is compared.",
		expects: {
			rule: "scope-ignored",
			...FIRST,
			documented: "403 without the scope admin:users",
			observed: "an admin scope is enough",
		},
		witness: {
			requests: [makeKey("admin:orgs"), get(USERS, { apiKey: "{1/key}" })],
			documented: { status: 403 },
			observed: { status: 200 },
		},
		parts: () => ({
			findMissing: (granted, needed) => {
				const parts = granted.map((scope) => scope.split(":")[0]);
				return needed.find((scope) => !parts.includes(scope.split(":")[0]));
			},
		}),
	},
	"usage-needs-no-scope": {
		summary: "Whatever a key is good for, it reads the usage.",
		expects: {
			rule: "scope-ignored",
			operation: "getUsage",
			documented: "403 without the scope admin:orgs",
			observed: "not enforced",
		},
		witness: {
			requests: [makeKey("workflows:read"), get(USAGE, { apiKey: "{1/key}" })],
			documented: { status: 403 },
			observed: { status: 200 },
		},
		parts: ({ findMissing }) => ({
			findMissing: (granted, needed, operation) =>
				operation === "getUsage" ? undefined : findMissing(granted, needed, operation),
		}),
	},
	"batch-needs-no-scope": {
		summary: "Many users are made by keys that may not make one.",
		expects: {
			rule: "scope-ignored",
			operation: "createUsers",
			documented: "403 without the scope admin:users",
			observed: "not enforced",
		},
		witness: {
			requests: [
				makeKey("workflows:read"),
				post(BATCH, { users: [{ email: "batch@example.com", name: "Batch" }] }, { apiKey: "{1/key}" }),
			],
			documented: { status: 403 },
			observed: { status: 201 },
		},
		parts: ({ findMissing }) => ({
			findMissing: (granted, needed, operation) =>
				operation === "createUsers" ? undefined : findMissing(granted, needed, operation),
		}),
	},
	"config-asks-for-one-scope": {
		summary: "One of the three admin scopes is enough to change the configuration.",
		expects: {
			rule: "scope-ignored",
			operation: "updateConfig",
			documented: "403 without the scope admin:users and admin:orgs and admin:keys",
			observed: "one of the scopes is enough",
		},
		witness: {
			requests: [makeKey("admin:keys"), patch(CONFIG, { sign_up: false }, { apiKey: "{1/key}" })],
			documented: { status: 403 },
			observed: { status: 200 },
		},
		parts: ({ findMissing }) => ({
			findMissing: (granted, needed, operation) => {
				const one = needed.some((scope) => granted.includes(scope));
				return operation === "updateConfig" && one ? undefined : findMissing(granted, needed, operation);
			},
		}),
	},
	"half-key-accepted": {
		summary: "The beginning of the operator's key is accepted for the whole.",
		expects: {
			rule: "ignored-auth",
			...FIRST,
			documented: "401 without adminKey",
			observed: "a prefix is accepted",
		},
		witness: {
			requests: [get(USERS), get(USERS, "half-admin")],
			documented: { status: 401 },
			observed: { status: 200 },
		},
		parts: ({ isOperatorKey }) => {
			// The matcher keeps no key, so a prefix is found by what was accepted before.
			const accepted = new Set<string>();
			return {
				isOperatorKey: (key) => {
					if (isOperatorKey(key)) accepted.add(key);
					return [...accepted].some((known) => known.startsWith(key));
				},
			};
		},
	},
	"no-www-authenticate": {
		summary: "A 401 does not say how to authenticate.",
		expects: {
			rule: "response-headers-conformance",
			...FIRST,
			documented: "WWW-Authenticate is present",
			observed: "missing",
		},
		witness: {
			requests: [get(USERS, "none")],
			documented: { status: 401, headers: { "www-authenticate": true } },
			observed: { status: 401, headers: { "www-authenticate": false } },
		},
		hooks: (app) => {
			app.addHook("onSend", async (_request, reply) => {
				reply.removeHeader("www-authenticate");
			});
		},
	},
};
