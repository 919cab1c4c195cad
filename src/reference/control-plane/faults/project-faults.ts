import type { Fault } from "../../fault/fault.ts";
import { SEED_IDS } from "../seed/seed.ts";
import { get, makeProject, PROJECTS, patch, post } from "./witness-requests.ts";

export type ProjectFault =
	| "projects-of-all-tenants-listed"
	| "project-of-other-tenant-shown"
	| "page-two-repeats-an-item"
	| "redirects-not-stored"
	| "origins-appended"
	| "project-patch-replaces"
	| "settings-replaced"
	| "long-sessions-refused"
	| "long-names-accepted"
	| "malformed-id-fails";

const OWN = "only what belongs to the tenant of the caller";

/** Faults of projects. */
export const PROJECT_FAULTS: Readonly<Record<ProjectFault, Omit<Fault, "name">>> = {
	"projects-of-all-tenants-listed": {
		summary: "The list of projects does not look at whose they are.",
		expects: {
			rule: "tenant-leak",
			operation: "listProjects",
			documented: OWN,
			observed: "shows what belongs to others",
		},
		witness: {
			requests: [get(PROJECTS, "stranger")],
			documented: { body: { projects: [], pagination: { total: 0 } } },
			observed: { body: { projects: [{ id: SEED_IDS.project }], pagination: { total: 1 } } },
		},
	},
	"project-of-other-tenant-shown": {
		summary: "Whoever knows the id of a project may read it.",
		expects: {
			rule: "tenant-leak",
			operation: "getProject",
			documented: OWN,
			observed: "shows what belongs to others",
		},
		witness: {
			requests: [get(`${PROJECTS}/${SEED_IDS.project}`, "stranger")],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"page-two-repeats-an-item": {
		summary: "The second page begins with the last item of the first.",
		expects: {
			rule: "paging",
			operation: "listProjects",
			documented: "pages by page and limit",
			observed: "repeats an item",
		},
		witness: {
			requests: [makeProject(), makeProject(), get(`${PROJECTS}?page=2&limit=1`)],
			documented: { body: { projects: [{ id: "{1/id}" }] } },
			observed: { body: { projects: [{ id: "{2/id}" }] } },
		},
	},
	"redirects-not-stored": {
		summary: "The redirects of a new project are dropped.",
		expects: {
			rule: "effect",
			operation: "createProject",
			documented: "redirects as sent",
			observed: "not stored",
		},
		witness: {
			requests: [makeProject({ redirects: ["https://shop.example.com/in"] }), get(`${PROJECTS}/{1/id}`)],
			documented: { body: { redirects: ["https://shop.example.com/in"] } },
			observed: { body: { redirects: [] } },
		},
	},
	"origins-appended": {
		summary: "Origins that a patch sends are added to those that are there.",
		expects: {
			rule: "effect",
			operation: "updateProject",
			documented: "origins as sent",
			observed: "unchanged from before",
		},
		witness: {
			requests: [
				makeProject({ origins: ["https://a.example.com"] }),
				patch(`${PROJECTS}/{1/id}`, { origins: ["https://b.example.com"] }),
				get(`${PROJECTS}/{1/id}`),
			],
			documented: { body: { origins: ["https://b.example.com"] } },
			observed: { body: { origins: ["https://a.example.com", "https://b.example.com"] } },
		},
	},
	"project-patch-replaces": {
		summary: "What a patch leaves out returns to its default.",
		expects: { rule: "effect", operation: "updateProject", documented: "deep merge", observed: "reset" },
		witness: {
			requests: [
				makeProject({ origins: ["https://a.example.com"] }),
				patch(`${PROJECTS}/{1/id}`, { name: "Renamed" }),
				get(`${PROJECTS}/{1/id}`),
			],
			documented: { body: { name: "Renamed", origins: ["https://a.example.com"] } },
			observed: { body: { name: "Renamed", origins: [] } },
		},
	},
	"settings-replaced": {
		summary: "Settings that a patch leaves out return to their defaults.",
		expects: { rule: "effect", operation: "updateProject", documented: "deep merge", observed: "merge" },
		witness: {
			requests: [
				makeProject({ settings: { session_minutes: 30 } }),
				patch(`${PROJECTS}/{1/id}`, { settings: { mfa: "required" } }),
				get(`${PROJECTS}/{1/id}`),
			],
			documented: { body: { settings: { session_minutes: 30, mfa: "required" } } },
			observed: { body: { settings: { session_minutes: 60, mfa: "required" } } },
		},
	},
	"long-sessions-refused": {
		summary: "Sessions as long as documented are refused.",
		expects: {
			rule: "positive-data-acceptance",
			operation: "createProject",
			documented: "settings.session_minutes may be the greatest number",
			observed: "refused with 400",
		},
		witness: {
			requests: [makeProject({ settings: { session_minutes: 43_200 } })],
			documented: { status: 201 },
			observed: { status: 400 },
		},
	},
	"long-names-accepted": {
		summary: "The name of a project may be longer than documented.",
		expects: {
			rule: "negative-data-rejection",
			operation: "createProject",
			documented: "name must be at most 100 characters long",
			observed: "accepted",
		},
		witness: {
			requests: [post(PROJECTS, { name: "n".repeat(101) })],
			documented: { status: 400 },
			observed: { status: 201 },
		},
	},
	"malformed-id-fails": {
		summary: "An id that is no UUID fails in the database.",
		expects: {
			rule: "not-a-server-error",
			operation: "getProject",
			documented: "no server error",
			observed: "status 500",
		},
		witness: {
			requests: [get(`${PROJECTS}/not-a-uuid`)],
			documented: { status: 404 },
			observed: { status: 500 },
		},
	},
};
