import { type Behaviour, resourceNamed } from "../../model/model.ts";
import type { Value } from "../../model/value.ts";
import { cleanUp, removerOf } from "../cleanup.ts";
import { type Desk, startOf, startWorlds } from "../desk.ts";
import { live } from "../history.ts";
import { compose, make, makersOf, type Story, startStory, tell } from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";
import { worldsAfter } from "../stage.ts";

/**
 * Puts items into a list that differ in what only the server knows: in what they refer to, and in having been taken away
 * where that leaves them there. Gives what takes them away again; a list that nobody fills is left as it is.
 */
export async function furnishList(desk: Desk, { effect }: Behaviour): Promise<() => Promise<void>> {
	const { model, validation, seed, marker } = desk;
	const name = effect.kind === "list" ? effect.resource : "";
	if (makersOf(model, name).length === 0) return async () => {};
	const source = createValueSource({ model, validation, seed, marker, label: `f${desk.serial()}` });
	const story = startStory(model, startOf(model), { source, validation });
	makeTwo(story, name);
	const history = await live(desk, startWorlds(model), story.calls);
	return () => cleanUp(desk, history, { worlds: worldsAfter(desk, history), thorough: true });
}

function makeTwo(story: Story, name: string): void {
	const { refers = new Map() } = resourceNamed(story.model, name);
	const made = [1, 2].map(() => {
		const fields = [...refers].flatMap(([field, { resource }]): [string, Value][] => {
			const named = makersOf(story.model, resource).length === 0 ? undefined : make(story, resource, []);
			return named === undefined ? [] : [[field, named.key]];
		});
		return make(story, name, [], { fields: Object.fromEntries(fields) });
	});
	const remover = removerOf(story.model, name);
	const [first] = made;
	if (remover?.effect.kind !== "remove" || remover.effect.keeps === undefined || first === undefined) return;
	tell(story, compose(story, remover.operation.id, { inside: [], key: first.key }));
}
