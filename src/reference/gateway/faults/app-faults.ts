import type { Fault } from "../../fault/fault.ts";
import { get, KEY, listCids, NUMBERS, remove, replaceCids, upsert } from "./witness-requests.ts";

export type AppFault =
	| "upsert-merges"
	| "upsert-clears-cids"
	| "events-dropped"
	| "events-truncated"
	| "api-key-masked"
	| "shared-key-accepted"
	| "delete-app-does-nothing"
	| "delete-app-keeps-cids"
	| "delete-unknown-app-200"
	| "app-ids-ignore-case"
	| "refused-upsert-half-applied"
	| "created-answers-201"
	| "missing-app-as-text";

/** Faults in what the operations on apps do. */
export const APP_FAULTS: Readonly<Record<AppFault, Omit<Fault, "name">>> = {
	"upsert-merges": {
		summary: "A field that an upsert leaves out keeps its old value.",
		expects: { rule: "effect", operation: "upsertApp", documented: "upsert", observed: "merge" },
		witness: {
			requests: [upsert("shop", { rate_limit: 7 }), upsert("shop", {}), get("shop")],
			documented: { body: { rate_limit: 0 } },
			observed: { body: { rate_limit: 7 } },
		},
	},
	"upsert-clears-cids": {
		summary: "Overwriting an app empties its allow-list.",
		expects: { rule: "effect", operation: "upsertApp", documented: "upsert", observed: "clears what lives inside" },
		witness: {
			requests: [upsert("shop", {}), replaceCids("shop", [NUMBERS[2]]), upsert("shop", {}), listCids("shop")],
			documented: { body: [NUMBERS[2]] },
			observed: { body: [] },
		},
	},
	"events-dropped": {
		summary: "The events of an upsert are not stored.",
		expects: { rule: "effect", operation: "upsertApp", documented: "events as sent", observed: "not stored" },
		witness: {
			requests: [upsert("shop", { events: ["call.ended"] }), get("shop")],
			documented: { body: { events: ["call.ended"] } },
			observed: { body: { events: [] } },
		},
	},
	"events-truncated": {
		summary: "Of the events of an upsert only the first is stored.",
		expects: { rule: "effect", operation: "upsertApp", documented: "events as sent", observed: "shortened" },
		witness: {
			requests: [upsert("shop", { events: ["call.ended", "call.failed"] }), get("shop")],
			documented: { body: { events: ["call.ended", "call.failed"] } },
			observed: { body: { events: ["call.ended"] } },
		},
	},
	"api-key-masked": {
		summary: "Reading an app shows its key masked.",
		expects: { rule: "effect", operation: "getApp", documented: "api_key as sent", observed: "masked" },
		witness: {
			requests: [upsert("shop", { api_key: KEY }), get("shop")],
			documented: { body: { api_key: KEY } },
			observed: { body: { api_key: "****************" } },
		},
	},
	"shared-key-accepted": {
		summary: "An app may take the key of another app.",
		expects: {
			rule: "guard",
			operation: "upsertApp",
			documented: "409 when another item has the same api_key",
			observed: "not enforced",
		},
		witness: {
			requests: [upsert("shop", { api_key: KEY }), upsert("bank", { api_key: KEY })],
			documented: { status: 409 },
			observed: { status: 200 },
		},
	},
	"delete-app-does-nothing": {
		summary: "Deleting an app answers 200 and deletes nothing.",
		expects: { rule: "effect", operation: "deleteApp", documented: "remove", observed: "ignore" },
		witness: {
			requests: [upsert("shop", {}), remove("shop"), get("shop")],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"delete-app-keeps-cids": {
		summary: "Deleting an app leaves its allow-list for the next app of that name.",
		expects: { rule: "effect", operation: "deleteApp", documented: "remove", observed: "keeps what lives inside" },
		witness: {
			requests: [
				upsert("shop", {}),
				replaceCids("shop", [NUMBERS[2]]),
				remove("shop"),
				upsert("shop", {}),
				listCids("shop"),
			],
			documented: { body: [] },
			observed: { body: [NUMBERS[2]] },
		},
	},
	"delete-unknown-app-200": {
		summary: "Deleting an app that does not exist answers 200.",
		expects: {
			rule: "guard",
			operation: "deleteApp",
			documented: "404 unless the app exists",
			observed: "not enforced",
		},
		witness: { requests: [remove("shop")], documented: { status: 404 }, observed: { status: 200 } },
	},
	"app-ids-ignore-case": {
		summary: "App ids that differ in case only are one app.",
		expects: {
			rule: "guard",
			operation: "getApp",
			documented: "404 unless the app exists",
			observed: "case is ignored",
		},
		witness: {
			requests: [upsert("shop", {}), get("Shop")],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"refused-upsert-half-applied": {
		summary: "An upsert that is refused for its webhook URL still stores its other fields.",
		expects: {
			rule: "failed-write-changed-state",
			operation: "upsertApp",
			documented: "a refused request changes nothing",
			observed: "applied in part",
		},
		witness: {
			requests: [
				upsert("shop", { rate_limit: 7 }),
				upsert("shop", { rate_limit: 8, webhook_url: "https://10.0.0.1/hook" }),
				get("shop"),
			],
			documented: { body: { rate_limit: 7 } },
			observed: { body: { rate_limit: 8 } },
		},
	},
	"created-answers-201": {
		summary: "An upsert that creates the app answers 201.",
		expects: { rule: "status-code-conformance", operation: "upsertApp", documented: "200", observed: "201" },
		witness: { requests: [upsert("shop", {})], documented: { status: 200 }, observed: { status: 201 } },
	},
	"missing-app-as-text": {
		summary: "That an app is missing is told as plain text.",
		expects: {
			rule: "content-type-conformance",
			operation: "getApp",
			documented: "application/json",
			observed: "text/plain",
		},
		witness: {
			requests: [get("shop")],
			documented: { status: 404, mediaType: "application/json" },
			observed: { status: 404, mediaType: "text/plain" },
		},
	},
};
