import { describe, expect, test } from "vitest";
import type { PhaseName } from "../finding/run.ts";
import { ARTICLE_TWINS } from "./fixture/article-twins.ts";
import { articles } from "./fixture/articles.ts";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { FILE_TWINS } from "./fixture/file-twins.ts";
import { OPTIONS as FILE_OPTIONS, files } from "./fixture/files.ts";
import { serve } from "./fixture/serve.ts";
import { TEAM_TWINS } from "./fixture/team-twins.ts";
import { OPTIONS as TEAM_OPTIONS, teams } from "./fixture/teams.ts";

/** Each twin is checked with a seed of its own; `TWIN_SEEDS=50` checks each with so many. */
const SEEDS = Number(process.env.TWIN_SEEDS ?? 1);
const SETTLE_MS = 2_000;

const LAST_OF_FOUR: readonly (readonly PhaseName[])[] = [["sequences"], ["concurrency"], [], []];

/** With one seed every fourth twin gets random sequences, the next of four requests at the same time. */
function phasesFor(index: number): readonly PhaseName[] {
	const last: readonly PhaseName[] = SEEDS > 1 ? ["sequences", "concurrency"] : (LAST_OF_FOUR[index % 4] ?? []);
	return ["examples", "values", "experiments", ...last];
}

/** As many seeds as are asked for, another set for each twin. */
function seedsFor(index: number): readonly number[] {
	return Array.from({ length: SEEDS }, (_, count) => 1 + index + count * 100);
}

describe("articles are as documented, although the service", () => {
	const twins = Object.entries(ARTICLE_TWINS).flatMap(([name, turn], index) =>
		seedsFor(index).map((seed) => ({ name, turn, seed, phases: phasesFor(index) })),
	);
	test.each(twins)("$name (seed $seed)", async ({ turn, seed, phases }) => {
		const run = await checkService("articles.yaml", await serve(articles(turn)), { seed, phases, settleMs: SETTLE_MS });
		expect(linesOf(run)).toEqual([]);
		expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(25);
	});
});

describe("teams are as documented, although the service", () => {
	const twins = Object.entries(TEAM_TWINS).flatMap(([name, turn], index) =>
		seedsFor(index).map((seed) => ({ name, turn, seed, phases: phasesFor(index) })),
	);
	test.each(twins)("$name (seed $seed)", async ({ turn, seed, phases }) => {
		const run = await checkService("teams.yaml", await serve(teams(turn)), { seed, phases, ...TEAM_OPTIONS });
		expect(linesOf(run)).toEqual([]);
		expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(50);
	});
});

describe("files are as documented, although the service", () => {
	const twins = Object.entries(FILE_TWINS).flatMap(([name, turn], index) =>
		seedsFor(index).map((seed) => ({ name, turn, seed, phases: phasesFor(index) })),
	);
	test.each(twins)("$name (seed $seed)", async ({ turn, seed, phases }) => {
		const run = await checkService("files.yaml", await serve(files(turn)), { seed, phases, ...FILE_OPTIONS });
		expect(linesOf(run)).toEqual([]);
		expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(18);
	});
});
