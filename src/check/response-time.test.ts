import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { articles, type Switch } from "./fixture/articles.ts";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { serve } from "./fixture/serve.ts";

/** Reading an article takes its time, each time or but once. */
const slow = (times: number): Switch => {
	let left = times;
	return (_shelf, { "GET /articles/{}": get }) => ({
		"GET /articles/{}": async (asked) => {
			if (left-- > 0) await setTimeout(600);
			return get?.(asked) ?? [500];
		},
	});
};

const FOUND = "response-time of getArticle: documented answered within 500 ms, observed later";

test.each<[string, number, number | undefined, readonly string[]]>([
	["is told where it was asked for", 4, 500, [FOUND]],
	["is told of nobody who did not ask", 4, undefined, []],
	["is no finding when it happens once", 1, 500, []],
])("an operation that is late %s", async (_, times, maxResponseTimeMs, found) => {
	const asked = maxResponseTimeMs === undefined ? {} : { maxResponseTimeMs };
	const options = { phases: ["values"] as const, operations: ["getArticle"], ...asked };
	const run = await checkService("articles.yaml", await serve(articles(slow(times))), options);
	expect(linesOf(run)).toEqual(found);
});
