import { resourceActedOn } from "../model/effect.ts";
import { type Behaviour, behaviourOf, lineage, withBehaviour } from "../model/model.ts";
import type { Pager } from "../model/query/pager.ts";
import { identify, type Value } from "../model/value.ts";
import { cleanUp } from "./cleanup.ts";
import { type Desk, startOf, startWorlds } from "./desk.ts";
import { live } from "./history.ts";
import { listIn } from "./list-in.ts";
import { compose, lentAt, type Made, make, satisfied, startStory, tell } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";
import type { Turn } from "./session.ts";
import { worldsAfter } from "./stage.ts";

/**
 * Where a document does not say with which number pages begin, the service is asked: the page that shows what comes
 * without any number is the first. Where that does not tell, no number is believed to name a certain page.
 */
export async function learnBases(desk: Desk): Promise<void> {
	for (const [index, id] of [...desk.operations].entries()) {
		const behaviour = behaviourOf(desk.model, id);
		const pager = behaviour.query?.pager;
		if (behaviour.effect.kind !== "list" || pager?.baseIsUsual !== true || desk.stopReason() !== undefined) continue;
		const base = await firstNumber(desk, behaviour, { pager, label: `b${index}` });
		const { baseIsUsual: _, ...known } = pager;
		const learned: Pager =
			base === undefined ? { ...known, base: pager.base, isAskedBlindly: true } : { ...known, base };
		desk.model = withBehaviour(desk.model, id, { query: { filters: [], ...behaviour.query, pager: learned } });
	}
}

interface Asked {
	readonly pager: Pager;
	readonly label: string;
}

/** Two items, and parts of one: without a number, and with those that may be the first. */
async function firstNumber(desk: Desk, behaviour: Behaviour, { pager, label }: Asked): Promise<0 | 1 | undefined> {
	const { at, size, sizes } = pager;
	const resource = resourceActedOn(behaviour.effect);
	if (at === undefined || size === undefined || sizes.min > 1 || resource === undefined) return undefined;
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, startOf(model), { source, validation });
	const inside: Made[] = [];
	for (const parent of lineage(model, resource).slice(0, -1)) {
		const made = lentAt(story, parent.name, inside) ?? make(story, parent.name, inside);
		if (made === undefined) return undefined;
		inside.push(made);
	}
	for (let item = 0; item < 2; item++) make(story, resource, inside);
	const call = satisfied(story, compose(story, behaviour.operation.id, { inside }));
	for (const number of [undefined, 0, 1, undefined]) {
		const part = number === undefined ? {} : { [at]: number };
		tell(story, { ...call, query: { ...call.query, [size]: 1, ...part } });
	}
	const history = await live(desk, startWorlds(model), story.calls);
	await cleanUp(desk, history, { worlds: worldsAfter(desk, history), thorough: true });
	const looks = history.turns.filter((turn) => turn.call.operation === behaviour.operation.id);
	const [plain, zero, one, again] = looks.map((turn) => shownIn(turn, behaviour));
	// Where others write at the same time, or an order is another each time, nothing is told.
	if (plain === undefined || plain === "[]" || plain !== again) return undefined;
	// Who has no page 0 may take it for the first.
	return plain === one ? 1 : plain === zero ? 0 : undefined;
}

function shownIn({ told, body }: Turn, { answer }: Behaviour): string | undefined {
	return told?.status === 200 ? identify([...listIn(body, answer.at)] as Value) : undefined;
}
