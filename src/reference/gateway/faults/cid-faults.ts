import type { Fault } from "../../fault/fault.ts";
import { listCids, NUMBERS, removeCid, replaceCids, upsert } from "./witness-requests.ts";

export type CidFault =
	| "list-drops-last"
	| "replace-ignores-body"
	| "empty-replace-ignored"
	| "empty-replace-fails"
	| "replace-creates-app"
	| "cids-of-unknown-app-empty"
	| "remove-by-prefix"
	| "remove-does-nothing"
	| "remove-unknown-number-200"
	| "refused-replace-half-applied";

const [SHORT, LONG, OTHER] = NUMBERS;

/** Faults of the allow-list. */
export const CID_FAULTS: Readonly<Record<CidFault, Omit<Fault, "name">>> = {
	"list-drops-last": {
		summary: "Listing leaves out the last number.",
		expects: { rule: "effect", operation: "listCids", documented: "list", observed: "drops one" },
		witness: {
			requests: [upsert("shop", {}), replaceCids("shop", [LONG, OTHER]), listCids("shop")],
			documented: { body: [LONG, OTHER] },
			observed: { body: [LONG] },
		},
	},
	"replace-ignores-body": {
		summary: "Replacing answers as if it had, and changes nothing.",
		expects: { rule: "effect", operation: "replaceCids", documented: "replace", observed: "ignore" },
		witness: {
			requests: [upsert("shop", {}), replaceCids("shop", [OTHER]), listCids("shop")],
			documented: { body: [OTHER] },
			observed: { body: [] },
		},
	},
	"empty-replace-ignored": {
		summary: "Replacing by an empty list changes nothing.",
		expects: { rule: "effect", operation: "replaceCids", documented: "replace", observed: "ignores an empty body" },
		witness: {
			requests: [upsert("shop", {}), replaceCids("shop", [OTHER]), replaceCids("shop", []), listCids("shop")],
			documented: { body: [] },
			observed: { body: [OTHER] },
		},
	},
	"empty-replace-fails": {
		summary: "Replacing by an empty list fails in the storage, which wants at least one number.",
		expects: {
			rule: "not-a-server-error",
			operation: "replaceCids",
			documented: "no server error",
			observed: "status 500",
		},
		witness: {
			requests: [upsert("shop", {}), replaceCids("shop", [])],
			documented: { status: 200 },
			observed: { status: 500 },
		},
	},
	"replace-creates-app": {
		summary: "Replacing the list of an unknown app creates the app.",
		expects: {
			rule: "guard",
			operation: "replaceCids",
			documented: "404 unless the app exists",
			observed: "creates it",
		},
		witness: {
			requests: [replaceCids("shop", [OTHER])],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"cids-of-unknown-app-empty": {
		summary: "The list of an unknown app is empty.",
		expects: {
			rule: "guard",
			operation: "listCids",
			documented: "404 unless the app exists",
			observed: "not enforced",
		},
		witness: { requests: [listCids("shop")], documented: { status: 404 }, observed: { status: 200, body: [] } },
	},
	"remove-by-prefix": {
		summary: "Removing a number removes all that begin with it.",
		expects: { rule: "effect", operation: "removeCid", documented: "remove", observed: "removes by prefix" },
		witness: {
			requests: [
				upsert("shop", {}),
				replaceCids("shop", [SHORT, LONG, OTHER]),
				removeCid("shop", SHORT),
				listCids("shop"),
			],
			documented: { body: [LONG, OTHER] },
			observed: { body: [OTHER] },
		},
	},
	"remove-does-nothing": {
		summary: "Removing a number answers 200 and removes nothing.",
		expects: { rule: "effect", operation: "removeCid", documented: "remove", observed: "ignore" },
		witness: {
			requests: [upsert("shop", {}), replaceCids("shop", [OTHER]), removeCid("shop", OTHER), listCids("shop")],
			documented: { body: [] },
			observed: { body: [OTHER] },
		},
	},
	"remove-unknown-number-200": {
		summary: "Removing a number that is not on the list answers 200.",
		expects: {
			rule: "guard",
			operation: "removeCid",
			documented: "404 unless the cid exists",
			observed: "not enforced",
		},
		witness: {
			requests: [upsert("shop", {}), removeCid("shop", OTHER)],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"refused-replace-half-applied": {
		summary: "A replacement that is refused for one number still stores those before it.",
		expects: {
			rule: "failed-write-changed-state",
			operation: "replaceCids",
			documented: "a refused request changes nothing",
			observed: "applied in part",
		},
		witness: {
			requests: [upsert("shop", {}), replaceCids("shop", [OTHER, "not-a-number"]), listCids("shop")],
			documented: { body: [] },
			observed: { body: [OTHER] },
		},
	},
};
