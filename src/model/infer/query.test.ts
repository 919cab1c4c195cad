import { expect, test } from "vitest";
import { loadFiles } from "../../contract/sample-files.ts";
import { inferModel } from "../infer.ts";
import type { ListQuery } from "../query-law.ts";

/** The query facts of a list of users with these parameters and this answer. */
async function queryOf(
	parameters: readonly string[],
	answer: object = { type: "array", items: USER },
): Promise<ListQuery | undefined> {
	const document = {
		openapi: "3.1.0",
		info: { title: "users", version: "1" },
		paths: {
			"/users": {
				get: {
					operationId: "listUsers",
					summary: "List users",
					parameters: parameters.map((name) => ({ name, in: "query", schema: { type: "string" } })),
					responses: { 200: { description: "ok", content: { "application/json": { schema: answer } } } },
				},
			},
		},
	};
	const contract = await loadFiles({ "openapi.yaml": JSON.stringify(document) });
	return inferModel(contract).behaviours.get("listUsers")?.query;
}

const USER = {
	type: "object",
	properties: { id: { type: "string" }, name: { type: "string" }, status: { type: "string" } },
};

test.for([
	[["limit", "offset"], "limit-offset", ["offset", "limit"]],
	[["$top", "$skip"], "limit-offset", ["$skip", "$top"]],
	[["page", "per_page"], "page", ["page", "per_page"]],
	[["page[number]", "page[size]"], "page", ["page[number]", "page[size]"]],
	[["limit", "starting_after", "ending_before"], "cursor", ["starting_after", "ending_before", "limit"]],
	[["pageToken", "maxResults"], "token", ["pageToken", "maxResults"]],
] as const)("%j page by %s", async ([names, style, parameters]) => {
	const query = await queryOf(names);
	expect(query?.pager).toMatchObject({ style, parameters });
});

test("a limit alone reaches no next part", async () => {
	expect((await queryOf(["limit"]))?.pager).toBeUndefined();
});

test.each([
	["uri", "link"],
	[undefined, undefined],
])("a next of format %s makes the pager %s", async (format, style) => {
	const next = format === undefined ? { type: "string" } : { type: "string", format };
	const answer = { type: "object", properties: { values: { type: "array", items: USER }, next } };
	expect((await queryOf([], answer))?.pager?.style).toBe(style);
});

test("total and next are found in the envelope and one level deeper", async () => {
	const answer = {
		type: "object",
		properties: {
			users: { type: "array", items: USER },
			pagination: { type: "object", properties: { total: { type: "integer" }, next_page: { type: "integer" } } },
		},
	};
	expect((await queryOf(["page"], answer))?.pager).toMatchObject({
		total: "/pagination/total",
		next: "/pagination/next_page",
	});
});

test("a parameter with the name of a field filters, one that searches or sorts does not", async () => {
	const query = await queryOf(["status", "filter[name]", "q", "sort", "verbose"]);
	expect(query?.filters.map(({ parameter, field }) => [parameter, field])).toEqual([
		["status", "status"],
		["filter[name]", "name"],
	]);
	expect(query?.search?.parameters).toEqual(["q"]);
	expect(query?.sort?.parameters).toEqual(["sort"]);
});

test("a page that is an object is no pager that anybody could turn", async () => {
	const page = { type: "object", properties: { size: { type: "integer" }, after: { type: "string" } } };
	const document = {
		openapi: "3.1.0",
		info: { title: "users", version: "1" },
		paths: {
			"/users": {
				get: {
					operationId: "listUsers",
					parameters: [{ name: "page", in: "query", style: "deepObject", schema: page }],
					responses: {
						200: { description: "ok", content: { "application/json": { schema: { type: "array", items: USER } } } },
					},
				},
			},
		},
	};
	const model = inferModel(await loadFiles({ "openapi.yaml": JSON.stringify(document) }));
	expect(model.behaviours.get("listUsers")?.query?.pager).toBeUndefined();
});

test("a parameter that may be what the field of its name may be chooses by it, whatever it is called", async () => {
	const values = { type: "string", enum: ["inbound", "outbound"] };
	const call = { type: "object", properties: { id: { type: "string" }, direction: values } };
	const document = {
		openapi: "3.1.0",
		info: { title: "calls", version: "1" },
		paths: {
			"/calls": {
				get: {
					operationId: "listCalls",
					parameters: [
						{ name: "direction", in: "query", schema: values },
						{ name: "sort", in: "query", schema: { type: "string", enum: ["id", "-id"] } },
					],
					responses: {
						200: {
							description: "ok",
							content: { "application/json": { schema: { type: "array", items: call } } },
						},
					},
				},
			},
		},
	};
	const contract = await loadFiles({ "openapi.yaml": JSON.stringify(document) });
	const query = inferModel(contract).behaviours.get("listCalls")?.query;
	expect(query?.filters.map(({ parameter, field }) => [parameter, field])).toEqual([["direction", "direction"]]);
	expect(query?.sort?.parameters).toEqual(["sort"]);
});
