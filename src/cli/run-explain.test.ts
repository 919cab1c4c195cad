import { describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

const SPEC = "spec/gateway/openapi.yaml";

async function explain(...args: readonly string[]) {
	const io = testIo();
	return { code: await runCli(["explain", ...args], io), ...io.written };
}

describe("holdfast explain", () => {
	test("shows every operation with its evidence", async () => {
		const { code, out } = await explain(SPEC);
		expect(code).toBe(0);
		expect(out.match(/^(?:GET|PUT|POST|DELETE) /gm)).toHaveLength(10);
		expect(out).toContain('"Replace the allow-list"');
	});

	test.each([
		["by its id", [SPEC, "replaceCids"]],
		["by method and path", [SPEC, "PUT /admin/apps/{app_id}/cids"]],
		["of the configuration", ["replaceCids"]],
	])("shows one operation %s", async (_, args) => {
		const { code, out } = await explain(...args);
		expect(code).toBe(0);
		expect(out.match(/^(?:GET|PUT|POST|DELETE) .*/gm)).toEqual(["PUT /admin/apps/{app_id}/cids   replaceCids"]);
	});

	test.each([
		[
			"an operation that is not there",
			[SPEC, "replaceCid"],
			'there is no operation "replaceCid"; did you mean "replaceCids"?',
		],
		["an operation that no API has", ["nonsense"], 'there is no operation "nonsense"'],
		["a document that is not there", ["nowhere.yaml"], "nowhere.yaml"],
		["a word without a configuration", ["replaceCids", "--no-config"], "replaceCids"],
	])("%s is a mistake", async (_, args, message) => {
		const { code, err } = await explain(...args);
		expect([code, err]).toEqual([2, expect.stringContaining(message)]);
	});
});
