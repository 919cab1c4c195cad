import type { Call } from "../../model/call.ts";
import { credentialField } from "../../model/credential.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { type Behaviour, behaviourOf, lineage, type Model } from "../../model/model.ts";
import { identify, isObject, type Value } from "../../model/value.ts";
import { compose, entriesOf, type Made, placeOf, type Story, satisfied, sceneIn, tell } from "./story.ts";

export interface Observed {
	readonly focus: string | undefined;
	/** Other resources in which something may show. */
	readonly also?: readonly string[];
	readonly chains: readonly [readonly Made[], readonly Made[]];
}

/** How many items of one container, present or past, are read one by one. */
const ITEMS_MAX = 5;
/** How many of the credentials that an item has held are tried. */
const CREDENTIALS_MAX = 5;

/** Looks at everything that the resource in focus may have changed: itself, its parents, what lives inside, who uses it. */
export function observe(story: Story, { focus, also = [], chains }: Observed): void {
	if (focus === undefined) return;
	const family = new Set([focus, ...also].flatMap((name) => [...familyOf(story.model, name)]));
	const readers = [...story.model.behaviours.values()].filter(({ effect }) => isReaderOf(effect, family));
	for (const chain of chains) {
		if (chain === chains[1] && chain.length === 0) continue;
		for (const reader of readers) for (const call of readings(story, reader, { focus, chain })) tell(story, call);
	}
	for (const user of usersOf(story.model, family))
		for (const call of usings(story, user, { focus, chains })) tell(story, call);
}

/** Every reader at the very place that a call named, whether or not anything should be there. */
export function observeAt(story: Story, call: Call): void {
	const { keys } = behaviourOf(story.model, call.operation);
	const named = [...keys].flatMap(([resource, parameter]) => {
		const key = call.path[parameter];
		return key === undefined ? [] : [{ resource, container: "", key }];
	});
	for (const reader of story.model.behaviours.values()) {
		const reads = reader.effect.kind === "read" || reader.effect.kind === "list";
		const needed = [...reader.keys.keys()];
		if (!reads || needed.length === 0 || !needed.every((resource) => keys.has(resource))) continue;
		const own = resourceActedOn(reader.effect);
		const key = named.find(({ resource }) => resource === own)?.key;
		tell(story, compose(story, reader.operation.id, { inside: named, ...(reader.keys.has(own ?? "") ? { key } : {}) }));
	}
}

function familyOf(model: Model, focus: string): ReadonlySet<string> {
	const above = lineage(model, focus).map(({ name }) => name);
	const below = [...model.resources.values()]
		.filter(({ name }) => lineage(model, name).some((one) => one.name === focus))
		.map(({ name }) => name);
	return new Set([...above, ...below]);
}

function isReaderOf(effect: Behaviour["effect"], family: ReadonlySet<string>): boolean {
	const resource = resourceActedOn(effect);
	return resource !== undefined && family.has(resource) && (effect.kind === "read" || effect.kind === "list");
}

/** The calls by which one reader shows what is inside a chain: a list once, a read once for each item there ever was. */
function readings(
	story: Story,
	reader: Behaviour,
	{ focus, chain }: { focus: string; chain: readonly Made[] },
): readonly Call[] {
	const resource = resourceActedOn(reader.effect) ?? focus;
	const parents = lineage(story.model, resource).slice(0, -1);
	const insides = parents.reduce<readonly (readonly Made[])[]>(
		(found, parent) => {
			return found.flatMap((inside) => itemsAt(story, parent.name, { inside, chain }).map((made) => [...inside, made]));
		},
		[[]],
	);
	return insides.flatMap((inside) => {
		if (!reader.keys.has(resource)) return [compose(story, reader.operation.id, { inside })];
		return itemsAt(story, resource, { inside, chain }).map(({ key }) =>
			compose(story, reader.operation.id, { inside, key }),
		);
	});
}

/** The chain's own item where it names one, else all items that are or were there. */
function itemsAt(
	story: Story,
	resource: string,
	{ inside, chain }: { inside: readonly Made[]; chain: readonly Made[] },
): readonly Made[] {
	const named = chain.find((made) => made.resource === resource);
	if (named !== undefined) return [named];
	const container = placeOf(story.model, resource, inside);
	const keys = [...entriesOf(story, container).map(({ key }) => key), ...(story.state.gone.get(container) ?? [])];
	const distinct = new Map(keys.map((key) => [identify(key), key]));
	return [...distinct.values()].slice(0, ITEMS_MAX).map((key) => ({ resource, container, key }));
}

/** Operations that change nothing themselves and whose guards look at the family: they show by refusing or not. */
function usersOf(model: Model, family: ReadonlySet<string>): readonly Behaviour[] {
	const users = usersByNature(model, family);
	const schemes = [...model.contract.securitySchemes.keys()].filter((scheme) =>
		family.has(credentialField(model, scheme)?.resource ?? ""),
	);
	// Where nothing else shows whether an issued credential is good, the cheapest reader does.
	const readers = schemes.flatMap((scheme) =>
		users.some((user) => asksFor(user, scheme)) ? [] : (cheapestReader(model, scheme) ?? []),
	);
	return [...users, ...readers];
}

function cheapestReader(model: Model, scheme: string): Behaviour | undefined {
	return [...model.behaviours.values()]
		.filter(({ effect }) => effect.kind === "list" || effect.kind === "read")
		.filter((reader) => asksFor(reader, scheme) && reader.keys.size === 0)
		.sort((a, b) => a.operation.parameters.length - b.operation.parameters.length)[0];
}

function asksFor({ operation }: Behaviour, scheme: string): boolean {
	const [first = []] = operation.security;
	return first.length === 1 && first[0]?.scheme === scheme;
}

function usersByNature(model: Model, family: ReadonlySet<string>): readonly Behaviour[] {
	return [...model.behaviours.values()].filter(({ effect, guards, operation }) => {
		const looks = guards.some((guard) => "of" in guard && family.has(guard.of));
		const held = operation.security
			.flat()
			.some(({ scheme }) => family.has(credentialField(model, scheme)?.resource ?? ""));
		return effect.kind === "none" && (looks || held);
	});
}

/** Every credential that an item has held, each with a value that should pass and with one that was taken away. */
function usings(
	story: Story,
	user: Behaviour,
	{ focus, chains }: { focus: string; chains: Observed["chains"] },
): readonly Call[] {
	const scheme = user.operation.security[0]?.[0]?.scheme;
	const field = scheme === undefined ? undefined : credentialField(story.model, scheme);
	const takesBody = bodySchema(user.operation) !== undefined;
	if (scheme === undefined || field === undefined) return [];
	return everHeld(story, field, { focus, chains })
		.map((value) => {
			const body = takesBody ? story.source.body(user.operation.id, "all") : undefined;
			const call: Call = {
				...compose(story, user.operation.id, { inside: chains[0], body }),
				credentials: { [scheme]: { kind: "value", value } },
			};
			return satisfied(story, call);
		})
		.flatMap((call) => [call, ...withGoneMember(story, user, call)]);
}

/** The same use with a member that was removed. */
function withGoneMember(story: Story, user: Behaviour, call: Call): readonly Call[] {
	for (const guard of user.guards) {
		if (guard.kind !== "member" || !isObject(call.body)) continue;
		const gone = [...story.state.gone].find(([container]) => container.endsWith(`/${guard.of}`))?.[1].at(-1);
		const present = sceneIn(story, call)
			.view.everywhere(guard.of)
			.some(({ key }) => identify(key) === identify(gone));
		if (gone !== undefined && !present) return [{ ...call, body: { ...call.body, [guard.property]: gone } }];
	}
	return [];
}

/** Values that a credential field was given in this story, the latest first. */
function everHeld(
	story: Story,
	field: { resource: string; field: string },
	{ focus }: { focus: string; chains: Observed["chains"] },
): readonly Value[] {
	if (!lineage(story.model, focus).some(({ name }) => name === field.resource)) return [];
	const sent = story.calls.flatMap((call) => {
		const behaviour = story.model.behaviours.get(call.operation);
		const isOurs = behaviour !== undefined && resourceActedOn(behaviour.effect) === field.resource;
		const value = isOurs && call.flaws.length === 0 && isObject(call.body) ? call.body[field.field] : undefined;
		return value === undefined ? [] : [value];
	});
	const issued = story.issued.flatMap(({ resource, value }) => (resource === field.resource ? [value] : []));
	const distinct = new Map([...sent, ...issued].toReversed().map((value) => [identify(value), value]));
	return [...distinct.values()].slice(0, CREDENTIALS_MAX);
}
