import type { Fault } from "../../fault/fault.ts";
import { get, HOME, inNone, inStaging, makeDevice, makeTenant, post } from "./witness-requests.ts";

export type AccessFault =
	| "prod-when-the-header-is-missing"
	| "environments-share-devices"
	| "scopes-compared-by-prefix"
	| "reading-is-enough-to-write"
	| "half-a-key-is-enough"
	| "no-www-authenticate";

/** Faults of keys, scopes and environments. */
export const ACCESS_FAULTS: Readonly<Record<AccessFault, Omit<Fault, "name">>> = {
	"prod-when-the-header-is-missing": {
		summary: "Without X-Admin-Env a request means PROD.",
		expects: {
			rule: "missing-required-header",
			operation: "listTenants",
			documented: "X-Admin-Env is required",
			observed: "accepted",
		},
		witness: {
			requests: [inNone(makeTenant())],
			documented: { status: 422 },
			observed: { status: 201 },
		},
	},
	"environments-share-devices": {
		summary: "The devices of all environments are in one table.",
		expects: {
			rule: "tenant-leak",
			operation: "getDevice",
			documented: "only what belongs to the X-Admin-Env of the request",
			observed: "shows what belongs to others",
		},
		witness: {
			requests: [makeDevice("LOCK-1"), inStaging(get("devices/{1/device/id}"))],
			documented: { status: 404 },
			observed: { status: 200, body: { device: { serial_number: "LOCK-1" } } },
		},
	},
	"scopes-compared-by-prefix": {
		summary: "A scope that the needed one begins with is enough.",
		expects: {
			rule: "scope-ignored",
			operation: "listUnits",
			documented: "403 without the scope units:read",
			observed: "compares by prefix",
		},
		witness: {
			requests: [get("units", "stranger")],
			documented: { status: 403 },
			observed: { status: 200 },
		},
	},
	"reading-is-enough-to-write": {
		summary: "The scope to read lets write as well.",
		expects: {
			rule: "scope-ignored",
			operation: "createUnit",
			documented: "403 without the scope units:write",
			observed: "a scope for reading is enough",
		},
		witness: {
			requests: [...HOME, post("units", { property_id: "{2/property/id}", label: "2A" }, "viewer")],
			documented: { status: 403 },
			observed: { status: 201 },
		},
	},
	"half-a-key-is-enough": {
		summary: "A key is found by its beginning.",
		expects: {
			rule: "ignored-auth",
			operation: "getStats",
			documented: "401 without apiKey",
			observed: "a prefix is accepted",
		},
		witness: {
			requests: [get("stats", "half-admin")],
			documented: { status: 401 },
			observed: { status: 200 },
		},
	},
	"no-www-authenticate": {
		summary: "A refusal for want of a key does not say how to authenticate.",
		expects: {
			rule: "response-headers-conformance",
			operation: "getStats",
			documented: "WWW-Authenticate is present",
			observed: "missing",
		},
		witness: {
			requests: [get("stats", "none")],
			documented: { status: 401, headers: { "www-authenticate": true } },
			observed: { status: 401, headers: { "www-authenticate": false } },
		},
	},
};
