import { isTaken } from "../database/database.ts";
import { write } from "../http/work.ts";
import { newId } from "../store/scope.ts";
import { EVERYTHING, sliceOf } from "./list-ways.ts";
import { alterBody, answerFirst, isOperation, type PlantedFault } from "./planted-fault.ts";
import {
	get,
	join,
	MEMBERS,
	makeOrganization,
	makeUser,
	ORGANIZATIONS,
	patch,
	remove,
	SEEDED,
	USERS,
} from "./witness-requests.ts";

export type PeopleFault =
	| "taken-email-accepted"
	| "missing-user-deleted"
	| "user-leaves-memberships"
	| "user-patch-replaces"
	| "email-filter-ignored"
	| "users-list-drops-one"
	| "plan-not-stored"
	| "plan-filter-ignored"
	| "created-organization-answers-200"
	| "delete-organization-does-nothing"
	| "member-added-twice"
	| "member-role-not-stored"
	| "role-change-ignored"
	| "remove-member-does-nothing"
	| "members-of-all-organizations-listed"
	| "member-pages-count-from-zero"
	| "members-total-counts-the-page"
	| "members-page-size-ignored"
	| "role-filter-ignored";

const user = `${USERS}/{1/id}`;
const member = `${MEMBERS}/{1/id}`;
const LIST_MEMBERS = { operation: "listMembers", documented: "pages by page and per_page" };

/** Faults of users, organizations and memberships. */
export const PEOPLE_FAULTS: Readonly<Record<PeopleFault, PlantedFault>> = {
	"taken-email-accepted": {
		summary: "Two users may have one email.",
		expects: {
			rule: "guard",
			operation: "createUser",
			documented: "409 when another item has the same email",
			observed: "not enforced",
		},
		witness: { requests: [makeUser("a"), makeUser("a")], documented: { status: 409 }, observed: { status: 201 } },
		stores: ({ users }) => ({
			users: {
				...users,
				create: (scope, wanted) => {
					try {
						return users.create(scope, wanted);
					} catch (error) {
						if (!isTaken(error)) throw error;
						// Kept under a key that nobody looks for.
						const made = users.create(scope, { ...wanted, email: newId("taken") });
						scope.sql.run("update users set email = ? where id = ?", wanted.email, made.id);
						return { ...made, email: wanted.email };
					}
				},
			},
		}),
	},
	"missing-user-deleted": {
		summary: "Deleting a user who does not exist answers as if there had been one.",
		expects: {
			rule: "guard",
			operation: "deleteUser",
			documented: "404 unless the user exists",
			observed: "not enforced",
		},
		witness: {
			requests: [remove(`${USERS}/user_nobody`)],
			documented: { status: 404 },
			observed: { status: 204 },
		},
		hooks: answerFirst("deleteUser", (request, reply, integra) =>
			write(integra, { request, reply, status: 204 }, (scope) => {
				const { user_id } = request.params as { readonly user_id: string };
				integra.stores.members.removeUser(scope, user_id);
				integra.stores.users.remove(scope, user_id);
				return {};
			}),
		),
	},
	"user-leaves-memberships": {
		summary: "A user who is gone stays a member.",
		expects: {
			rule: "effect",
			operation: "deleteUser",
			documented: "remove",
			observed: "leaves what refers to it",
		},
		witness: {
			requests: [makeUser("a"), join("{1/id}"), remove(user), get(MEMBERS)],
			documented: { body: { data: [] } },
			observed: { body: { data: [{ user_id: "{1/id}" }] } },
		},
		stores: ({ members }) => ({ members: { ...members, removeUser: () => {} } }),
	},
	"user-patch-replaces": {
		summary: "A user who is renamed is active again.",
		expects: { rule: "effect", operation: "updateUser", documented: "merge", observed: "reset" },
		witness: {
			requests: [makeUser("a"), patch(user, { status: "suspended" }), patch(user, { name: "Renamed" })],
			documented: { body: { status: "suspended", name: "Renamed" } },
			observed: { body: { status: "active", name: "Renamed" } },
		},
		hooks: alterBody<object>("updateUser", (body) => ({ status: "active", ...body })),
	},
	"email-filter-ignored": {
		summary: "All users are shown, whatever email is asked for.",
		expects: {
			rule: "filter",
			operation: "listUsers",
			documented: "email equal to email",
			observed: "ignores the filter",
		},
		witness: {
			requests: [makeUser("a"), makeUser("b"), get(`${USERS}?email=a@example.com`)],
			documented: { body: { data: [{ id: "{1/id}" }], total: 1 } },
			observed: { body: { data: [{ id: "{2/id}" }, { id: "{1/id}" }], total: 2 } },
		},
		stores: ({ users }) => ({
			users: { ...users, list: (scope, { status }, paging) => users.list(scope, { status }, paging) },
		}),
	},
	"users-list-drops-one": {
		summary: "The list leaves out one user.",
		expects: { rule: "effect", operation: "listUsers", documented: "list", observed: "drops one" },
		witness: {
			requests: [makeUser("a"), makeUser("b"), get(USERS)],
			documented: { body: { data: [{ id: "{2/id}" }, { id: "{1/id}" }] } },
			observed: { body: { data: [{ id: "{2/id}" }] } },
		},
		stores: ({ users }) => ({
			users: {
				...users,
				list: (scope, filter, paging) => {
					const { items, total } = users.list(scope, filter, paging);
					return { items: items.slice(0, -1), total };
				},
			},
		}),
	},
	"plan-not-stored": {
		summary: "Whatever plan is asked for, an organization has the free one.",
		expects: {
			rule: "effect",
			operation: "createOrganization",
			documented: "plan as sent",
			observed: "not stored",
		},
		witness: {
			requests: [makeOrganization({ plan: "pro" }), get(`${ORGANIZATIONS}/{1/id}`)],
			documented: { body: { plan: "pro" } },
			observed: { body: { plan: "free" } },
		},
		hooks: alterBody<object>("createOrganization", (body) => ({ ...body, plan: "free" })),
	},
	"plan-filter-ignored": {
		summary: "All organizations are shown, whatever plan is asked for.",
		expects: {
			rule: "filter",
			operation: "listOrganizations",
			documented: "plan equal to plan",
			observed: "ignores the filter",
		},
		witness: {
			requests: [makeOrganization({ plan: "free" }), get(`${ORGANIZATIONS}?plan=pro`)],
			documented: { body: { data: [{ id: "org_123" }] } },
			observed: { body: { data: [{ id: "{1/id}" }, { id: "org_123" }] } },
		},
		stores: ({ organizations }) => ({
			organizations: {
				...organizations,
				list: (scope, _plan, paging) => organizations.list(scope, undefined, paging),
			},
		}),
	},
	"created-organization-answers-200": {
		summary: "Creating an organization answers 200.",
		expects: {
			rule: "status-code-conformance",
			operation: "createOrganization",
			documented: "201",
			observed: "200",
		},
		witness: { requests: [makeOrganization()], documented: { status: 201 }, observed: { status: 200 } },
		hooks: (app) => {
			app.addHook("onSend", async (request, reply) => {
				if (isOperation(request, "createOrganization") && reply.statusCode === 201) reply.code(200);
			});
		},
	},
	"delete-organization-does-nothing": {
		summary: "Deleting an organization answers as if it had, and deletes nothing.",
		expects: { rule: "effect", operation: "deleteOrganization", documented: "remove", observed: "ignore" },
		witness: {
			requests: [remove(SEEDED), get(SEEDED)],
			documented: { status: 404 },
			observed: { status: 200 },
		},
		stores: ({ organizations, members, apiKeys }) => ({
			organizations: { ...organizations, remove: () => true },
			members: { ...members, removeOrganization: () => {} },
			apiKeys: { ...apiKeys, removeOrganization: () => {} },
		}),
	},
	"member-added-twice": {
		summary: "Who is a member already is added once more, in the role that is sent.",
		expects: {
			rule: "guard",
			operation: "addMember",
			documented: "409 when another item has the same user_id",
			observed: "not enforced",
		},
		witness: {
			requests: [makeUser("a"), join("{1/id}"), join("{1/id}", { role: "owner" })],
			documented: { status: 409 },
			observed: { status: 201, body: { role: "owner" } },
		},
		stores: ({ members }) => ({
			members: {
				...members,
				add: (scope, place, role) => {
					members.remove(scope, place);
					return members.add(scope, place, role);
				},
			},
		}),
	},
	"member-role-not-stored": {
		summary: "Whoever is added becomes a plain member.",
		expects: { rule: "effect", operation: "addMember", documented: "role as sent", observed: "not stored" },
		witness: {
			requests: [makeUser("a"), join("{1/id}", { role: "owner" })],
			documented: { body: { role: "owner" } },
			observed: { body: { role: "member" } },
		},
		hooks: alterBody<object>("addMember", (body) => ({ ...body, role: "member" })),
	},
	"role-change-ignored": {
		summary: "Changing a role answers as if it had, and changes nothing.",
		expects: { rule: "effect", operation: "updateMember", documented: "merge", observed: "ignore" },
		witness: {
			requests: [makeUser("a"), join("{1/id}"), patch(member, { role: "owner" }), get(MEMBERS)],
			documented: { body: { data: [{ role: "owner" }] } },
			observed: { body: { data: [{ role: "member" }] } },
		},
		stores: ({ members }) => ({ members: { ...members, changeRole: () => {} } }),
	},
	"remove-member-does-nothing": {
		summary: "Removing a member answers as if it had, and removes nobody.",
		expects: { rule: "effect", operation: "removeMember", documented: "remove", observed: "ignore" },
		witness: {
			requests: [makeUser("a"), join("{1/id}"), remove(member), get(MEMBERS)],
			documented: { body: { data: [] } },
			observed: { body: { data: [{ user_id: "{1/id}" }] } },
		},
		stores: ({ members }) => ({ members: { ...members, remove: () => {} } }),
	},
	"members-of-all-organizations-listed": {
		summary: "The members of an organization are those of all organizations.",
		expects: {
			rule: "effect",
			operation: "listMembers",
			documented: "list",
			observed: "shows what other parents hold",
		},
		witness: {
			requests: [makeUser("a"), join("{1/id}"), makeOrganization(), get(`${ORGANIZATIONS}/{3/id}/members`)],
			documented: { body: { data: [] } },
			observed: { body: { data: [{ user_id: "{1/id}" }] } },
		},
		stores: ({ members }) => ({
			members: {
				...members,
				list: (scope, wanted, paging) => {
					const all = scope.sql.all<{ id: string }>("select distinct organization_id as id from members");
					const of = (id: string) => members.list(scope, { ...wanted, organization: id }, EVERYTHING).items;
					return sliceOf(
						all.flatMap(({ id }) => of(id)),
						paging,
					);
				},
			},
		}),
	},
	"member-pages-count-from-zero": {
		summary: "The first page of members is page 0, so page 1 is the second.",
		expects: { rule: "paging", ...LIST_MEMBERS, observed: "one page off" },
		witness: {
			requests: [makeUser("a"), join("{1/id}"), get(MEMBERS)],
			documented: { body: { data: [{ user_id: "{1/id}" }] } },
			observed: { body: { data: [], total: 1 } },
		},
		stores: ({ members }) => ({
			members: {
				...members,
				list: (scope, wanted, { page, perPage }) => members.list(scope, wanted, { page: page + 1, perPage }),
			},
		}),
	},
	"members-total-counts-the-page": {
		summary: "The total of a page of members is how many are on it.",
		expects: { rule: "paging", ...LIST_MEMBERS, observed: "total counts the page" },
		witness: {
			requests: [makeUser("a"), makeUser("b"), join("{1/id}"), join("{2/id}"), get(`${MEMBERS}?per_page=1`)],
			documented: { body: { data: [{ user_id: "{2/id}" }], total: 2 } },
			observed: { body: { data: [{ user_id: "{2/id}" }], total: 1 } },
		},
		stores: ({ members }) => ({
			members: {
				...members,
				list: (scope, wanted, paging) => {
					const { items } = members.list(scope, wanted, paging);
					return { items, total: items.length };
				},
			},
		}),
	},
	"members-page-size-ignored": {
		summary: "A page of members has all of them, whatever its size.",
		expects: { rule: "paging", ...LIST_MEMBERS, observed: "ignores the limit" },
		witness: {
			requests: [makeUser("a"), makeUser("b"), join("{1/id}"), join("{2/id}"), get(`${MEMBERS}?per_page=1`)],
			documented: { body: { data: [{ user_id: "{2/id}" }] } },
			observed: { body: { data: [{ user_id: "{2/id}" }, { user_id: "{1/id}" }] } },
		},
		stores: ({ members }) => ({
			members: {
				...members,
				list: (scope, wanted, { page }) => members.list(scope, wanted, { ...EVERYTHING, page }),
			},
		}),
	},
	"role-filter-ignored": {
		summary: "All members are shown, whatever role is asked for.",
		expects: {
			rule: "filter",
			operation: "listMembers",
			documented: "role equal to role",
			observed: "ignores the filter",
		},
		witness: {
			requests: [makeUser("a"), join("{1/id}"), get(`${MEMBERS}?role=owner`)],
			documented: { body: { data: [] } },
			observed: { body: { data: [{ user_id: "{1/id}" }] } },
		},
		stores: ({ members }) => ({
			members: {
				...members,
				list: (scope, { organization }, paging) => members.list(scope, { organization }, paging),
			},
		}),
	},
};
