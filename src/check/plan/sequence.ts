import type { Call } from "../../model/call.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { type Behaviour, lineage, type Model, resourceNamed } from "../../model/model.ts";
import { holdsMembers } from "../../model/resource.ts";
import { resourceOf } from "../../model/state.ts";
import type { Value } from "../../model/value.ts";
import { observe } from "./observe.ts";
import type { PlanInput } from "./plan.ts";
import type { Recipes } from "./recipe.ts";
import { focusOf } from "./scenario.ts";
import {
	compose,
	entriesOf,
	lentAt,
	type Made,
	make,
	makersOf,
	placeOf,
	type Story,
	satisfied,
	startStory,
	tell,
} from "./story.ts";
import { createValueSource } from "./value-source.ts";

/** One step of a random sequence, as numbers: smaller ones are simpler, so that shrinking shortens what they stand for. */
export interface Choice {
	/** Which operation; beyond them, the one before once more. */
	readonly operation: number;
	/** Which of the items that are there; beyond them, one that is not. */
	readonly target: number;
	/** Which of the ways to fill a body. */
	readonly body: number;
}

/** The calls that choices stand for, and how their keys were made. */
export interface Told {
	readonly calls: readonly Call[];
	readonly recipes: Recipes;
	/** The operation whose effect the last write of the sequence has. */
	readonly operation: string | undefined;
}

/** Beyond so many calls nobody reads a proof. */
const CALLS_MAX = 40;

/**
 * Operations that random sequences are made of: what they do is known, and what they need can be made. An operation that
 * may do anything would end what is known.
 */
export function playable({ model, operations }: Pick<PlanInput, "model" | "operations">): readonly Behaviour[] {
	return [...model.behaviours.values()].filter((behaviour) => {
		const { effect, operation } = behaviour;
		if (!operations.has(operation.id) || effect.kind === "opaque") return false;
		const focus = focusOf(model, behaviour);
		return focus !== undefined && parentsOf(model, focus).every((parent) => canBeThere(model, parent));
	});
}

/** An item that can be made, or is there to work inside of. */
function canBeThere(model: Model, resource: string): boolean {
	const isLent = [...(model.standing?.keys() ?? [])].some((container) => resourceOf(container) === resource);
	return isLent || makersOf(model, resource).length > 0;
}

function parentsOf(model: Model, resource: string): readonly string[] {
	return lineage(model, resource)
		.slice(0, -1)
		.map(({ name }) => name);
}

/**
 * Tells what random choices stand for: each names an operation and what it is aimed at in the state that is there by
 * then. In the end everything that was touched is read. The same choices give the same calls.
 */
export function tellSequence(input: PlanInput, choices: readonly Choice[], label: string): Told {
	const { model, validation, seed, start } = input;
	const source = createValueSource({ model, validation, seed, marker: "plan", label });
	const story = startStory(model, start, { source, validation });
	const candidates = playable(input);
	const touched = new Map<string, Touched>();
	let operation: string | undefined;
	let behaviour: Behaviour | undefined;
	for (const choice of choices) {
		// What is beyond them is the same once more: many a mistake shows when something is done twice.
		behaviour = candidates[choice.operation] ?? behaviour ?? candidates[0];
		if (behaviour === undefined || story.calls.length >= CALLS_MAX) break;
		const place = step(story, behaviour, choice);
		if (place === undefined) continue;
		touched.set(`${place.focus} ${place.chain.map(({ container }) => container).join()}`, place);
		if (lawOf(behaviour.effect).writes) operation = behaviour.operation.id;
	}
	for (const { focus, chain } of touched.values()) observe(story, { focus, chains: [chain, []] });
	return { calls: story.calls, recipes: source.recipes, operation };
}

interface Touched {
	readonly focus: string;
	readonly chain: readonly Made[];
}

function step(story: Story, behaviour: Behaviour, choice: Choice): Touched | undefined {
	const focus = focusOf(story.model, behaviour);
	if (focus === undefined) return undefined;
	const chain: Made[] = [];
	for (const parent of parentsOf(story.model, focus)) {
		const made =
			standing(story, parent, { chain, target: choice.target }) ??
			lentAt(story, parent, chain) ??
			make(story, parent, chain);
		if (made === undefined) return undefined;
		chain.push(made);
	}
	const own = resourceActedOn(behaviour.effect);
	const key = own !== undefined && behaviour.keys.has(own) ? targetIn(story, own, { chain, choice }) : undefined;
	const body = bodyFor(story, behaviour, { focus, chain, choice });
	tell(story, satisfied(story, compose(story, behaviour.operation.id, { inside: chain, key, body })));
	return { focus, chain };
}

/** An item that is there; undefined when none is, or when the choice is to make another. */
function standing(
	story: Story,
	resource: string,
	{ chain, target }: { chain: readonly Made[]; target: number },
): Made | undefined {
	const container = placeOf(story.model, resource, chain);
	const entries = entriesOf(story, container);
	const key = entries[target % Math.max(1, entries.length)]?.key;
	return key === undefined ? undefined : { resource, container, key };
}

/** One of the items that are there, a new one, or one that is not. */
function targetIn(
	story: Story,
	resource: string,
	{ chain, choice }: { chain: readonly Made[]; choice: Choice },
): Value | undefined {
	const entries = entriesOf(story, placeOf(story.model, resource, chain));
	const key = entries[choice.target % (entries.length + 1)]?.key;
	const made = key === undefined && choice.target > 0 ? make(story, resource, chain)?.key : undefined;
	return key ?? made ?? story.source.fresh(resource);
}

function bodyFor(
	story: Story,
	behaviour: Behaviour,
	{ focus, chain, choice }: { focus: string; chain: readonly Made[]; choice: Choice },
): Value | undefined {
	const schema = bodySchema(behaviour.operation);
	if (schema === undefined || behaviour.operation.body === undefined) return undefined;
	if (!holdsMembers(resourceNamed(story.model, focus)) || resourceActedOn(behaviour.effect) !== focus)
		return story.source.body(behaviour.operation.id, choice.body % 2 === 0 ? "none" : "all");
	const now = entriesOf(story, placeOf(story.model, focus, chain)).map(({ key }) => key);
	const kept = now.filter((_, index) => (choice.body >> index) % 2 === 1);
	const fresh = story.source.fresh(focus);
	return choice.target % 2 === 0 && fresh !== undefined ? [...kept, fresh] : kept;
}
