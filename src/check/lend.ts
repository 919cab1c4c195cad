import type { Json } from "../http/exchange.ts";
import type { Call } from "../model/call.ts";
import { type Behaviour, lineage } from "../model/model.ts";
import type { Resource } from "../model/resource.ts";
import { containerOf } from "../model/state.ts";
import type { Value } from "../model/value.ts";
import { type Desk, startOf } from "./desk.ts";
import { listerOf } from "./learn-filled.ts";
import { listIn, memberOf } from "./list-in.ts";
import { compose, lentAt, type Made, makersOf, satisfied, startStory } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";

/**
 * Looks for items to work inside of where no operation makes any: the first that a list shows. Whoever has none of its
 * own borrows; what is borrowed is never changed or taken away.
 */
export async function borrowItems(desk: Desk): Promise<void> {
	const unmade = [...desk.model.resources.values()].filter(
		({ name, kind }) => kind === "collection" && makersOf(desk.model, name).length === 0,
	);
	const outermostFirst = unmade.toSorted(
		(a, b) => lineage(desk.model, a.name).length - lineage(desk.model, b.name).length,
	);
	for (const [index, resource] of outermostFirst.entries()) {
		if (desk.stopReason() !== undefined) return;
		const lister = listerOf(desk.model, resource.name);
		const isListed = resource.key?.property !== undefined && lister !== undefined;
		const isLent = isListed && (await borrow(desk, { resource, lister, label: `l${index}` }));
		if (!isLent) await borrowNamed(desk, resource, `l${index}`);
	}
}

interface Borrowing {
	readonly resource: Resource;
	readonly lister: Behaviour;
	readonly label: string;
}

async function borrow(desk: Desk, { resource, lister, label }: Borrowing): Promise<boolean> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, startOf(model), { source, validation });
	const inside: Made[] = [];
	for (const parent of lineage(model, resource.name).slice(0, -1)) {
		const lent = lentAt(story, parent.name, inside);
		if (lent === undefined) return false;
		inside.push(lent);
	}
	const call: Call = satisfied(story, compose(story, lister.operation.id, { inside }));
	const turn = await desk.session.send(call, new Map());
	const [key] = keysShown(turn?.told?.status === 200 ? turn.body : undefined, lister.answer.at, resource);
	if (key === undefined) return false;
	lend(desk, containerOf(resource.name, inside.at(-1)), key);
	return true;
}

function lend(desk: Desk, container: string, key: Value): void {
	desk.model = { ...desk.model, standing: new Map([...(desk.model.standing ?? []), [container, [key]]]) };
}

/**
 * Of what nothing makes and nothing lists, one that a client knows by name: the document's example, and on a target of
 * ours any. Who answers what stands inside of it has it.
 */
async function borrowNamed(desk: Desk, { name }: Resource, label: string): Promise<void> {
	const { model, validation, seed, marker } = desk;
	const chain = lineage(model, name);
	const reader = [...model.behaviours.values()].find(
		({ operation, keys }) =>
			operation.method === "GET" && keys.size === chain.length && chain.every((one) => keys.has(one.name)),
	);
	const parameter = reader?.operation.parameters.find((one) => one.in === "path" && one.name === reader.keys.get(name));
	if (reader === undefined || parameter === undefined) return;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, startOf(model), { source, validation });
	const inside: Made[] = [];
	for (const parent of chain.slice(0, -1)) {
		const lent = lentAt(story, parent.name, inside);
		if (lent === undefined) return;
		inside.push(lent);
	}
	const container = containerOf(name, inside.at(-1));
	const key = (parameter.examples[0]?.value as Value | undefined) ?? (desk.disposable ? source.fresh(name) : undefined);
	if (typeof key !== "string" && typeof key !== "number") return;
	const named: Made = { resource: name, container, key };
	const turn = await desk.session.send(
		compose(story, reader.operation.id, { inside: [...inside, named], key }),
		new Map(),
	);
	const status = turn?.told?.status ?? 0;
	if (status >= 200 && status < 300) lend(desk, container, key);
}

/** The keys of the items that an answer lists. */
function keysShown(body: Json | undefined, at: string, { key }: Resource): readonly Value[] {
	return listIn(body, at).flatMap((item) => {
		const value = memberOf(item, key?.property ?? "");
		return typeof value === "string" || typeof value === "number" ? [value] : [];
	});
}
