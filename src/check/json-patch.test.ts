import { applyPatch, type Operation } from "rfc6902";
import { describe, expect, test } from "vitest";
import { type SampleOperations, sampleObject } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { acceptSchema } from "./fixture/document.ts";
import { type Answer, type Asked, Refusal, type Routes } from "./fixture/serve.ts";

const FIELDS = {
	"title!": { type: "string", minLength: 1, maxLength: 40 },
	steps: { type: "array", items: { type: "string", maxLength: 20 }, maxItems: 20 },
	place: sampleObject({ city: { type: "string", maxLength: 30 }, street: { type: "string", maxLength: 30 } }),
	note: { type: ["string", "null"], maxLength: 40 },
};
const CARD = sampleObject({ "id!": { type: "string", readOnly: true }, ...FIELDS });
const OP = { enum: ["add", "remove", "replace", "move", "copy", "test"] };
const POINTER = { type: "string", pattern: "^(/.*)?$" };
const PATCH = {
	type: "array",
	minItems: 1,
	items: sampleObject({ "op!": OP, "path!": POINTER, from: POINTER, value: {} }),
};
const OPERATIONS: SampleOperations = {
	"POST /cards": { id: "createCard", body: sampleObject(FIELDS), answers: { 201: CARD, 400: null } },
	"GET /cards/{id}": { id: "getCard", answers: { 200: CARD, 404: null } },
	"PATCH /cards/{id}": {
		id: "patchCard",
		body: PATCH,
		takes: "application/json-patch+json",
		answers: { 200: CARD, 400: null, 404: null, 409: null },
	},
	"DELETE /cards/{id}": { id: "deleteCard", answers: { 204: null, 404: null } },
};

const acceptCard = acceptSchema(sampleObject(FIELDS) as object);
const acceptPatch = acceptSchema(PATCH);

type Card = Readonly<Record<string, unknown>>;
type Step = { readonly op: string; readonly path: string; readonly value?: unknown };

/** Applies one operation after another; the first that fails ends it, and nothing was done. */
function sound(card: Card, steps: readonly Step[]): Card {
	const patched = structuredClone(card);
	for (const step of steps) {
		const [error] = applyPatch(patched, [structuredClone(step) as Operation]);
		if (error !== null || !Object.hasOwn(patched, "title"))
			throw new Refusal(409, `${step.op} ${step.path} cannot be done`);
	}
	return patched;
}

/** Cards of which one operation is a JSON Patch, applied in some way. */
function cards(
	patch: (card: Card, steps: readonly Step[], keep: (card: Card) => void) => Card,
	show: (card: Card) => Card = (card) => card,
): Routes {
	const kept = new Map<string, Card>();
	let last = 0;
	const found = ({ names: [id = ""] }: Asked): Card => {
		const card = kept.get(id);
		if (card === undefined) throw new Refusal(404, "there is no such card");
		return card;
	};
	const keep = (card: Card): Answer => {
		kept.set(String(card.id), card);
		return [200, show(card)];
	};
	return {
		"POST /cards": ({ body }) => [201, keep({ ...(acceptCard(body) as Card), id: `c${++last}` })[1]],
		"GET /cards/{}": (asked) => [200, show(found(asked))],
		"PATCH /cards/{}": (asked) => {
			const card = found(asked);
			return keep({ ...patch(card, acceptPatch(asked.body) as readonly Step[], keep), id: card.id });
		},
		"DELETE /cards/{}": (asked) => {
			kept.delete(String(found(asked).id));
			return [204];
		},
	};
}

const isInList = ({ op, path }: Step): boolean => op === "add" && /^\/steps\//.test(path);
/** Each operation changed before it is applied. */
const turned =
	(change: (step: Step, card: Card) => Step | undefined) =>
	(card: Card, steps: readonly Step[]): Card =>
		steps.reduce((current, step) => {
			const other = change(step, current);
			return other === undefined ? current : sound(current, [other]);
		}, card);

const effect = (observed: string): string => `effect of patchCard: documented JSON Patch, observed ${observed}`;
const GUARD = "documented 409 or 400 when an operation cannot be applied";

const FAULTS: Readonly<Record<string, readonly [Parameters<typeof cards>[0], string]>> = {
	"nothing is changed": [(card) => card, effect("ignore")],
	"it is taken for a merge patch": [
		turned((step, card) => {
			const before = card[step.path.slice(1)];
			if (step.op === "remove" || typeof step.value !== "object" || Array.isArray(step.value)) return step;
			return { ...step, value: { ...(before as object), ...step.value } };
		}),
		effect("merge"),
	],
	"an element that is added takes the place of another": [
		turned((step) => (isInList(step) && !step.path.endsWith("-") ? { ...step, op: "replace" } : step)),
		effect("add replaces the element"),
	],
	"an element that is added goes to the end": [
		turned((step) => (isInList(step) ? { ...step, path: "/steps/-" } : step)),
		effect("add appends"),
	],
	"an element that is added is all that is left": [
		turned((step) => (isInList(step) ? { op: "replace", path: "/steps", value: [step.value] } : step)),
		effect("add replaces the list"),
	],
	"nothing is taken away": [turned((step) => (step.op === "remove" ? undefined : step)), effect("removes nothing")],
	"only the first operation is done": [
		(card, steps) => sound(card, steps.slice(0, 1)),
		effect("only the first operation"),
	],
	"a test is not looked at": [
		(card, steps) =>
			sound(
				card,
				steps.filter(({ op }) => op !== "test"),
			),
		`guard of patchCard: ${GUARD}, observed test is ignored`,
	],
	"what cannot be done is left out": [
		turned((step, card) => {
			try {
				sound(card, [step]);
				return step;
			} catch {
				return undefined;
			}
		}),
		`guard of patchCard: ${GUARD}, observed not enforced`,
	],
	"what stands before a failure is kept": [
		(card, steps, keep) =>
			steps.reduce((current, step) => {
				const next = sound(current, [step]);
				keep(next);
				return next;
			}, card),
		`failed-write-changed-state of patchCard: documented a refused request changes nothing, observed applied in part`,
	],
};

const phases = ["examples", "values", "experiments"] as const;

describe("of a JSON Patch the check finds that", () => {
	test.each(Object.entries(FAULTS))("%s", async (_, [patch, found]) => {
		const lines = linesOf(await checkSample(OPERATIONS, cards(patch), { phases }));
		expect(lines).toContain(found);
		// What does nothing refuses nothing.
		expect(lines.filter((line) => line !== found && !line.endsWith("not enforced"))).toEqual([]);
	});
});

describe("a JSON Patch is as documented where", () => {
	test.each<[string, Routes]>([
		["it is applied as a whole", cards(sound)],
		["what is taken away is shown as null", cards(sound, (card) => ({ note: null, ...card }))],
		[
			"it may change the title only",
			cards((card, steps) => {
				if (steps.some(({ path }) => path !== "/title")) throw new Refusal(409, "only the title may change");
				return sound(card, steps);
			}),
		],
	])("%s", async (_, routes) => {
		const run = await checkSample(OPERATIONS, routes);
		expect(linesOf(run)).toEqual([]);
	});

	test("every rival of it is excluded", async () => {
		const { claims } = await checkSample(OPERATIONS, cards(sound), { phases });
		const own = claims.filter(({ operation, sentence }) => operation.id === "patchCard" && !sentence.includes("input"));
		expect(own.map(({ sentence, verdict }) => [sentence, verdict])).toEqual([
			["applies the operations of a JSON Patch to the item", "agrees"],
			["answers 404 unless the card exists", "agrees"],
			["answers 409 or 400 when an operation cannot be applied, and applies none", "agrees"],
		]);
		const left = own.flatMap(({ rivals }) => rivals.filter(({ excluded }) => !excluded));
		// The server makes the keys: no other one is known.
		expect(left.map(({ name }) => name)).toEqual(["case is ignored"]);
	});
});
