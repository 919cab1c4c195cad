import { describe, expect, test } from "vitest";
import { ARTICLE_FAULTS } from "./fixture/article-faults.ts";
import { articles } from "./fixture/articles.ts";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { FILE_FAULTS } from "./fixture/file-faults.ts";
import { OPTIONS as FILE_OPTIONS, files } from "./fixture/files.ts";
import { serve } from "./fixture/serve.ts";
import { TEAM_FAULTS } from "./fixture/team-faults.ts";
import { OPTIONS as TEAM_OPTIONS, teams } from "./fixture/teams.ts";

const FINDINGS_MAX = 2;
/** `FAULTS=all` plants every one; without it every third, since a check of each takes seconds. */
const EVERY = process.env.FAULTS === "all" ? 1 : 3;

function chosen<Fault>(faults: Readonly<Record<string, Fault>>): readonly (readonly [string, Fault])[] {
	return Object.entries(faults).filter((_, index) => index % EVERY === 0);
}

/** What an experiment finds is no news to random sequences: they cost much here and have tests of their own. */
const phases = ["examples", "values", "experiments"] as const;

function expectFound(lines: readonly string[], found: string): void {
	expect(lines).toContain(found);
	expect(lines.length).toBeLessThanOrEqual(FINDINGS_MAX);
}

describe("articles: the check finds that", () => {
	test.each(chosen(ARTICLE_FAULTS))("%s", async (_, { turn, found }) => {
		expectFound(linesOf(await checkService("articles.yaml", await serve(articles(turn)), { phases })), found);
	});
});

describe("teams: the check finds that", () => {
	test.each(chosen(TEAM_FAULTS))("%s", async (_, { turn, found }) => {
		expectFound(
			linesOf(await checkService("teams.yaml", await serve(teams(turn)), { ...TEAM_OPTIONS, phases })),
			found,
		);
	});
});

describe("files: the check finds that", () => {
	test.each(chosen(FILE_FAULTS))("%s", async (_, { turn, found }) => {
		expectFound(
			linesOf(await checkService("files.yaml", await serve(files(turn)), { ...FILE_OPTIONS, phases })),
			found,
		);
	});
});
