import { describe, expect, test } from "vitest";
import type { Run } from "../finding/run.ts";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { NOTE_FAULTS } from "./fixture/note-faults.ts";
import { busyClient, NOTE_TWINS } from "./fixture/note-twins.ts";
import { notes, type Turn } from "./fixture/notes.ts";
import { serve } from "./fixture/serve.ts";

/** Some faults and each twin with one seed; `LIST_SEEDS=5` tries every fault and twin with so many. */
const SEEDS = Number(process.env.LIST_SEEDS ?? 0);
const EVERY = SEEDS === 0 ? 4 : 1;
const LISTS = ["listNotes", "listEvents", "listPeople"];

function seeded<Case>(
	cases: readonly (readonly [string, Case])[],
): readonly { name: string; one: Case; seed: number }[] {
	return cases.flatMap(([name, one], index) =>
		Array.from({ length: Math.max(1, SEEDS) }, (_, count) => ({ name, one, seed: 1 + index + count * 100 })),
	);
}

async function checkLists(turn: Turn, seed: number, operations: readonly string[] = LISTS): Promise<Run> {
	return checkService("notes.yaml", await serve(notes(turn)), { seed, operations, settleMs: 1_000 });
}

describe("the check finds that", () => {
	const chosen = Object.entries(NOTE_FAULTS).filter((_, index) => index % EVERY === 0);
	test.each(seeded(chosen))("$name (seed $seed)", async ({ one: { turn, operation, found }, seed }) => {
		expect(linesOf(await checkLists(turn, seed, [operation]))).toEqual([found]);
	});
});

describe("lists are as documented, although the service", () => {
	test.each(seeded(Object.entries(NOTE_TWINS)))("$name (seed $seed)", async ({ one, seed }) => {
		const run = await checkLists(one, seed);
		expect(linesOf(run)).toEqual([]);
		expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(15);
	});

	test.each(seeded([["has another client that writes all the time", 25]]))(
		"$name (seed $seed)",
		async ({ one, seed }) => {
			let stop = (): void => undefined;
			const run = await checkLists((desk) => {
				stop = busyClient(desk, one);
			}, seed);
			stop();
			expect(linesOf(run)).toEqual([]);
		},
	);
});
