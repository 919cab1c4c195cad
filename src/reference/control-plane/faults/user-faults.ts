import type { Fault } from "../../fault/fault.ts";
import { SEED_IDS, SPARE_USERS } from "../seed/seed.ts";
import { get, ORGANIZATIONS, patch, remove, USERS } from "./witness-requests.ts";

export type UserFault =
	| "search-heeds-case"
	| "search-finds-prefixes-only"
	| "user-total-counts-the-page"
	| "metadata-replaced"
	| "metadata-null-ignored"
	| "status-not-stored"
	| "delete-user-does-nothing"
	| "delete-user-keeps-memberships"
	| "sole-owner-deletable"
	| "missing-user-as-text";

const OWNER = `${USERS}/${SEED_IDS.owner}`;
const MEMBER = `${USERS}/${SEED_IDS.member}`;
const MEMBERS = `${ORGANIZATIONS}/${SEED_IDS.organization}/members`;
const SEARCH = { rule: "filter", operation: "listUsers", documented: "items that hold search" };

/** Faults of users. */
export const USER_FAULTS: Readonly<Record<UserFault, Omit<Fault, "name">>> = {
	"search-heeds-case": {
		summary: "The search finds a text only in the case in which it is written.",
		expects: { ...SEARCH, observed: "heeds case" },
		witness: {
			requests: [get(`${USERS}?search=kELP`)],
			documented: { body: { users: [{ id: SEED_IDS.owner }] } },
			observed: { body: { users: [] } },
		},
	},
	"search-finds-prefixes-only": {
		summary: "The search finds only what begins with the text.",
		expects: { ...SEARCH, observed: "finds prefixes only" },
		witness: {
			requests: [get(`${USERS}?search=kelp`)],
			documented: { body: { users: [{ id: SEED_IDS.owner }] } },
			observed: { body: { users: [] } },
		},
	},
	"user-total-counts-the-page": {
		summary: "The total is how many users the page has.",
		expects: {
			rule: "paging",
			operation: "listUsers",
			documented: "pages by page and limit",
			observed: "total counts the page",
		},
		witness: {
			requests: [get(`${USERS}?limit=2`)],
			documented: { body: { pagination: { page: 1, limit: 2, total: SPARE_USERS + 3 } } },
			observed: { body: { pagination: { page: 1, limit: 2, total: 2 } } },
		},
	},
	"metadata-replaced": {
		summary: "Metadata that is sent takes the place of all that was there.",
		expects: { rule: "effect", operation: "updateUser", documented: "deep merge", observed: "merge" },
		witness: {
			requests: [patch(MEMBER, { metadata: { plan: "pro" } }), patch(MEMBER, { metadata: { seats: 3 } }), get(MEMBER)],
			documented: { body: { metadata: { plan: "pro", seats: 3 } } },
			observed: { body: { metadata: { seats: 3 } }, absent: ["/metadata/plan"] },
		},
	},
	"metadata-null-ignored": {
		summary: "A key that is sent as null stays.",
		expects: {
			rule: "effect",
			operation: "updateUser",
			documented: "deep merge",
			observed: "null takes nothing away",
		},
		witness: {
			requests: [
				patch(MEMBER, { metadata: { plan: "pro" } }),
				patch(MEMBER, { metadata: { plan: null } }),
				get(MEMBER),
			],
			documented: { body: { metadata: {} }, absent: ["/metadata/plan"] },
			observed: { body: { metadata: { plan: "pro" } } },
		},
	},
	"status-not-stored": {
		summary: "A new status is answered and not stored.",
		expects: {
			rule: "effect",
			operation: "updateUser",
			documented: "status as sent",
			observed: "unchanged from before",
		},
		witness: {
			requests: [patch(MEMBER, { status: "suspended" }), get(MEMBER)],
			documented: { body: { status: "suspended" } },
			observed: { body: { status: "active" } },
		},
	},
	"delete-user-does-nothing": {
		summary: "Deleting a user answers as if it had, and deletes nothing.",
		expects: { rule: "effect", operation: "deleteUser", documented: "remove", observed: "ignore" },
		witness: {
			requests: [remove(MEMBER), get(MEMBER)],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"delete-user-keeps-memberships": {
		summary: "A deleted user is listed as a member still.",
		expects: {
			rule: "effect",
			operation: "deleteUser",
			documented: "remove",
			observed: "leaves what refers to it",
		},
		witness: {
			requests: [remove(MEMBER), get(MEMBERS)],
			documented: { body: { members: [{ user_id: SEED_IDS.owner }] } },
			observed: { body: { members: [{ user_id: SEED_IDS.member }, { user_id: SEED_IDS.owner }] } },
		},
	},
	"sole-owner-deletable": {
		summary: "The last owner of an organization can be deleted.",
		expects: {
			rule: "guard",
			operation: "deleteUser",
			documented: '409 when fewer than one of members with role "owner" would be left',
			observed: "not enforced",
		},
		witness: { requests: [remove(OWNER)], documented: { status: 409 }, observed: { status: 204 } },
	},
	"missing-user-as-text": {
		summary: "That a user is missing is told as plain text.",
		expects: {
			rule: "content-type-conformance",
			operation: "getUser",
			documented: "application/json",
			observed: "text/plain",
		},
		witness: {
			requests: [get(`${USERS}/${SEED_IDS.project}`)],
			documented: { status: 404, mediaType: "application/json" },
			observed: { status: 404, mediaType: "text/plain" },
		},
	},
};
