import { FIRST_CONFIG } from "../store/config.ts";
import { EVERYTHING, sliceOf } from "./list-ways.ts";
import { alterBody, type PlantedFault } from "./planted-fault.ts";
import {
	AUDIT,
	CONFIG,
	get,
	KEYS,
	makeKey,
	makeOrganization,
	makeUser,
	patch,
	USAGE,
	USERS,
} from "./witness-requests.ts";

export type PlatformFault =
	| "config-patch-replaces"
	| "notifications-replaced"
	| "config-not-kept"
	| "long-sessions-refused"
	| "config-fails-inside"
	| "usage-counts-refused-calls"
	| "usage-counts-everybody"
	| "usage-counts-only-writes"
	| "usage-counts-keys-that-are-left"
	| "audit-drops-reads"
	| "audit-drops-refused-calls"
	| "audit-organization-ignored"
	| "audit-action-ignored"
	| "audit-end-date-excluded"
	| "audit-oldest-first";

const key = { apiKey: "{1/key}" };
const USED = { rule: "effect", operation: "getUsage", documented: "requests counts the calls that are accepted" };
const LIST_AUDIT = { operation: "listAuditLogs" };

/** Faults of the configuration, of usage and of the audit log. */
export const PLATFORM_FAULTS: Readonly<Record<PlatformFault, PlantedFault>> = {
	"config-patch-replaces": {
		summary: "Settings that are left out return to what they were at first.",
		expects: { rule: "effect", operation: "updateConfig", documented: "deep merge", observed: "replace" },
		witness: {
			requests: [patch(CONFIG, { session_minutes: 30 }), patch(CONFIG, { sign_up: false })],
			documented: { body: { session_minutes: 30, sign_up: false } },
			observed: { body: { session_minutes: 60, sign_up: false } },
		},
		hooks: alterBody<object>("updateConfig", (body) => ({ ...FIRST_CONFIG, ...body })),
	},
	"notifications-replaced": {
		summary: "Of the notifications those that are left out return to what they were at first.",
		expects: { rule: "effect", operation: "updateConfig", documented: "deep merge", observed: "merge" },
		witness: {
			requests: [
				patch(CONFIG, { notifications: { webhook: true } }),
				patch(CONFIG, { notifications: { email: false } }),
			],
			documented: { body: { notifications: { email: false, webhook: true } } },
			observed: { body: { notifications: { email: false, webhook: false } } },
		},
		hooks: alterBody<{ readonly notifications?: object }>("updateConfig", (body) => {
			if (body.notifications === undefined) return body;
			return { ...body, notifications: { ...FIRST_CONFIG.notifications, ...body.notifications } };
		}),
	},
	"config-not-kept": {
		summary: "The configuration is answered as it was sent, and not kept.",
		expects: { rule: "effect", operation: "updateConfig", documented: "deep merge", observed: "ignore" },
		witness: {
			requests: [patch(CONFIG, { session_minutes: 30 }), get(CONFIG)],
			documented: { body: { session_minutes: 30 } },
			observed: { body: { session_minutes: 60 } },
		},
		stores: ({ config }) => ({ config: { ...config, save: () => {} } }),
	},
	"long-sessions-refused": {
		summary: "The longest documented session is refused.",
		expects: {
			rule: "positive-data-acceptance",
			operation: "updateConfig",
			documented: "session_minutes may be the greatest number",
			observed: "refused with 400",
		},
		witness: {
			requests: [patch(CONFIG, { session_minutes: 1440 })],
			documented: { status: 200 },
			observed: { status: 400 },
		},
		hooks: (app) => {
			app.addHook("preHandler", async (request, reply) => {
				const { session_minutes } = (request.body ?? {}) as { readonly session_minutes?: unknown };
				if (session_minutes !== 1440) return;
				const message = "session_minutes must be below 1440";
				return reply.code(400).send({ error: { code: "invalid_request", message } });
			});
		},
	},
	"config-fails-inside": {
		summary: "Turning sign-up off fails inside.",
		expects: {
			rule: "not-a-server-error",
			operation: "updateConfig",
			documented: "no server error",
			observed: "status 500",
		},
		witness: {
			requests: [patch(CONFIG, { sign_up: false })],
			documented: { status: 200 },
			observed: { status: 500 },
		},
		stores: ({ config }) => ({
			config: {
				...config,
				save: (scope, wanted) => {
					if (!wanted.sign_up) throw new Error("no handler for sign_up");
					config.save(scope, wanted);
				},
			},
		}),
	},
	"usage-counts-refused-calls": {
		summary: "Calls that were refused are usage, too.",
		expects: { ...USED, observed: "counts refused calls as well" },
		witness: {
			requests: [makeKey("admin:users"), get(USERS, key), get(CONFIG, key), get(USAGE)],
			documented: { body: { requests: 1 } },
			observed: { body: { requests: 2 } },
		},
		stores: ({ usage }) => ({ usage: { read: (...given) => withCount(usage.read(...given), given, "1 = 1") } }),
	},
	"usage-counts-everybody": {
		summary: "The usage of one organization is that of all.",
		expects: { ...USED, observed: "counts the calls of everybody" },
		witness: {
			requests: [
				makeKey("admin:users"),
				makeOrganization(),
				get(USERS, key),
				get("/admin/v1/analytics/usage?org_id={2/id}"),
			],
			documented: { body: { requests: 0 } },
			observed: { body: { requests: 3 } },
		},
		stores: ({ usage }) => ({
			usage: {
				read: (scope, organization, period) => {
					const { starts_at, ends_at, ...rest } = usage.read(scope, organization, period);
					const all = scope.sql.get<{ all: number }>(
						`select count(*) as "all" from audit_log where status < 400 and created_at >= ? and created_at <= ?`,
						...[starts_at, ends_at],
					);
					return { ...rest, starts_at, ends_at, requests: all?.all ?? 0 };
				},
			},
		}),
	},
	"usage-counts-only-writes": {
		summary: "Reading is no usage.",
		expects: { ...USED, observed: "counts no reads" },
		witness: {
			requests: [makeKey("admin:users"), get(USERS, key), get(USAGE)],
			documented: { body: { requests: 1 } },
			observed: { body: { requests: 0 } },
		},
		stores: ({ usage }) => ({
			usage: { read: (...given) => withCount(usage.read(...given), given, "status < 400 and method <> 'GET'") },
		}),
	},
	"usage-counts-keys-that-are-left": {
		summary: "What was used with a key is forgotten when it is revoked.",
		expects: { ...USED, observed: "forgets what was counted for keys that are gone" },
		witness: {
			requests: [
				makeKey("admin:users"),
				get(USERS, key),
				{ method: "DELETE", path: `${KEYS}/{1/id}`, credential: "admin" },
				get(USAGE),
			],
			documented: { body: { requests: 1 } },
			observed: { body: { requests: 0 } },
		},
		stores: ({ usage }) => ({
			usage: {
				read: (...given) =>
					withCount(
						usage.read(...given),
						given,
						"status < 400 and actor_id in (select id from api_keys where status = 'active')",
					),
			},
		}),
	},
	"audit-drops-reads": {
		summary: "Calls that only read are not kept.",
		expects: {
			rule: "effect",
			operation: "getUser",
			documented: "an entry in audit-logs",
			observed: "leaves no entry",
		},
		witness: {
			requests: [makeUser("a"), get(`${USERS}/{1/id}`), get(AUDIT)],
			documented: { body: { data: [{ action: "getUser" }, { action: "createUser" }] } },
			observed: { body: { data: [{ action: "createUser" }] } },
		},
		stores: ({ audit }) => ({
			audit: {
				...audit,
				append: (scope, call) => {
					if (call.method !== "GET") audit.append(scope, call);
				},
			},
		}),
	},
	"audit-drops-refused-calls": {
		summary: "Calls that are refused are not kept.",
		expects: {
			rule: "effect",
			// A refused creation makes nothing that its entry could be found by.
			operation: "updateUser",
			documented: "an entry in audit-logs",
			observed: "leaves no entry when it refuses",
		},
		witness: {
			requests: [get(`${USERS}/user_nobody`), get(AUDIT)],
			documented: { body: { data: [{ status: 404 }] } },
			observed: { body: { data: [] } },
		},
		stores: ({ audit }) => ({
			audit: {
				...audit,
				append: (scope, call) => {
					if (call.status < 400) audit.append(scope, call);
				},
			},
		}),
	},
	"audit-organization-ignored": {
		summary: "The log shows what was about any organization.",
		expects: {
			rule: "filter",
			...LIST_AUDIT,
			documented: "organization_id equal to org_id",
			observed: "ignores the filter",
		},
		witness: {
			requests: [makeUser("a"), get(`${AUDIT}?org_id=org_123`)],
			documented: { body: { data: [] } },
			observed: { body: { data: [{ action: "createUser" }] } },
		},
		stores: ({ audit }) => ({
			audit: {
				...audit,
				list: (scope, { organization: _ignored, ...filter }, paging) => audit.list(scope, filter, paging),
			},
		}),
	},
	"audit-action-ignored": {
		summary: "The log is shown whole, whatever action is asked for.",
		expects: {
			rule: "filter",
			...LIST_AUDIT,
			documented: "action equal to action",
			observed: "ignores the filter",
		},
		witness: {
			requests: [makeUser("a"), get(`${AUDIT}?action=deleteUser`)],
			documented: { body: { data: [] } },
			observed: { body: { data: [{ action: "createUser" }] } },
		},
		stores: ({ audit }) => ({
			audit: {
				...audit,
				list: (scope, { action: _ignored, ...filter }, paging) => audit.list(scope, filter, paging),
			},
		}),
	},
	"audit-end-date-excluded": {
		summary: "The range ends before its last day.",
		expects: {
			rule: "filter",
			...LIST_AUDIT,
			documented: "created_at at most end_date",
			observed: "excludes the bound",
		},
		witness: {
			requests: [makeUser("a"), get(`${AUDIT}?end_date=2026-01-15`)],
			documented: { body: { data: [{ action: "createUser" }] } },
			observed: { body: { data: [] } },
		},
		stores: ({ audit }) => ({
			audit: {
				...audit,
				list: (scope, { end, ...filter }, paging) =>
					audit.list(scope, { ...filter, ...(end === undefined ? {} : { end: dayBefore(end) }) }, paging),
			},
		}),
	},
	"audit-oldest-first": {
		summary: "The log begins with the oldest call.",
		expects: { rule: "sort", ...LIST_AUDIT, documented: "ordered by created_at descending", observed: "reversed" },
		witness: {
			requests: [makeUser("a"), get(USERS), get(AUDIT)],
			documented: { body: { data: [{ action: "listUsers" }, { action: "createUser" }] } },
			observed: { body: { data: [{ action: "createUser" }, { action: "listUsers" }] } },
		},
		stores: ({ audit }) => ({
			audit: {
				...audit,
				list: (scope, filter, paging) => sliceOf(audit.list(scope, filter, EVERYTHING).items.toReversed(), paging),
			},
		}),
	},
};

type UsageStore = Parameters<NonNullable<PlantedFault["stores"]>>[0]["usage"];
type Usage = ReturnType<UsageStore["read"]>;

/** The usage with a sum that is counted in another way. */
function withCount(usage: Usage, [{ sql }, organization]: Parameters<UsageStore["read"]>, condition: string): Usage {
	const counted = sql.get<{ counted: number }>(
		`select count(*) as counted from audit_log
		where actor_organization_id = ? and created_at >= ? and created_at <= ? and ${condition}`,
		...[organization, usage.starts_at, usage.ends_at],
	);
	return { ...usage, requests: counted?.counted ?? 0 };
}

function dayBefore(day: string): string {
	return new Date(Math.max(0, Date.parse(`${day}T00:00:00Z`) - 86_400_000)).toISOString().slice(0, 10);
}
