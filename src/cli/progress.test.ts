import { expect, test } from "vitest";
import type { CheckEvent } from "../finding/event.ts";
import { DRIFT, REPLACE_CIDS, SAMPLE } from "../finding/sample-run.ts";
import { createProgress } from "./progress.ts";
import { testIo } from "./sample-io.ts";

const [step] = DRIFT.evidence as [(typeof DRIFT.evidence)[0]];
const exchange: CheckEvent = { kind: "exchange", phase: "examples", operation: REPLACE_CIDS, exchange: step.exchange };
const started: CheckEvent = {
	kind: "started",
	title: "API",
	version: "1",
	operations: 2,
	claims: { documented: 3, conventional: 1 },
	seed: 7,
};
const phaseStarted: CheckEvent = { kind: "phase-started", phase: "examples" };
const [result] = SAMPLE.phases as [(typeof SAMPLE.phases)[0]];

/** What is written while 30 exchanges take 100 ms each. */
function watch(isTty: boolean, exchangeMs: number): string {
	let time = 0;
	const io = testIo({ isTty, now: () => time });
	const progress = createProgress(io);
	progress.show(started);
	progress.show(phaseStarted);
	for (let count = 0; count < 30; count++) {
		time += exchangeMs;
		progress.show(exchange);
	}
	progress.show({ kind: "phase-finished", result });
	progress.show({ kind: "finished", run: SAMPLE });
	return io.written.out;
}

const PLAIN =
	"API 1 · 2 operations · 4 claims (3 documented, 1 by convention) · seed 7\n\n  examples      18 exchanges    0.1 s   ✓\n\n";

test("off a terminal there is a plain line per phase", () => {
	expect(watch(false, 100)).toBe(PLAIN);
});

test("what is over within a second needs no live line", () => {
	expect(watch(true, 10)).toBe(PLAIN);
});

test("on a terminal one live line counts, and leaves no trace", () => {
	const text = watch(true, 100);
	expect(text).toContain("\r\u001b[2K  examples      20 exchanges    2.0 s   …");
	const kept = text.split("\r\u001b[2K").filter((part) => !part.endsWith("…"));
	expect(kept.join("")).toBe(PLAIN);
});
