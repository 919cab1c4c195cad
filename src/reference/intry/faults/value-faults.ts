import type { Fault } from "../../fault/fault.ts";
import { get, HOME, makeCall, PLACE, post } from "./witness-requests.ts";

export type ValueFault =
	| "large-limits-capped"
	| "top-floor-refused"
	| "long-calls-refused"
	| "largest-limit-refused"
	| "unknown-status-lists-everything"
	| "malformed-id-fails";

/** Faults at the borders of what may be sent. */
export const VALUE_FAULTS: Readonly<Record<ValueFault, Omit<Fault, "name">>> = {
	"large-limits-capped": {
		summary: "A page of users larger than documented is served as the largest one.",
		expects: {
			rule: "negative-data-rejection",
			operation: "listUsers",
			documented: "limit must be at most 100",
			observed: "accepted",
		},
		witness: {
			requests: [get("users?limit=101")],
			documented: { status: 422 },
			observed: { status: 200, body: { limit: 100 } },
		},
	},
	"top-floor-refused": {
		summary: "The highest floor is refused.",
		expects: {
			rule: "positive-data-acceptance",
			operation: "updateUnit",
			documented: "floor may be the greatest number",
			observed: "refused with 422",
		},
		witness: {
			requests: [...PLACE, post("units", { property_id: "{2/property/id}", label: "1A", floor: 200 })],
			documented: { status: 201 },
			observed: { status: 422 },
		},
	},
	"long-calls-refused": {
		summary: "The longest call is refused.",
		expects: {
			rule: "positive-data-acceptance",
			operation: "updateCall",
			documented: "duration_seconds may be the greatest number",
			observed: "refused with 422",
		},
		witness: {
			requests: [...HOME, makeCall("{3/unit/id}", { duration_seconds: 86_400 })],
			documented: { status: 201 },
			observed: { status: 422 },
		},
	},
	"largest-limit-refused": {
		summary: "The largest page of properties is refused.",
		expects: {
			rule: "positive-data-acceptance",
			operation: "listProperties",
			documented: "limit may be the greatest number",
			observed: "refused with 422",
		},
		witness: {
			requests: [get("properties?limit=100")],
			documented: { status: 200 },
			observed: { status: 422 },
		},
	},
	"unknown-status-lists-everything": {
		summary: "A status that no unit can have lists all of them.",
		expects: {
			rule: "negative-data-rejection",
			operation: "listUnits",
			documented: 'status must be one of "vacant", "occupied", "blocked"',
			observed: "accepted",
		},
		witness: {
			requests: [...HOME, get("units?status=vacnt")],
			documented: { status: 422 },
			observed: { status: 200, body: { units: [{ label: "1A" }] } },
		},
	},
	"malformed-id-fails": {
		summary: "An id that is no UUID fails in the database.",
		expects: {
			rule: "not-a-server-error",
			operation: "getUnit",
			documented: "no server error",
			observed: "status 500",
		},
		witness: {
			requests: [get("units/not-a-uuid")],
			documented: { status: 404 },
			observed: { status: 500 },
		},
	},
};
