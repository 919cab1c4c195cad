import { type Behaviour, lineage, type Model } from "../model/model.ts";
import { cleanUp } from "./cleanup.ts";
import { type Desk, startOf, startWorlds } from "./desk.ts";
import { live } from "./history.ts";
import { listIn } from "./list-in.ts";
import { compose, lentAt, type Made, make, satisfied, startStory, tell } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";
import { worldsAfter } from "./stage.ts";

/**
 * Looks into what lives inside of an item that was just made. Where something stands already, the service put it there:
 * from then on nobody says what all is there.
 */
export async function learnFilled(desk: Desk): Promise<void> {
	const inner = [...desk.model.resources.values()].filter(
		({ parent, kind }) => parent !== undefined && kind !== "singleton",
	);
	for (const [index, { name }] of inner.entries()) {
		const lister = listerOf(desk.model, name);
		if (lister === undefined || desk.stopReason() !== undefined) continue;
		if (await isFilled(desk, { name, lister, label: `f${index}` }))
			desk.model = { ...desk.model, filled: new Set([...(desk.model.filled ?? []), name]) };
	}
}

export function listerOf(model: Model, resource: string): Behaviour | undefined {
	return [...model.behaviours.values()].find(
		({ effect, answer }) => effect.kind === "list" && effect.resource === resource && answer.shows === "list",
	);
}

async function isFilled(
	desk: Desk,
	{ name, lister, label }: { name: string; lister: Behaviour; label: string },
): Promise<boolean> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, startOf(model), { source, validation });
	const inside: Made[] = [];
	for (const parent of lineage(model, name).slice(0, -1)) {
		const made = lentAt(story, parent.name, inside) ?? make(story, parent.name, inside);
		if (made === undefined) return false;
		inside.push(made);
	}
	// What lives inside of what somebody else made is open as it is.
	if (story.calls.length === 0) return false;
	const look = (): void => void tell(story, satisfied(story, compose(story, lister.operation.id, { inside })));
	look();
	const [last] = inside.slice(-1);
	const other = last === undefined ? undefined : make(story, last.resource, inside.slice(0, -1));
	if (other !== undefined) make(story, name, [...inside.slice(0, -1), other]);
	look();
	const history = await live(desk, startWorlds(model), story.calls);
	await cleanUp(desk, history, { worlds: worldsAfter(desk, history), thorough: true });
	const looks = history.turns.filter(({ call }) => call.operation === lister.operation.id);
	const counts = looks.map(({ told, body }) => (told?.status === 200 ? listIn(body, lister.answer.at).length : 0));
	const [before = 0, after = 0] = counts;
	// What grows when something is made elsewhere shows more than what stands here: that is no habit, but a fault.
	return before > 0 && after === before;
}
