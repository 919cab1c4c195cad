import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call, Flaw } from "./call.ts";
import { claimsOf } from "./claim.ts";
import { judge } from "./judge.ts";
import type { Model } from "./model.ts";
import { outcomes } from "./outcome.ts";
import {
	APP_STORE,
	PET_STORE,
	type SampleOperations,
	SETTINGS_STORE,
	STEP_STORE,
	sampleCall,
	sampleModel,
} from "./sample-model.ts";
import { sceneOf } from "./scene.ts";
import { type ServerOrder, separates, simulate } from "./simulate.ts";
import { apply, emptyState, type State, viewOf } from "./state.ts";
import { serverValue, type Value } from "./value.ts";

const FLAW: Flaw = { in: "body", at: "/limit", keyword: "type", message: "must be an integer" };
const flaws = fc.constantFrom<readonly Flaw[]>([], [], [], [FLAW]);
const app = fc.record({ app_id: fc.constantFrom("a", "b", "A") });
const cid = fc.constantFrom("1", "2", "12");
const cids = fc.uniqueArray(cid, { maxLength: 3 });

const appCalls: fc.Arbitrary<Call> = fc.oneof(
	fc
		.tuple(
			app,
			fc.record(
				{ url: fc.constantFrom("first", "second"), limit: fc.integer({ min: 1, max: 3 }) },
				{ requiredKeys: [] },
			),
			flaws,
		)
		.map(([path, body, broken]) => sampleCall("upsertApp", path, { body, flaws: broken })),
	fc
		.tuple(fc.constantFrom("getApp", "deleteApp", "listCids"), app)
		.map(([operation, path]) => sampleCall(operation, path)),
	fc.tuple(app, cids).map(([path, body]) => sampleCall("replaceCids", path, { body })),
	fc.tuple(app, cid).map(([path, one]) => sampleCall("removeCid", { ...path, cid: one })),
);

/** Keys that the server makes are known by the call that makes them, the first of the sequence being c0. */
const petKey = fc.oneof(
	fc.nat(5).map((index): Value => serverValue("unique", `pets#c${index}`)),
	fc.constant<Value>("never"),
);
const toyKey = fc.nat(7).map((index): Value => serverValue("unique", `toys#c${index}`));
const petBody = fc.record(
	{ name: fc.constantFrom("Rexie", "Bella"), tag: fc.constantFrom("dogs", "cats") },
	{ requiredKeys: ["name"] },
);

const petCalls: fc.Arbitrary<Call> = fc.oneof(
	petBody.map((body) => sampleCall("createPet", {}, { body })),
	fc.constant(sampleCall("listPets")),
	fc
		.tuple(fc.constantFrom("getPet", "deletePet", "listToys"), petKey)
		.map(([operation, petId]) => sampleCall(operation, { petId })),
	fc
		.tuple(fc.constantFrom("replacePet", "patchPet"), petKey, petBody)
		.map(([operation, petId, body]) => sampleCall(operation, { petId }, { body })),
	fc
		.tuple(petKey, fc.constantFrom("ball", "bone"))
		.map(([petId, label]) => sampleCall("createToy", { petId }, { body: { label } })),
	fc
		.tuple(fc.constantFrom("getToy", "deleteToy"), petKey, toyKey)
		.map(([operation, petId, toyId]) => sampleCall(operation, { petId, toyId })),
);

const settings = fc.record(
	{ theme: fc.constantFrom("dark", "blue"), size: fc.integer({ min: 2, max: 4 }) },
	{ requiredKeys: [] },
);
const settingsCalls: fc.Arbitrary<Call> = fc.oneof(
	fc.constant(sampleCall("getSettings")),
	fc
		.tuple(fc.constantFrom("replaceSettings", "patchSettings"), settings)
		.map(([operation, body]) => sampleCall(operation, {}, { body })),
);

const steps = fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 });
const stepCalls: fc.Arbitrary<Call> = fc.oneof(
	fc.constantFrom(sampleCall("listSteps"), sampleCall("clearSteps")),
	fc
		.tuple(fc.constantFrom("replaceSteps", "appendSteps"), steps)
		.map(([operation, body]) => sampleCall(operation, {}, { body })),
);

/** Every call is tagged by its place, as a plan tags it. */
const sequenceOf = (calls: fc.Arbitrary<Call>): fc.Arbitrary<readonly Call[]> =>
	fc
		.array(calls, { minLength: 1, maxLength: 14 })
		.map((all) => all.map((call, index) => ({ ...call, tag: `c${index}` })));

const SAMPLES: readonly (readonly [string, SampleOperations, fc.Arbitrary<Call>])[] = [
	["items under the clients' keys, with a set inside", APP_STORE, appCalls],
	["items under the server's keys, with items inside", PET_STORE, petCalls],
	["one value", SETTINGS_STORE, settingsCalls],
	["a list in order", STEP_STORE, stepCalls],
];
const orders = fc.constantFrom<ServerOrder>("created", "reversed");
const starts = fc.boolean().map(emptyState);

const judged = (
	model: Model,
	start: State,
	[by, order, calls]: readonly [Model, ServerOrder, readonly Call[]],
): string => judge(model, [{ state: start, bindings: new Map() }], simulate(by, start, calls, order)).kind;

describe.each(SAMPLES)("on %s", (_, operations, calls) => {
	test("what a model answers it admits, in whichever order the server lists", async () => {
		const model = await sampleModel(operations);
		fc.assert(
			fc.property(sequenceOf(calls), orders, starts, (sequence, order, start) => {
				expect(judged(model, start, [model, order, sequence])).toBe("admitted");
			}),
		);
	});

	test("every rival admits what it answers itself, the liars too", async () => {
		const model = await sampleModel(operations);
		const rivals = claimsOf(model).flatMap((claim) => claim.rivals);
		fc.assert(
			fc.property(sequenceOf(calls), orders, fc.constantFrom(...rivals), (sequence, order, rival) => {
				const other = rival.inject(model);
				expect([rival.claim, rival.name, judged(other, emptyState(false), [other, order, sequence])]).toEqual([
					rival.claim,
					rival.name,
					"admitted",
				]);
			}),
		);
	});

	test("a rival that a sequence separates is rejected on it, and so is the model by the rival", async () => {
		const model = await sampleModel(operations);
		const rivals = claimsOf(model).flatMap((claim) => claim.rivals);
		fc.assert(
			fc.property(sequenceOf(calls), orders, fc.constantFrom(...rivals), (sequence, order, rival) => {
				const other = rival.inject(model);
				const start = emptyState(false);
				fc.pre(separates(model, other, sequence, start));
				expect(judged(model, start, [other, order, sequence])).toBe("rejected");
				expect(judged(other, start, [model, order, sequence])).toBe("rejected");
			}),
			{ numRuns: 30 },
		);
	});

	test("outcomes are the same when they are asked for again, and change no state", async () => {
		const model = await sampleModel(operations);
		fc.assert(
			fc.property(sequenceOf(calls), (sequence) => {
				let state = emptyState(false);
				for (const call of sequence) {
					const scene = sceneOf(model, viewOf(state), call);
					const before = [...state.containers];
					const [first, ...others] = outcomes(scene);
					expect([first, ...others]).toEqual([...outcomes(scene)]);
					expect([...state.containers]).toEqual(before);
					state = apply(state, first?.changes ?? []);
				}
			}),
			{ numRuns: 30 },
		);
	});

	test("some outcome is always admitted, and an excuse comes last", async () => {
		const model = await sampleModel(operations);
		fc.assert(
			fc.property(sequenceOf(calls), (sequence) => {
				const last = sequence.at(-1) as Call;
				const kinds = [...outcomes(sceneOf(model, viewOf(emptyState(false)), last))].map(({ kind }) => kind);
				expect(kinds.length).toBeGreaterThan(1);
				expect(kinds.indexOf("excused")).toBe(kinds.length - 1);
			}),
			{ numRuns: 30 },
		);
	});
});
