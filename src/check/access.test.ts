import { describe, expect, test } from "vitest";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { METER_OPTIONS, meter } from "./fixture/meter.ts";
import { METER_FAULTS, METER_TWINS } from "./fixture/meter-faults.ts";
import { serve } from "./fixture/serve.ts";
import { VAULT_OPTIONS, vault } from "./fixture/vault.ts";
import { VAULT_FAULTS } from "./fixture/vault-faults.ts";
import { VAULT_TWINS } from "./fixture/vault-twins.ts";

/** Each is checked with a seed of its own; `ACCESS_SEEDS=20` checks each with so many. */
const SEEDS = Number(process.env.ACCESS_SEEDS ?? 1);

function withSeeds<T>(cases: Readonly<Record<string, T>>): readonly { name: string; one: T; seed: number }[] {
	return Object.entries(cases).flatMap(([name, one], index) =>
		Array.from({ length: SEEDS }, (_, count) => ({ name, one, seed: 1 + index + count * 100 })),
	);
}

describe("the vault: the check finds that", () => {
	test.each(withSeeds(VAULT_FAULTS))("$name (seed $seed)", async ({ one: { turn, found }, seed }) => {
		// With one seed only what the finding is about is tried, so that it costs little.
		const operations = SEEDS > 1 ? [] : [/ of (\w+):/.exec(found)?.[1] ?? ""];
		const options = { ...VAULT_OPTIONS, phases: ["experiments"] as const, seed, operations };
		const lines = linesOf(await checkService("vault.yaml", await serve(vault(turn)), options));
		expect(lines).toContain(found);
	});
});

describe("the vault is as documented, although the service", () => {
	test.each(withSeeds(VAULT_TWINS))("$name (seed $seed)", async ({ one: turn, seed }) => {
		const run = await checkService("vault.yaml", await serve(vault(turn)), { ...VAULT_OPTIONS, seed });
		expect(linesOf(run)).toEqual([]);
		const agreed = run.claims.filter(({ verdict }) => verdict === "agrees");
		expect(agreed.map(({ law }) => law)).toEqual(expect.arrayContaining(["scope", "partition", "credentials"]));
	});
});

describe("the meter: the check finds that", () => {
	test.each(withSeeds(METER_FAULTS))("$name (seed $seed)", async ({ one: { turn, found }, seed }) => {
		const run = await checkService("meter.yaml", await serve(meter(turn)), { ...METER_OPTIONS, seed });
		expect(linesOf(run)).toEqual([found]);
	});

	test("a shared target's limits are left alone, and why", async () => {
		const options = { ...METER_OPTIONS, disposable: false };
		const run = await checkService("meter.yaml", await serve(meter()), options);
		const reasons = run.claims.flatMap(({ law, reason }) => (law === "rate" ? [reason] : []));
		expect(new Set(reasons)).toEqual(new Set(["the target is shared, and a limit is reached only with --disposable"]));
	});
});

describe("the meter is as documented, although the service", () => {
	test.each(withSeeds(METER_TWINS))("$name (seed $seed)", async ({ one: turn, seed }) => {
		const run = await checkService("meter.yaml", await serve(meter(turn)), { ...METER_OPTIONS, seed });
		expect(linesOf(run)).toEqual([]);
		const verdicts = run.claims.flatMap(({ law, verdict }) => (law === "rate" ? [verdict] : []));
		expect(verdicts).toEqual(["agrees", "agrees", "agrees"]);
	});
});
