import { describe, expect, test } from "vitest";
import { ARTICLE_FAULTS } from "./fixture/article-faults.ts";
import { ARTICLE_TWINS } from "./fixture/article-twins.ts";
import { articles } from "./fixture/articles.ts";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { FILE_FAULTS } from "./fixture/file-faults.ts";
import { FILE_TWINS } from "./fixture/file-twins.ts";
import { OPTIONS as FILE_OPTIONS, files } from "./fixture/files.ts";
import { serve } from "./fixture/serve.ts";
import { TEAM_FAULTS } from "./fixture/team-faults.ts";
import { TEAM_TWINS } from "./fixture/team-twins.ts";
import { OPTIONS as TEAM_OPTIONS, teams } from "./fixture/teams.ts";

const FAULTS = 3;

describe("articles: a collection whose keys the server counts", () => {
	test.for(Object.entries(ARTICLE_TWINS))("%s is legal", async ([, turn]) => {
		expect(linesOf(await checkService("articles.yaml", await serve(articles(turn)), { settleMs: 1_000 }))).toEqual([]);
	});
	test.for(Object.entries(ARTICLE_FAULTS))("%s is found", async ([, { turn, found }]) => {
		const lines = linesOf(await checkService("articles.yaml", await serve(articles(turn))));
		expect(lines).toContain(found);
		expect(lines.length).toBeLessThanOrEqual(FAULTS);
	});
});

describe("teams: enveloped, paged, with members inside", () => {
	test.for(Object.entries(TEAM_TWINS))("%s is legal", async ([, turn]) => {
		expect(linesOf(await checkService("teams.yaml", await serve(teams(turn)), TEAM_OPTIONS))).toEqual([]);
	});
	test.for(Object.entries(TEAM_FAULTS))("%s is found", async ([, { turn, found }]) => {
		const lines = linesOf(await checkService("teams.yaml", await serve(teams(turn)), TEAM_OPTIONS));
		expect(lines).toContain(found);
		expect(lines.length).toBeLessThanOrEqual(FAULTS);
	});
});

describe("files: keys of the client, and a singleton", () => {
	test.for(Object.entries(FILE_TWINS))("%s is legal", async ([, turn]) => {
		expect(linesOf(await checkService("files.yaml", await serve(files(turn)), FILE_OPTIONS))).toEqual([]);
	});
	test.for(Object.entries(FILE_FAULTS))("%s is found", async ([, { turn, found }]) => {
		const lines = linesOf(await checkService("files.yaml", await serve(files(turn)), FILE_OPTIONS));
		expect(lines).toContain(found);
		expect(lines.length).toBeLessThanOrEqual(FAULTS);
	});
});
