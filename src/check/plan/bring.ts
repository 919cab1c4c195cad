import { partsOf, resourceActedOn } from "../../model/effect.ts";
import type { When } from "../../model/guard/when.ts";
import { when } from "../../model/guard/when.ts";
import { withFields } from "../../model/law/set.ts";
import type { Behaviour } from "../../model/model.ts";
import type { Entry } from "../../model/state.ts";
import { identify, type Value } from "../../model/value.ts";
import { compose, entriesOf, type Made, make, placeOf, type Story, satisfied, supply, tell } from "./story.ts";

/** How many actions in a row may lead to a standing. */
const STEPS_MAX = 3;

/** Where an item is wanted, of which resource, and what must be so of it. */
export interface Wanted {
	readonly resource: string;
	readonly inside: readonly Made[];
	readonly isFit: (entry: Entry) => boolean;
}

/**
 * Sees to it that some item has a standing, by the actions that lead there: a ticket is made and closed. Nothing is done
 * where one has it already, or where no action that is known leads to it.
 */
export function bring(story: Story, wanted: Wanted): void {
	const container = placeOf(story.model, wanted.resource, wanted.inside);
	if (entriesOf(story, container).some(wanted.isFit)) return;
	const made = make(story, wanted.resource, wanted.inside);
	const entry = made === undefined ? undefined : entryOf(story, container, made.key);
	const steps = entry === undefined ? undefined : stepsTo(story, wanted, entry);
	if (made === undefined || steps === undefined) return;
	for (const step of steps) {
		supply(story, step);
		const body = step.operation.body === undefined ? undefined : story.source.body(step.operation.id, "all");
		tell(story, satisfied(story, compose(story, step.operation.id, { inside: wanted.inside, key: made.key, body })));
	}
}

/** Brings items into the standings that an operation's guards ask for, or rule out. */
export function bringFor(
	story: Story,
	{ guards }: Behaviour,
	{ focus, inside, to }: { focus: string; inside: readonly Made[]; to: "fit" | When },
): void {
	const own = guards.filter((guard) => guard.kind === "when" && (guard.of ?? focus) === focus) as readonly When[];
	const isFit = (entry: Entry): boolean =>
		own.every((guard) => (when.fits?.(guard, entry) === "no") === (guard === to));
	if (to === "fit") {
		// What nobody knows to be wrong is tried as it is.
		const container = placeOf(story.model, focus, inside);
		const isOpen = entriesOf(story, container).some((entry) =>
			own.every((guard) => when.fits?.(guard, entry) !== "no"),
		);
		if (own.length === 0 || isOpen) return;
	}
	bring(story, { resource: focus, inside, isFit });
}

function entryOf(story: Story, container: string, key: Value): Entry | undefined {
	return entriesOf(story, container).find((entry) => identify(entry.key) === identify(key));
}

/** The shortest way by actions that set fields, each of which may be done as far as is known. */
function stepsTo(story: Story, { resource, isFit }: Wanted, from: Entry): readonly Behaviour[] | undefined {
	const actions = [...story.model.behaviours.values()].filter(
		({ effect }) => settingOf(effect, resource) !== undefined,
	);
	let ways: readonly { readonly entry: Entry; readonly steps: readonly Behaviour[] }[] = [{ entry: from, steps: [] }];
	for (let count = 0; count < STEPS_MAX; count++) {
		ways = ways.flatMap(({ entry, steps }) =>
			actions
				.filter((action) => mayBeDone(action, resource, entry))
				.map((action) => ({
					entry: withFields(entry, settingOf(action.effect, resource) ?? {}),
					steps: [...steps, action],
				})),
		);
		const there = ways.find(({ entry }) => isFit(entry));
		if (there !== undefined) return there.steps;
	}
	return undefined;
}

function settingOf(effect: Behaviour["effect"], resource: string): Readonly<Record<string, Value>> | undefined {
	for (const part of partsOf(effect)) {
		const left = part.kind === "set" ? part.to : part.kind === "remove" ? part.keeps : undefined;
		if (left !== undefined && resourceActedOn(part) === resource) return left;
	}
	return undefined;
}

function mayBeDone({ guards }: Behaviour, resource: string, entry: Entry): boolean {
	return guards.every(
		(guard) => guard.kind !== "when" || (guard.of ?? resource) !== resource || when.fits?.(guard, entry) !== "no",
	);
}
