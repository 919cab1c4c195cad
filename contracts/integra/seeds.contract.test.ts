import { describe, expect, test } from "vitest";
import type { Run } from "../../src/finding/run.ts";
import { checkIntegra, checkMock, loadIntegra } from "./check-integra.ts";

/** `SEEDS=20` tries as many; a check of the whole document takes half a minute. */
const COUNT = Number(process.env.SEEDS ?? 0);
const SEEDS = Array.from({ length: Math.max(1, COUNT) }, (_, index) => index + 2);
const TIME_MS_MAX = 240_000;
/** A check that decides nothing would find nothing either. */
const AGREED_MIN = 100;
const integra = await loadIntegra();

function expectNothing({ findings, claims }: Run): void {
	expect(findings.map(({ message }) => message)).toEqual([]);
	expect(claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(AGREED_MIN);
}

describe.runIf(COUNT > 0)("nothing is found", () => {
	const options = (seed: number) => ({ seed, runId: `hf${seed}x` });

	test.each(SEEDS)("on the reference, seed %i", { timeout: TIME_MS_MAX }, async (seed) => {
		expectNothing(await checkIntegra(integra, {}, options(seed)));
	});

	test.each(SEEDS)("on the mock, seed %i", { timeout: TIME_MS_MAX }, async (seed) => {
		expectNothing(await checkMock(integra, options(seed)));
	});
});
