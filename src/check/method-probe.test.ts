import { expect, test } from "vitest";
import { articles } from "./fixture/articles.ts";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { type Answer, serve } from "./fixture/serve.ts";

/** How an article answers POST, which the document does not name for it, and what is found. */
test.each<[name: string, answer: Answer, found: readonly string[]]>([
	["refuses it with 404", [404, { error: "nothing here" }], []],
	["refuses it with 405 and names what there is", [405, {}, { allow: "GET, HEAD, PUT, patch, DELETE, OPTIONS" }], []],
	["knows no such method", [501, {}], []],
	[
		"refuses it with 405 and names nothing",
		[405, {}],
		["allow-header-conformance of getArticle: documented Allow is present, observed missing"],
	],
	[
		"refuses it with 405 and names others",
		[405, {}, { allow: "GET, PUT, DELETE, POST" }],
		[
			"allow-header-conformance of getArticle: documented GET, PUT, PATCH, DELETE, observed lacks PATCH and names POST too",
		],
	],
	["takes it", [202, {}], ["unsupported-method of getArticle: documented POST is refused, observed status 202"]],
	["fails", [500, {}], ["not-a-server-error of getArticle: documented no server error, observed status 500"]],
])("an article that is sent what is not documented %s", async (_, answer, found) => {
	const routes = { ...articles(), "POST /articles/{}": () => answer };
	const run = await checkService("articles.yaml", await serve(routes), { phases: ["values"] });
	expect(linesOf(run)).toEqual(found);
});

test("on a target that others use no undocumented method is tried but on an item of the run's own", async () => {
	const asked: string[] = [];
	const watched = (route: string): [string, () => Answer] => [
		route,
		() => {
			asked.push(route);
			return [405, {}];
		},
	];
	const routes = { ...articles(), ...Object.fromEntries(["PATCH /articles", "DELETE /articles"].map(watched)) };
	await checkService("articles.yaml", await serve(routes), { phases: ["values"] });
	expect(asked).toEqual([]);
	await checkService("articles.yaml", await serve(routes), { phases: ["values"], disposable: true });
	expect(asked).toEqual(["PATCH /articles"]);
});
