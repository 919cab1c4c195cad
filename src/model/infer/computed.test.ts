import { expect, test } from "vitest";
import { sampleModel, TEXT } from "../sample-model.ts";

const SHOWN = { type: "object", properties: { total: { type: "number" } } };
const query = (name: string, required = true): unknown => ({ name, in: "query", required, schema: TEXT });

/** What the one reader of a document does. */
async function effectOf(
	path: string,
	summary: string,
	parameters: readonly unknown[] = [],
): Promise<string | undefined> {
	const model = await sampleModel({ [`GET ${path}`]: { id: "get", summary, parameters, answers: { 200: SHOWN } } });
	return model.behaviours.get("get")?.effect.kind;
}

test.each<[string, string, string, readonly unknown[]]>([
	["a path that names a computation", "/estimates/price", "Get the price", []],
	["a search", "/places/search", "Get places", []],
	["an echo of the request", "/anything", "Returns anything passed in request data.", []],
	["the address of the caller", "/address", "Returns the IP address of the caller", []],
	["a required period", "/meters/{id}/amounts", "Get amounts", [query("start_date"), query("end_date")]],
	["a period whose end is now", "/usage/images", "Get usage", [query("start_time"), query("end_time", false)]],
	["statistics over a period", "/revenue", "Get revenue statistics", [query("from", false), query("to", false)]],
	["a verb that only looks", "/health", "Check health", []],
])("%s is computed, so nothing stands there", async (_case, path, summary, parameters) => {
	expect(await effectOf(path, summary, parameters)).toBe("none");
});

test.each<[string, string, string, readonly unknown[]]>([
	["statistics without any input", "/stats", "Gets service level statistics", []],
	["a filter by period on plain items", "/profile", "Get the profile", [query("from", false), query("to", false)]],
	["a required place", "/profile", "Get the profile", [query("latitude"), query("longitude")]],
	["a word that only begins alike", "/searchable", "Get what is there", []],
])("%s is what stands there", async (_case, path, summary, parameters) => {
	expect(await effectOf(path, summary, parameters)).toBe("read");
});
