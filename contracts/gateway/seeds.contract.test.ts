import { expect, test } from "vitest";
import { checkGateway, loadGateway } from "./check-gateway.ts";

/** Some seeds at every run, and `SEEDS=20` as many as the contract asks for. */
const COUNT = Number(process.env.SEEDS ?? 4);
const SEEDS = Array.from({ length: COUNT }, (_, index) => index + 1);
const gateway = await loadGateway();

test.each(SEEDS)("the gateway that keeps its promise gives no finding with seed %i", async (seed) => {
	const run = await checkGateway(gateway, { cidsPut: "replace" }, { seed, runId: `hf${seed}x` });
	expect(run.findings.map(({ message }) => message)).toEqual([]);
	expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(AGREED_MIN);
	expect(run.notes).toEqual([]);
});

/** Of the gateway's 32 claims two cannot be observed. A check that decides nothing would find nothing either. */
const AGREED_MIN = 30;
