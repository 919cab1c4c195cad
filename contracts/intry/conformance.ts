import { afterAll, beforeAll, describe } from "vitest";
import { loadJudge } from "../documented-answer.ts";
import { testEnvironments, testKeys } from "./conformance/access.ts";
import { testFilters, testLists } from "./conformance/lists.ts";
import { testOwners, testResources } from "./conformance/resources.ts";
import { testValues } from "./conformance/values.ts";
import { createClient, type IntryClient, type RunningIntry } from "./intry-client.ts";

/** An Intry that is to be held against its document. */
export interface IntrySubject {
	readonly name: string;
	/** Starts one whose environments nobody else uses. */
	start(): Promise<RunningIntry>;
}

const DOCUMENT = "spec/intry/admin.yaml";
/** PostgreSQL may have to be made first. */
const START_MS_MAX = 120_000;

/**
 * What spec/intry/admin.yaml promises, as tests over HTTP. It is written by hand and knows nothing of how a subject
 * works, so the reference and the mock can both be held against it.
 *
 * @example describeIntry({ name: "reference", start: async () => ({ ...(await startIntry({ keys })), ...KEYS }) })
 */
export function describeIntry({ name, start }: IntrySubject): void {
	describe(name, () => {
		let running: RunningIntry;
		let client: IntryClient;
		beforeAll(async () => {
			running = await start();
			client = createClient(running, await loadJudge(DOCUMENT));
		}, START_MS_MAX);
		afterAll(() => running?.close());

		const api = (): IntryClient => client;
		describe("keys and scopes", () => testKeys(api));
		describe("environments", () => testEnvironments(api));
		describe("resources", () => testResources(api));
		describe("owners", () => testOwners(api));
		describe("values", () => testValues(api));
		describe("lists", () => testLists(api));
		describe("filters", () => testFilters(api));
	});
}
