import type { Fault } from "../../fault/fault.ts";
import { SEED_IDS } from "../seed/seed.ts";
import { accept, get, invite, makeOrganization, ORGANIZATIONS, patch, post, remove } from "./witness-requests.ts";

export type OrganizationFault =
	| "created-organization-answers-200"
	| "taken-slug-accepted"
	| "organization-limit-ignored"
	| "refused-organization-half-changed"
	| "delete-organization-does-nothing"
	| "member-role-not-stored"
	| "role-change-ignored"
	| "last-owner-removable"
	| "remove-member-does-nothing"
	| "member-pages-count-from-zero"
	| "invitation-token-listed"
	| "invitation-accepted-twice"
	| "revoked-invitation-accepted"
	| "revoke-invitation-does-nothing"
	| "invited-twice"
	| "last-page-of-invitations-dropped";

const ORGANIZATION = `${ORGANIZATIONS}/${SEED_IDS.organization}`;
const OTHER_ORGANIZATION = { name: "Other", slug: "other-witness" };
const OWNER = `${ORGANIZATION}/members/${SEED_IDS.owner}`;
const MEMBER = `${ORGANIZATION}/members/${SEED_IDS.member}`;
const INVITATIONS = `${ORGANIZATION}/invitations`;
const INVITE = invite(SEED_IDS.organization, "witness@acme.example");

/** Faults of organizations, their members and invitations. */
export const ORGANIZATION_FAULTS: Readonly<Record<OrganizationFault, Omit<Fault, "name">>> = {
	"created-organization-answers-200": {
		summary: "Creating an organization answers 200.",
		expects: {
			rule: "status-code-conformance",
			operation: "createOrganization",
			documented: "201",
			observed: "200",
		},
		witness: { requests: [makeOrganization("witness")], documented: { status: 201 }, observed: { status: 200 } },
	},
	"taken-slug-accepted": {
		summary: "Two organizations may have the same slug.",
		expects: {
			rule: "guard",
			operation: "createOrganization",
			documented: "409 when another item has the same slug",
			observed: "not enforced",
		},
		witness: {
			requests: [makeOrganization("witness"), makeOrganization("witness")],
			documented: { status: 409 },
			observed: { status: 201 },
		},
	},
	"organization-limit-ignored": {
		summary: "A page of organizations has all of them, whatever its limit.",
		expects: {
			rule: "paging",
			operation: "listOrganizations",
			documented: "pages by page and limit",
			observed: "ignores the limit",
		},
		witness: {
			requests: [makeOrganization("witness"), get(`${ORGANIZATIONS}?limit=1`)],
			documented: { body: { organizations: [{ id: "{1/id}" }] } },
			observed: { body: { organizations: [{ id: "{1/id}" }, { id: SEED_IDS.organization }] } },
		},
	},
	"refused-organization-half-changed": {
		summary: "A change that is refused for its slug still changes the name.",
		expects: {
			rule: "failed-write-changed-state",
			operation: "updateOrganization",
			documented: "a refused request changes nothing",
			observed: "applied in part",
		},
		witness: {
			requests: [
				makeOrganization("witness"),
				post(ORGANIZATIONS, OTHER_ORGANIZATION),
				patch(`${ORGANIZATIONS}/{1/id}`, { name: "Renamed", slug: OTHER_ORGANIZATION.slug }),
				get(`${ORGANIZATIONS}/{1/id}`),
			],
			documented: { body: { name: "Witness" } },
			observed: { body: { name: "Renamed" } },
		},
	},
	"delete-organization-does-nothing": {
		summary: "Deleting an organization answers as if it had, and deletes nothing.",
		expects: { rule: "effect", operation: "deleteOrganization", documented: "remove", observed: "ignore" },
		witness: {
			requests: [remove(ORGANIZATION), get(ORGANIZATION)],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"member-role-not-stored": {
		summary: "Whoever is added becomes a plain member.",
		expects: { rule: "effect", operation: "addMember", documented: "role as sent", observed: "changed" },
		witness: {
			requests: [
				makeOrganization("witness"),
				post(`${ORGANIZATIONS}/{1/id}/members`, { user_id: SEED_IDS.member, role: "admin" }),
				get(`${ORGANIZATIONS}/{1/id}/members`),
			],
			documented: { body: { members: [{ role: "admin" }] } },
			observed: { body: { members: [{ role: "member" }] } },
		},
	},
	"role-change-ignored": {
		summary: "Changing a role answers as if it had, and changes nothing.",
		expects: { rule: "effect", operation: "updateMember", documented: "merge", observed: "ignore" },
		witness: {
			requests: [patch(MEMBER, { role: "admin" }), get(`${ORGANIZATION}/members`)],
			documented: { body: { members: [{ role: "admin" }, { role: "owner" }] } },
			observed: { body: { members: [{ role: "member" }, { role: "owner" }] } },
		},
	},
	"last-owner-removable": {
		summary: "The last owner can be removed from an organization.",
		expects: {
			rule: "guard",
			operation: "removeMember",
			documented: '409 when fewer than one with role "owner" would be left',
			observed: "not enforced",
		},
		witness: { requests: [remove(OWNER)], documented: { status: 409 }, observed: { status: 204 } },
	},
	"remove-member-does-nothing": {
		summary: "Removing a member answers as if it had, and removes nobody.",
		expects: { rule: "effect", operation: "removeMember", documented: "remove", observed: "ignore" },
		witness: {
			requests: [remove(MEMBER), get(`${ORGANIZATION}/members`)],
			documented: { body: { members: [{ user_id: SEED_IDS.owner }] } },
			observed: { body: { members: [{ user_id: SEED_IDS.member }, { user_id: SEED_IDS.owner }] } },
		},
	},
	"member-pages-count-from-zero": {
		summary: "Pages of members are counted from 0, so page 1 is the second.",
		expects: {
			rule: "paging",
			operation: "listMembers",
			documented: "pages by page and limit",
			observed: "one page off",
		},
		witness: {
			requests: [get(`${ORGANIZATION}/members?page=1&limit=1`)],
			documented: { body: { members: [{ user_id: SEED_IDS.member }] } },
			observed: { body: { members: [{ user_id: SEED_IDS.owner }] } },
		},
	},
	"invitation-token-listed": {
		summary: "The list shows the tokens of invitations again.",
		expects: {
			rule: "response-schema-conformance",
			operation: "listInvitations",
			documented: 'must not have the property "token"',
			observed: "invalid",
		},
		witness: {
			requests: [INVITE, get(INVITATIONS)],
			documented: { body: { invitations: [{ id: "{1/id}" }] }, absent: ["/invitations/0/token"] },
			observed: { body: { invitations: [{ token: "{1/token}" }] } },
		},
	},
	"invitation-accepted-twice": {
		summary: "An invitation can be accepted again.",
		expects: {
			rule: "guard",
			operation: "acceptInvitation",
			documented: '409 when the invitation has status "accepted"',
			observed: "not enforced",
		},
		witness: {
			requests: [INVITE, accept("{1/token}"), accept("{1/token}")],
			documented: { status: 409 },
			observed: { status: 201 },
		},
	},
	"revoked-invitation-accepted": {
		summary: "A revoked invitation can be accepted.",
		expects: {
			rule: "guard",
			operation: "acceptInvitation",
			documented: '410 when the invitation has status "revoked" or "expired"',
			observed: "not enforced",
		},
		witness: {
			requests: [INVITE, remove(`${INVITATIONS}/{1/id}`), accept("{1/token}")],
			documented: { status: 410 },
			observed: { status: 201 },
		},
	},
	"revoke-invitation-does-nothing": {
		summary: "Revoking an invitation answers as if it had, and changes nothing.",
		expects: { rule: "effect", operation: "revokeInvitation", documented: "remove", observed: "ignore" },
		witness: {
			requests: [INVITE, remove(`${INVITATIONS}/{1/id}`), get(INVITATIONS)],
			documented: { body: { invitations: [{ status: "revoked" }] } },
			observed: { body: { invitations: [{ status: "pending" }] } },
		},
	},
	"invited-twice": {
		summary: "A second invitation for an email is made while the first is pending.",
		expects: {
			rule: "guard",
			operation: "createInvitation",
			documented: '409 when another item with status "pending" has the same email',
			observed: "not enforced",
		},
		witness: { requests: [INVITE, INVITE], documented: { status: 409 }, observed: { status: 201 } },
	},
	"last-page-of-invitations-dropped": {
		summary: "A page of invitations that is not full is shown empty, unless it is the first.",
		expects: {
			rule: "paging",
			operation: "listInvitations",
			documented: "pages by page and limit",
			observed: "drops the last page",
		},
		witness: {
			requests: [
				INVITE,
				invite(SEED_IDS.organization, "second@acme.example"),
				invite(SEED_IDS.organization, "third@acme.example"),
				get(`${INVITATIONS}?page=2&limit=2`),
			],
			documented: { body: { invitations: [{ id: "{1/id}" }] } },
			observed: { body: { invitations: [] } },
		},
	},
};
