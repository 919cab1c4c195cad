import { describe, expect, test } from "vitest";
import { loadService } from "../check/fixture/check-service.ts";
import { check } from "../check/run.ts";
import type { Finding } from "../finding/finding.ts";
import { createMock } from "../mock/mock.ts";
import { claimsOf } from "../model/claim.ts";

const { contract, model } = await loadService("notes.yaml");
const LISTS = ["listNotes", "listEvents", "listPeople"];
/** Some rivals of each law; `LIST_SEEDS` tries every one. */
const EVERY = process.env.LIST_SEEDS === undefined ? 9 : 1;

async function findingsOf(drift: readonly string[], operations: readonly string[]): Promise<readonly Finding[]> {
	const mock = createMock({ contract, model, drift });
	const listening = await mock.listen({ port: 0, host: "127.0.0.1" });
	try {
		const options = { contract, model, target: listening.url, api: "notes", runId: "hftest", settleMs: 100 };
		for await (const event of check({ ...options, operations, disposable: true }))
			if (event.kind === "finished") return event.run.findings;
	} finally {
		await listening.close();
	}
	throw new Error("the check ended without a run");
}

const rivals = claimsOf(model)
	.filter(({ operation, law }) => LISTS.includes(operation) && ["pager", "filter", "sort", "search"].includes(law))
	.flatMap(({ operation, id, rivals: all }) =>
		[...new Set(all.map(({ name }) => name))].map((name) => ({ operation, place: id.split("/")[1] ?? "", name })),
	);

describe("what the mock of lists does wrong, the check names", () => {
	test.each(rivals.filter((_, index) => index % EVERY === 0))(
		"$operation $place: $name",
		async ({ operation, place, name }) => {
			const law = place.startsWith("filter") && operation !== "listEvents" ? place : place.replace(/\d+$/, "");
			const findings = await findingsOf([`${operation}=${law}: ${name}`], [operation]);
			expect(findings.map((finding) => [finding.operation.id, finding.observed])).toEqual([[operation, name]]);
		},
	);

	test("and nothing where it does nothing wrong", async () => {
		expect(await findingsOf([], LISTS)).toEqual([]);
	});
});
