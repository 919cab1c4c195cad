import { describe, expect, test } from "vitest";
import { claimsOf } from "../../model/claim.ts";
import { separates } from "../../model/simulate.ts";
import { emptyState } from "../../model/state.ts";
import { createValidation } from "../../schema/validate.ts";
import { loadService } from "../fixture/check-service.ts";
import { firstParting, trackOf } from "./parting.ts";
import { type PlanInput, plan, sequencesFor } from "./plan.ts";
import { shrink } from "./shrink.ts";
import { shrinkValues } from "./shrink-values.ts";

const start = emptyState(true);

async function inputFor(document: string): Promise<PlanInput> {
	const { model } = await loadService(document);
	return { model, start, seed: 1, validation: createValidation(), operations: new Set(model.behaviours.keys()) };
}

describe.each(["articles.yaml", "playlists.yaml", "files.yaml"])("a plan for %s", async (document) => {
	const input = await inputFor(document);
	const { claims, experiments, unobservable } = plan(input);

	test("has experiments that separate the model from each rival that they are against", () => {
		const pairs = experiments.flatMap(({ calls, against }) => against.map((rival) => ({ calls, rival })));
		expect(pairs.length).toBeGreaterThan(10);
		const failing = pairs.filter(
			({ calls, rival }) => !separates(input.model, rival.inject(input.model), calls, start),
		);
		expect(failing).toEqual([]);
	});

	test("says of every rival either how it is told apart or that it cannot be", () => {
		const against = new Set(experiments.flatMap((experiment) => experiment.against));
		const rivals = claims.flatMap((claim) => claim.rivals);
		expect(rivals.filter((rival) => against.has(rival) === unobservable.has(rival))).toEqual([]);
	});
});

describe("what is cut out of a sequence", async () => {
	const { model, validation } = await inputFor("playlists.yaml");
	const input = await inputFor("playlists.yaml");
	const disputes = [...model.behaviours.keys()].flatMap((operation) => {
		const [sequence] = sequencesFor(input, operation);
		const calls = sequence?.calls ?? [];
		const rivals = claimsOf(model).filter((claim) => claim.operation === operation);
		return rivals
			.flatMap((claim) => claim.rivals)
			.map((rival) => ({ calls, rival: rival.inject(model), of: `${rival.claim} ${rival.name}` }));
	});

	test.each(disputes)("separates as the whole does: $of", ({ calls, rival }) => {
		const dispute = { model, rival, start };
		const kept = shrink(dispute, trackOf(model, start, calls), { whole: false });
		expect(kept === undefined).toBe(!separates(model, rival, calls, start));
		if (kept === undefined) return;
		expect(kept).toEqual(kept.toSorted((a, b) => a - b));
		const short = kept.map((index) => calls[index]).filter((call) => call !== undefined);
		expect(separates(model, rival, short, start)).toBe(true);
		const shown = shrinkValues(dispute, short, validation);
		expect(separates(model, rival, shown, start)).toBe(true);
		expect(JSON.stringify(shown).length).toBeLessThanOrEqual(JSON.stringify(short).length);
	});
});

test("a model parts from itself nowhere", async () => {
	const input = await inputFor("articles.yaml");
	const [sequence] = sequencesFor(input, "replaceArticle");
	const track = trackOf(input.model, start, sequence?.calls ?? []);
	expect(track.calls.length).toBeGreaterThan(20);
	expect(firstParting({ model: input.model, rival: { ...input.model }, start }, track)).toBeUndefined();
});
