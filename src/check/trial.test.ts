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
