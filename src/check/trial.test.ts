import { expect, test } from "vitest";
import { loadFiles } from "../contract/sample-files.ts";
import { inferModel } from "../model/infer.ts";
import { sampleDocument, TEXT } from "../model/sample-model.ts";
import { linesOf } from "./fixture/check-service.ts";
import { type Asked, refuse, serve } from "./fixture/serve.ts";
import { check } from "./run.ts";

const PARAMETERS = [
	{ name: "X-Tenant", in: "header", required: true, schema: TEXT },
	{ name: "year", in: "query", required: true, schema: { type: "integer", minimum: 2000, maximum: 2100 } },
	{ name: "session", in: "cookie", required: true, schema: { type: "string", minLength: 3 } },
];
const ANSWERS = { 200: { type: "object" }, 400: "The input is wrong." };

/** What is missing in a request; the parameters are looked at unless one is left out on purpose. */
function lacking({ headers, query }: Asked, ignored: string): boolean {
	const cookie = /(?:^|; )session=([^;]*)/.exec(String(headers.cookie ?? ""))?.[1] ?? "";
	const year = Number(query.get("year") ?? Number.NaN);
	const isWholeYear = query.get("year") !== "" && Number.isInteger(year) && year >= 2000 && year <= 2100;
	return (
		(ignored !== "X-Tenant" && headers["x-tenant"] === undefined) ||
		(ignored !== "year" && !isWholeYear) ||
		(ignored !== "session" && decodeURIComponent(cookie).length < 3)
	);
}

test.each([
	["nothing", []],
	["X-Tenant", ["missing-required-header of report: documented X-Tenant is required, observed accepted"]],
	["session", ["negative-data-rejection of report: documented session is required, observed accepted"]],
	["year", ["negative-data-rejection of report: documented year is required, observed accepted"]],
])("a service that ignores %s of what is required", async (ignored, found) => {
	const contract = await loadFiles({
		"openapi.yaml": sampleDocument({ "GET /report": { id: "report", parameters: PARAMETERS, answers: ANSWERS } }),
	});
	const served = await serve({
		"GET /report": (asked) => (lacking(asked, ignored) ? refuse(400, "the input is wrong") : [200, {}]),
	});
	const options = { contract, model: inferModel(contract), target: served.url, api: "report" };
	for await (const event of check({ ...options, runId: "hftest", phases: ["values"] })) {
		if (event.kind !== "finished") continue;
		const lines = linesOf(event.run).filter((line) => !line.startsWith("status-code-conformance"));
		for (const line of found) expect(lines).toContain(line);
		if (found.length === 0) expect(lines).toEqual([]);
	}
	await served.close();
});

test("a header that chooses a part of the data is tried with the parts that are documented, and with no other", async () => {
	const env = { name: "X-Env", in: "header", required: true, schema: TEXT, examples: { one: { value: "LIVE" } } };
	const notes = { type: "array", items: { type: "object", properties: { id: TEXT } } };
	const contract = await loadFiles({
		"openapi.yaml": sampleDocument(
			{ "GET /notes": { id: "list", parameters: [env], answers: { 200: notes, 400: "There is no such part." } } },
			{ "x-holdfast": { partition: { by: "header", name: "X-Env" } } },
		),
	});
	const served = await serve({
		"GET /notes": ({ headers }) => (headers["x-env"] === "LIVE" ? [200, []] : refuse(400, "there is no such part")),
	});
	const options = { contract, model: inferModel(contract), target: served.url, api: "notes" };
	for await (const event of check({ ...options, runId: "hftest", phases: ["values"] })) {
		if (event.kind === "finished") expect(linesOf(event.run)).toEqual([]);
	}
	await served.close();
});
