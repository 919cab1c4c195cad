import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { loadFiles } from "../contract/sample-files.ts";
import { inferModel } from "../model/infer.ts";
import { linesOf } from "./fixture/check-service.ts";
import { type Asked, type Routes, serve } from "./fixture/serve.ts";
import { check } from "./run.ts";

const COIN = {
	type: "object",
	required: ["id", "face"],
	properties: { id: { type: "string" }, face: { type: "string" } },
};
const NUMBER = { type: "integer", minimum: 0 };
const json = (schema: object): object => ({ "application/json": { schema } });

/** Coins that are listed by pages, and says of the number of a page only this. */
function documentSaying(description: string): object {
	const coin = { description: "the coin", content: json(COIN) };
	const face = { type: "object", required: ["face"], properties: { face: { type: "string", minLength: 1 } } };
	const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
	const query = (name: string, words: string): object => ({ name, in: "query", description: words, schema: NUMBER });
	const parameters = [
		query("page", description),
		query("offset", "How many coins to skip"),
		query("limit", "The most"),
	];
	const list = { description: "a page", content: json({ type: "array", items: COIN }) };
	return {
		openapi: "3.1.0",
		info: { title: "coins", version: "1" },
		paths: {
			"/coins": {
				get: { operationId: "listCoins", summary: "List all coins", parameters, responses: { 200: list } },
				post: {
					operationId: "addCoin",
					summary: "Add a coin",
					requestBody: { required: true, content: json(face) },
					responses: { 201: coin, 400: { description: "refused" } },
				},
			},
			"/coins/{id}": {
				delete: {
					operationId: "removeCoin",
					summary: "Remove a coin",
					parameters: [id],
					responses: { 204: { description: "gone" }, 404: { description: "there is none" } },
				},
			},
		},
	};
}

/** A page goes before an offset, as it is with services that have both. */
function coins(base: number, fault?: "always the first page"): Routes {
	const held = new Map<string, { readonly id: string; readonly face: string }>();
	const numberIn = ({ query }: Asked, name: string, usual: number): number => Number(query.get(name) ?? usual);
	return {
		"GET /coins": (asked) => {
			const limit = numberIn(asked, "limit", 100);
			const page = Math.max(0, numberIn(asked, "page", base) - base) * limit;
			const from = fault !== undefined ? 0 : asked.query.has("page") ? page : numberIn(asked, "offset", 0);
			return [200, [...held.values()].slice(from, from + limit)];
		},
		"POST /coins": ({ body }) => {
			const { face } = body as { face?: unknown };
			if (typeof face !== "string" || face === "") return [400];
			const coin = { id: randomUUID(), face };
			held.set(coin.id, coin);
			return [201, coin];
		},
		"DELETE /coins/{}": ({ names: [id = ""] }) => [held.delete(id) ? 204 : 404],
	};
}

async function linesFor(description: string, routes: Routes): Promise<readonly string[]> {
	const contract = await loadFiles({ "openapi.yaml": JSON.stringify(documentSaying(description)) });
	const served = await serve(routes);
	const options = { contract, model: inferModel(contract), target: served.url, api: "coins", settleMs: 50 };
	try {
		for await (const event of check({ ...options, runId: "hftest", disposable: true, phases: ["experiments"] }))
			if (event.kind === "finished") return linesOf(event.run);
	} finally {
		await served.close();
	}
	throw new Error("the check ended without a run");
}

test.each([0, 1])("a service may begin its pages at %s where nothing says where they begin", async (base) => {
	expect(await linesFor("Which page", coins(base))).toEqual([]);
});

test("a service begins its pages where the words say", async () => {
	const documented = "Pages of `limit` coins, starting at page `1`. Overrides `offset`.";
	expect(await linesFor(documented, coins(1))).toEqual([]);
	expect(await linesFor(documented, coins(0))).toEqual([
		"paging of listCoins: documented pages by page and limit, observed one page off",
	]);
});

test("pages that do not go on are found wherever they begin", async () => {
	expect(await linesFor("Which page", coins(1, "always the first page"))).toEqual([
		"paging of listCoins: documented pages by page and limit, observed always the first page",
	]);
});
