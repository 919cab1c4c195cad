import { describe, expect, test } from "vitest";
import { acceptArticle, articleIn, articles, idIn, type Switch } from "../fixture/articles.ts";
import { checkService, linesOf } from "../fixture/check-service.ts";
import { type Routes, serve } from "../fixture/serve.ts";

/** Faults that need a history: each operation by itself does what is documented. */
const FAULTS: Readonly<Record<string, Switch>> = {
	"a change of an article after one of another is answered and lost, when it was changed before": (shelf, routes) => {
		const changed = new Set<number>();
		let last = 0;
		return {
			"PATCH /articles/{}": (asked) => {
				const article = articleIn(shelf, asked);
				const isBack = changed.has(article.id) && last !== article.id;
				changed.add(article.id);
				last = article.id;
				if (!isBack) return routes["PATCH /articles/{}"]?.(asked) ?? [500];
				return [200, { ...shelf.show(article), ...acceptArticle("ArticleChange", asked.body) }];
			},
		};
	},
	"of two removals in a row the second brings the first back": (shelf, routes) => {
		let last: number | undefined;
		const forget = (name: string): Routes[string] => {
			return (asked) => {
				last = undefined;
				return routes[name]?.(asked) ?? [500];
			};
		};
		return {
			"POST /articles": forget("POST /articles"),
			"DELETE /articles/{}": (asked) => {
				const answer = routes["DELETE /articles/{}"]?.(asked) ?? [500];
				const before = last === undefined ? undefined : shelf.gone.get(last);
				if (before !== undefined) shelf.kept.set(before.id, before);
				last = idIn(asked.names[0]);
				return answer;
			},
		};
	},
};

describe("random sequences find that", () => {
	test.each(Object.entries(FAULTS))("%s", async (_, turn) => {
		const options = { phases: ["experiments"] as const };
		const foreseen = await checkService("articles.yaml", await serve(articles(turn)), options);
		expect(linesOf(foreseen)).toEqual([]);
		const run = await checkService("articles.yaml", await serve(articles(turn)), {
			phases: ["experiments", "sequences"],
			seed: 3,
		});
		expect(linesOf(run).length).toBe(1);
		expect(run.findings[0]?.evidence.length).toBeLessThanOrEqual(7);
		expect(run.findings[0]?.level).toBe("drift");
	});

	test("the same seed and run id give the same finding", async () => {
		const [turn] = Object.values(FAULTS);
		if (turn === undefined) throw new Error("there are faults");
		const runs = [1, 2].map(async () => {
			const options = { phases: ["experiments", "sequences"] as const, seed: 3 };
			return checkService("articles.yaml", await serve(articles(turn)), options);
		});
		const [first, second] = await Promise.all(runs);
		expect(first?.findings.map(({ fingerprint }) => fingerprint)).toEqual(
			second?.findings.map(({ fingerprint }) => fingerprint),
		);
	});
});
