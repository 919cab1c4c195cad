import type { Fault } from "../../fault/fault.ts";
import { SEED_IDS } from "../seed/seed.ts";
import {
	AUDIT,
	get,
	makeProject,
	makeWebhook,
	ORGANIZATIONS,
	PROJECTS,
	patch,
	post,
	WEBHOOKS,
	WITNESS_DAY,
} from "./witness-requests.ts";

export type OperatorFault =
	| "webhook-secret-listed"
	| "webhooks-list-drops-one"
	| "deliveries-of-other-webhooks-listed"
	| "test-event-fails"
	| "webhooks-listed-without-token"
	| "half-token-accepted"
	| "viewer-creates-organizations"
	| "no-www-authenticate"
	| "audit-misses-updates"
	| "audit-end-date-excluded"
	| "audit-action-ignored"
	| "audit-oldest-first"
	| "audit-of-all-tenants-listed";

const PROJECT = `${PROJECTS}/${SEED_IDS.project}`;
const LIST_AUDIT = { operation: "listAuditEvents" };

/** Faults of webhooks, of tokens, and of what operators look at. */
export const OPERATOR_FAULTS: Readonly<Record<OperatorFault, Omit<Fault, "name">>> = {
	"webhook-secret-listed": {
		summary: "The list shows the secrets of webhooks again.",
		expects: {
			rule: "response-schema-conformance",
			operation: "listWebhooks",
			documented: 'must not have the property "secret"',
			observed: "invalid",
		},
		witness: {
			requests: [makeWebhook("a"), get(WEBHOOKS)],
			documented: { body: { webhooks: [{ id: "{1/id}" }] }, absent: ["/webhooks/0/secret"] },
			observed: { body: { webhooks: [{ secret: "{1/secret}" }] } },
		},
	},
	"webhooks-list-drops-one": {
		summary: "The list leaves out one webhook.",
		expects: { rule: "effect", operation: "listWebhooks", documented: "list", observed: "drops one" },
		witness: {
			requests: [makeWebhook("a"), makeWebhook("b"), get(WEBHOOKS)],
			documented: { body: { webhooks: [{ id: "{2/id}" }, { id: "{1/id}" }] } },
			observed: { body: { webhooks: [{ id: "{2/id}" }] } },
		},
	},
	"deliveries-of-other-webhooks-listed": {
		summary: "The deliveries of a webhook are those of all webhooks.",
		expects: {
			rule: "effect",
			operation: "listDeliveries",
			documented: "list",
			observed: "shows what other parents hold",
		},
		witness: {
			requests: [
				makeWebhook("a"),
				makeWebhook("b"),
				post(`${WEBHOOKS}/{1/id}/test`),
				get(`${WEBHOOKS}/{2/id}/deliveries`),
			],
			documented: { body: { deliveries: [] } },
			observed: { body: { deliveries: [{ id: "{3/id}" }] } },
		},
	},
	"test-event-fails": {
		summary: "Sending a test event fails inside.",
		expects: {
			rule: "not-a-server-error",
			operation: "testWebhook",
			documented: "no server error",
			observed: "status 500",
		},
		witness: {
			requests: [makeWebhook("a"), post(`${WEBHOOKS}/{1/id}/test`)],
			documented: { status: 202 },
			observed: { status: 500 },
		},
	},
	"webhooks-listed-without-token": {
		summary: "Webhooks can be listed without a token.",
		expects: {
			rule: "ignored-auth",
			operation: "listWebhooks",
			documented: "401 without adminToken",
			observed: "a missing one is accepted",
		},
		witness: { requests: [get(WEBHOOKS, "none")], documented: { status: 401 }, observed: { status: 200 } },
	},
	"half-token-accepted": {
		summary: "The beginning of a token is accepted for the whole.",
		expects: {
			rule: "ignored-auth",
			operation: "listProjects",
			documented: "401 without adminToken",
			observed: "a prefix is accepted",
		},
		witness: { requests: [get(PROJECTS, "half-admin")], documented: { status: 401 }, observed: { status: 200 } },
	},
	"viewer-creates-organizations": {
		summary: "A token that may only read creates organizations.",
		expects: {
			rule: "scope-ignored",
			operation: "createOrganization",
			documented: "403 without the scope write",
			observed: "not enforced",
		},
		witness: {
			requests: [post(ORGANIZATIONS, { name: "Witness", slug: "witness" }, "viewer")],
			documented: { status: 403 },
			observed: { status: 201 },
		},
	},
	"no-www-authenticate": {
		summary: "A 401 does not say how to authenticate.",
		expects: {
			rule: "response-headers-conformance",
			operation: "listProjects",
			documented: "WWW-Authenticate is present",
			observed: "missing",
		},
		witness: {
			requests: [get(PROJECTS, "none")],
			documented: { status: 401, headers: { "www-authenticate": true } },
			observed: { status: 401, headers: { "www-authenticate": false } },
		},
	},
	"audit-misses-updates": {
		summary: "Changes of what is there already are not kept in the log.",
		expects: {
			rule: "effect",
			operation: "updateProject",
			documented: "an entry in audit",
			observed: "leaves no entry",
		},
		witness: {
			requests: [patch(PROJECT, { name: "Renamed" }), get(AUDIT)],
			documented: { body: { events: [{ action: "project.updated" }] } },
			observed: { body: { events: [] } },
		},
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
			requests: [makeProject(), get(`${AUDIT}?end_date=${WITNESS_DAY}`)],
			documented: { body: { events: [{ resource_id: "{1/id}" }] } },
			observed: { body: { events: [] } },
		},
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
			requests: [makeProject(), get(`${AUDIT}?action=user.deleted`)],
			documented: { body: { events: [] } },
			observed: { body: { events: [{ action: "project.created" }] } },
		},
	},
	"audit-oldest-first": {
		summary: "The log begins with the oldest event.",
		expects: { rule: "sort", ...LIST_AUDIT, documented: "ordered by created_at descending", observed: "reversed" },
		witness: {
			requests: [makeProject(), patch(PROJECT, { name: "Renamed" }), get(AUDIT)],
			documented: { body: { events: [{ action: "project.updated" }, { action: "project.created" }] } },
			observed: { body: { events: [{ action: "project.created" }, { action: "project.updated" }] } },
		},
	},
	"audit-of-all-tenants-listed": {
		summary: "The log shows what was done in every tenant.",
		expects: {
			rule: "tenant-leak",
			...LIST_AUDIT,
			documented: "only what belongs to the tenant of the caller",
			observed: "shows what belongs to others",
		},
		witness: {
			requests: [makeProject(), get(AUDIT, "stranger")],
			documented: { body: { events: [] } },
			observed: { body: { events: [{ action: "project.created" }] } },
		},
	},
};
