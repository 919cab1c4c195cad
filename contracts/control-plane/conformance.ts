import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { loadJudge } from "../documented-answer.ts";
import { testAccess, testTenants } from "./conformance/access.ts";
import { testAudit } from "./conformance/audit.ts";
import { testInvitations, testInvitationsEnd } from "./conformance/invitations.ts";
import { testApiKeys, testSigningKeys } from "./conformance/keys.ts";
import { testMembers, testMembersEnd } from "./conformance/members.ts";
import { testHealth, testWebhooks } from "./conformance/operations.ts";
import { testOrganizations } from "./conformance/organizations.ts";
import { testPaging } from "./conformance/paging.ts";
import { testProjects, testProjectValues } from "./conformance/projects.ts";
import { testUsers, testUsersEnd } from "./conformance/users.ts";
import { type ControlPlaneClient, createClient, type RunningControlPlane } from "./control-plane-client.ts";

/** A control plane that is to be held against its document. */
export interface ControlPlaneSubject {
	readonly name: string;
	/** Starts one with a fresh storage. */
	start(): Promise<RunningControlPlane>;
	/** What cannot be asked of it, by the title of the test, with the reason. */
	readonly skips?: Readonly<Record<string, string>>;
}

const DOCUMENT = "spec/control-plane/openapi.yaml";
/** PostgreSQL may have to be made first. */
const START_MS_MAX = 120_000;

/**
 * What spec/control-plane/openapi.yaml promises, resource by resource, as tests over HTTP. It is written by hand and
 * knows nothing of how a subject works, so the reference and the mock can both be held against it.
 *
 * @example describeControlPlane({ name: "reference", start: async () => ({ ...(await startControlPlane(TOKENS)), ...TOKENS }) })
 */
export function describeControlPlane({ name, start, skips = {} }: ControlPlaneSubject): void {
	describe(name, () => {
		beforeEach(({ skip, task }) => {
			const reason = skips[task.name];
			if (reason !== undefined) skip(reason);
		});
		let running: RunningControlPlane;
		let client: ControlPlaneClient;
		beforeAll(async () => {
			running = await start();
			client = createClient(running, await loadJudge(DOCUMENT));
		}, START_MS_MAX);
		afterAll(() => running?.close());

		const api = (): ControlPlaneClient => client;
		describe("tokens", () => testAccess(api));
		describe("tenants", () => testTenants(api));
		describe("projects", () => testProjects(api));
		describe("projects, by value", () => testProjectValues(api));
		describe("API keys", () => testApiKeys(api));
		describe("signing keys", () => testSigningKeys(api));
		describe("users", () => testUsers(api));
		describe("users, to their end", () => testUsersEnd(api));
		describe("organizations", () => testOrganizations(api));
		describe("members", () => testMembers(api));
		describe("members, to their end", () => testMembersEnd(api));
		describe("invitations", () => testInvitations(api));
		describe("invitations, to their end", () => testInvitationsEnd(api));
		describe("webhooks", () => testWebhooks(api));
		describe("the audit log", () => testAudit(api));
		describe("health", () => testHealth(api));
		describe("lists", () => testPaging(api));
	});
}
