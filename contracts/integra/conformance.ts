import { afterAll, beforeAll, describe } from "vitest";
import { loadJudge } from "../documented-answer.ts";
import { testAccess } from "./conformance/access.ts";
import { testKeys } from "./conformance/keys.ts";
import { testMembers, testOrganizations } from "./conformance/organizations.ts";
import { testPaging } from "./conformance/paging.ts";
import { testAudit, testConfig, testUsage } from "./conformance/platform.ts";
import { testBatch, testUsers } from "./conformance/users.ts";
import { createClient, type IntegraClient, type RunningIntegra } from "./integra-client.ts";

/** An Integra that is to be held against its document. */
export interface IntegraSubject {
	readonly name: string;
	/** Starts one with a fresh storage, whose limits are not reached here. */
	start(): Promise<RunningIntegra>;
	/** What this subject cannot show, with the reason. */
	readonly without?: Without;
}

/** What a subject may be unable to show. */
export type Without = Readonly<
	Partial<
		Record<
			| "what usage is made of"
			| "batches"
			| "what entries are about"
			| "filters without case"
			| "what the server fills in"
			| "parameters that come twice",
			string
		>
	>
>;

const DOCUMENT = "spec/integra/openapi.yaml";

/**
 * What spec/integra/openapi.yaml promises, resource by resource, as tests over HTTP. It is written by hand and knows
 * nothing of how a subject works, so the reference and the mock can both be held against it.
 *
 * @example describeIntegra({ name: "reference", start: async () => ({ ...(await startIntegra({ adminKey })), adminKey }) })
 */
export function describeIntegra({ name, start, without = {} }: IntegraSubject): void {
	describe(name, () => {
		let running: RunningIntegra;
		let client: IntegraClient;
		beforeAll(async () => {
			running = await start();
			client = createClient(running, await loadJudge(DOCUMENT));
		});
		afterAll(() => running?.close());

		const api = (): IntegraClient => client;
		describe("keys and scopes", () => testAccess(api));
		describe("users", () => testUsers(api, without));
		describe("batches", () => testBatch(api, without));
		describe("organizations", () => testOrganizations(api));
		describe("members", () => testMembers(api));
		describe("API keys", () => testKeys(api, without));
		describe("the configuration", () => testConfig(api));
		describe("usage", () => testUsage(api, without));
		describe("the audit log", () => testAudit(api, without));
		describe("lists", () => testPaging(api, without));
	});
}
