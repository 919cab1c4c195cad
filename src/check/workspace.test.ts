import { describe, expect, test } from "vitest";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { serve } from "./fixture/serve.ts";
import { workspace } from "./fixture/workspace.ts";
import { WORKSPACE_FAULTS } from "./fixture/workspace-faults.ts";
import { WORKSPACE_TWINS } from "./fixture/workspace-twins.ts";

const FINDINGS_MAX = 2;

/** `FAULTS=all` plants every one; without it every second. */
const EVERY = process.env.FAULTS === "all" ? 1 : 2;
const chosen = Object.entries(WORKSPACE_FAULTS).filter((_, index) => index % EVERY === 0);

describe("a workspace: the check finds that", () => {
	test.each(chosen)("%s", async (_, { turn, operations, found }) => {
		const served = await serve(workspace(turn));
		const lines = linesOf(await checkService("workspace.yaml", served, { operations: [...operations] }));
		expect(lines).toContain(found);
		expect(lines.length).toBeLessThanOrEqual(FINDINGS_MAX);
	});
});

/** Each twin is checked once; `TWIN_SEEDS=50` checks each with so many seeds. */
const SEEDS = Array.from({ length: Number(process.env.TWIN_SEEDS ?? 1) }, (_, index) => index + 1);

describe("a workspace is as documented, although it", () => {
	const twins = Object.entries(WORKSPACE_TWINS).flatMap(([name, twin]) =>
		SEEDS.map((seed) => ({ name, seed, ...twin })),
	);
	test.each(twins)("$name (seed $seed)", async ({ turn, operations, seed }) => {
		const chosen = operations === undefined ? {} : { operations: [...operations] };
		const run = await checkService("workspace.yaml", await serve(workspace(turn)), { seed, ...chosen });
		expect(linesOf(run)).toEqual([]);
		const least = operations === undefined ? 90 : operations.length * 2;
		expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(least);
	});
});
