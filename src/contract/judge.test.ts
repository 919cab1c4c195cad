import { join } from "node:path";
import { expect, it } from "vitest";
import { judgeDocument } from "./judge.ts";
import { writeFiles } from "./sample-files.ts";

it.each([
	["a sound document", "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n", { accepted: true }],
	[
		"a version that it does not know",
		"openapi: 3.2.0\ninfo: { title: T, version: '1' }\npaths: {}\n",
		{ accepted: false, message: expect.stringContaining("3.2.0") },
	],
	["what is no YAML", "a: [", { accepted: false, message: expect.any(String) }],
])("swagger-parser gives an opinion on %s, and is never a reason to fail", async (_, text, judgement) => {
	const directory = writeFiles({ "openapi.yaml": text });
	expect(await judgeDocument(join(directory, "openapi.yaml"))).toEqual(judgement);
});
