import type { Fault } from "../../fault/fault.ts";
import { get } from "./witness-requests.ts";

export type OperatorFault = "admin-key-prefix" | "health-without-key" | "recent-errors-holds-client-errors";

/** Faults of the administrator's key and of what operators look at. */
export const OPERATOR_FAULTS: Readonly<Record<OperatorFault, Omit<Fault, "name">>> = {
	"admin-key-prefix": {
		summary: "The beginning of the admin key is accepted for the whole.",
		expects: {
			rule: "ignored-auth",
			operation: "upsertApp",
			documented: "401 without adminKey",
			observed: "a prefix is accepted",
		},
		witness: {
			requests: [{ method: "GET", path: "/admin/health", credential: "half-admin" }],
			documented: { status: 401 },
			observed: { status: 200 },
		},
	},
	"health-without-key": {
		summary: "The health check needs no key.",
		expects: {
			rule: "ignored-auth",
			operation: "getHealth",
			documented: "401 without adminKey",
			observed: "not enforced",
		},
		witness: {
			requests: [{ method: "GET", path: "/admin/health", credential: "none" }],
			documented: { status: 401 },
			observed: { status: 200 },
		},
	},
	"recent-errors-holds-client-errors": {
		summary: "Answers with a status from 400 on are listed as server errors.",
		expects: {
			rule: "response-schema-conformance",
			operation: "listRecentErrors",
			documented: "must be at least 500",
			observed: "invalid",
		},
		witness: {
			requests: [get("shop"), { method: "GET", path: "/admin/recent-errors", credential: "admin" }],
			documented: { body: { total: 0, errors: [] } },
			observed: { body: { total: 1 } },
		},
	},
};
