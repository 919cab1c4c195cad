import type { Fault } from "../../fault/fault.ts";
import { get, upsert } from "./witness-requests.ts";

export type InputFault =
	| "shortest-key-refused"
	| "longest-app-id-refused"
	| "too-long-app-id-accepted"
	| "negative-rate-limit-accepted"
	| "unknown-event-accepted"
	| "unknown-field-accepted";

/** Faults in what is accepted and refused by value. */
export const INPUT_FAULTS: Readonly<Record<InputFault, Omit<Fault, "name">>> = {
	"shortest-key-refused": {
		summary: "An api_key of exactly 16 characters is refused.",
		expects: {
			rule: "positive-data-acceptance",
			operation: "upsertApp",
			documented: "api_key may be the shortest text (16 characters)",
			observed: "refused with 400",
		},
		witness: {
			requests: [upsert("shop", { api_key: "key_example_0016" })],
			documented: { status: 200 },
			observed: { status: 400 },
		},
	},
	"longest-app-id-refused": {
		summary: "Creating an app whose id has exactly 64 characters is refused.",
		expects: {
			rule: "positive-data-acceptance",
			operation: "upsertApp",
			documented: "app_id may be the longest text (64 characters)",
			observed: "refused with 400",
		},
		witness: {
			requests: [upsert("a".repeat(64), {})],
			documented: { status: 200 },
			observed: { status: 400 },
		},
	},
	"too-long-app-id-accepted": {
		summary: "An app whose id has 65 characters can be created.",
		expects: {
			rule: "negative-data-rejection",
			operation: "upsertApp",
			documented: "app_id must be at most 64 characters long",
			observed: "accepted",
		},
		witness: {
			requests: [upsert("a".repeat(65), {})],
			documented: { status: 400 },
			observed: { status: 200 },
		},
	},
	"negative-rate-limit-accepted": {
		summary: "A negative rate_limit is taken for 0.",
		expects: {
			rule: "negative-data-rejection",
			operation: "upsertApp",
			documented: "rate_limit must be at least 0",
			observed: "accepted",
		},
		witness: {
			requests: [upsert("shop", { rate_limit: -1 })],
			documented: { status: 400 },
			observed: { status: 200, body: { rate_limit: 0 } },
		},
	},
	"unknown-event-accepted": {
		summary: "An unknown event name is accepted and dropped.",
		expects: {
			rule: "negative-data-rejection",
			operation: "upsertApp",
			documented: 'events must be one of "call.initiated", "call.ringing", "call.answered", "call.ended", …',
			observed: "accepted",
		},
		witness: {
			requests: [upsert("shop", { events: ["call.lost"] })],
			documented: { status: 400 },
			observed: { status: 200 },
		},
	},
	"unknown-field-accepted": {
		summary: "A field that no app has is accepted and ignored, so a misspelt one goes unnoticed.",
		expects: {
			rule: "negative-data-rejection",
			operation: "upsertApp",
			documented: 'body must not have the property "notDocumented"',
			observed: "accepted",
		},
		witness: {
			requests: [upsert("shop", { rate_limt: 7 }), get("shop")],
			documented: { status: 404 },
			observed: { status: 200, body: { rate_limit: 0 } },
		},
	},
};
