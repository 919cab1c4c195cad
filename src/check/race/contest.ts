import type { Call } from "../../model/call.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { type Behaviour, lineage, resourceNamed } from "../../model/model.ts";
import { holdsMembers } from "../../model/resource.ts";
import { containerOf } from "../../model/state.ts";
import { isObject, type Value } from "../../model/value.ts";
import { properties } from "../../schema/navigate.ts";
import { observe } from "../plan/observe.ts";
import type { PlanInput } from "../plan/plan.ts";
import {
	compose,
	entriesOf,
	type Made,
	make,
	makeMembers,
	makersOf,
	type Story,
	satisfied,
	startStory,
	tell,
} from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";

/** Requests of several clients that meet in one place, chosen so that what each of them does must still show in the end. */
export interface Contest {
	readonly operation: string;
	/** What has happened when no order explains the answers. */
	readonly mistake: string;
	/** Tells the contest again with keys of its own; undefined when what it needs cannot be made. */
	tell(label: string, marker: string): ToldContest | undefined;
}

export interface ToldContest {
	readonly setup: readonly Call[];
	readonly clients: readonly (readonly Call[])[];
	/** Sent when all clients are done: what stands in the end. */
	readonly finals: readonly Call[];
}

const CLIENTS = 3;
const CALLS_EACH = 4;

/** The contests of one operation: replaces hide lost updates, so only what commutes and overwrites nothing is chosen. */
export function contestsFor(input: PlanInput, behaviour: Behaviour): readonly Contest[] {
	const resource = resourceActedOn(behaviour.effect);
	if (resource === undefined || !isPrivate(input, resource)) return [];
	const about = { input, behaviour, resource };
	switch (behaviour.effect.kind) {
		case "remove":
			return behaviour.keys.has(resource) ? [differentRemovals(about), sameRemoval(about)] : [];
		case "append":
			return [differentAdditions(about)];
		case "create":
			return [differentCreations(about), ...sameCreation(about)];
		case "merge":
			return behaviour.keys.has(resource) ? differentFields(about) : [];
		default:
			return [];
	}
}

/** Inside an item of the run's own, or among others whose keys the run knows: nobody else is in the way. */
function isPrivate({ model }: PlanInput, resource: string): boolean {
	const chain = lineage(model, resource);
	return chain.every(({ name, kind }) => kind !== "log" && kind !== "singleton" && makersOf(model, name).length > 0);
}

interface About {
	readonly input: PlanInput;
	readonly behaviour: Behaviour;
	readonly resource: string;
}

interface Ground {
	readonly story: Story;
	readonly chain: readonly Made[];
}

/** Makes the parents, has the contest filled in, and reads everything in the end. */
function contest(
	about: About,
	mistake: string,
	fill: (ground: Ground) => readonly (() => Call | undefined)[] | undefined,
): Contest {
	const { input, behaviour, resource } = about;
	return {
		operation: behaviour.operation.id,
		mistake,
		tell: (label, marker) => {
			const { model, validation, seed, start } = input;
			const source = createValueSource({ model, validation, seed, marker, label });
			const story = startStory(model, start, { source, validation });
			const chain: Made[] = [];
			for (const parent of lineage(model, resource).slice(0, -1)) {
				const made = make(story, parent.name, chain);
				if (made === undefined) return undefined;
				chain.push(made);
			}
			const moves = fill({ story, chain });
			if (moves === undefined || moves.length < 2) return undefined;
			const begin = story.calls.length;
			for (const move of moves) {
				const call = move();
				if (call === undefined) return undefined;
				tell(story, satisfied(story, call));
			}
			const end = story.calls.length;
			observe(story, { focus: resource, chains: [chain, []] });
			const clients = Array.from({ length: CLIENTS }, (_, client) =>
				story.calls.slice(begin, end).filter((_call, index) => index % CLIENTS === client),
			);
			return { setup: story.calls.slice(0, begin), clients, finals: story.calls.slice(end) };
		},
	};
}

function composed({ behaviour }: About, { story, chain }: Ground, parts: { key?: Value; body?: Value }): Call {
	return compose(story, behaviour.operation.id, { inside: chain, ...parts });
}

/** Members or items to be taken away, each by one client. */
function differentRemovals(about: About): Contest {
	return contest(about, "lost update: a removal was undone", (ground) => {
		const keys = standing(about, ground, CLIENTS * 2);
		return keys?.map((key) => () => composed(about, ground, { key }));
	});
}

/** Of several removals of one item only one finds it. */
function sameRemoval(about: About): Contest {
	return contest(about, "one item is removed twice", (ground) => {
		const [key] = standing(about, ground, 1) ?? [];
		if (key === undefined) return undefined;
		return Array.from({ length: CLIENTS }, () => () => composed(about, ground, { key }));
	});
}

function standing({ input, resource }: About, { story, chain }: Ground, count: number): readonly Value[] | undefined {
	const container = containerOf(resource, chain.at(-1));
	if (holdsMembers(resourceNamed(input.model, resource))) {
		const members = Array.from({ length: count }, () => story.source.fresh(resource));
		const known = members.filter((member) => member !== undefined);
		if (known.length < count || !makeMembers(story, resource, { inside: chain, members: known })) return undefined;
	} else {
		for (let made = 0; made < count; made++) if (make(story, resource, chain) === undefined) return undefined;
	}
	const keys = entriesOf(story, container).map(({ key }) => key);
	return keys.length < count ? undefined : keys.slice(0, count);
}

function differentAdditions(about: About): Contest {
	return contest(about, "lost update: an addition is missing", (ground) => {
		const { source } = ground.story;
		const members = Array.from({ length: CLIENTS * 2 }, () => source.fresh(about.resource));
		if (members.includes(undefined)) return undefined;
		return members.map((member) => () => composed(about, ground, { body: [member as Value] }));
	});
}

function differentCreations(about: About): Contest {
	return contest(about, "lost update: what was created is missing", (ground) =>
		Array.from({ length: CLIENTS * 2 }, () => () => creation(about, ground, {})),
	);
}

function creation(about: About, ground: Ground, fields: Readonly<Record<string, Value>>): Call | undefined {
	const { behaviour, resource } = about;
	const body = ground.story.source.body(behaviour.operation.id, "all");
	const key = behaviour.keys.has(resource) ? ground.story.source.fresh(resource) : undefined;
	const whole = isObject(body) ? { ...body, ...fields } : body;
	return composed(about, ground, {
		...(key === undefined ? {} : { key }),
		...(whole === undefined ? {} : { body: whole }),
	});
}

/** Several that want the same value where it must be unique: only one may have it. */
function sameCreation(about: About): readonly Contest[] {
	return about.behaviour.guards.flatMap((guard) => {
		if (guard.kind !== "unique") return [];
		return contest(about, `two items have the same ${guard.property}`, (ground) => {
			const first = creation(about, ground, {});
			const value = isObject(first?.body) ? first.body[guard.property] : undefined;
			if (value === undefined) return undefined;
			return Array.from({ length: CLIENTS }, () => () => creation(about, ground, { [guard.property]: value }));
		});
	});
}

/** Each client changes another field of one item. */
function differentFields(about: About): readonly Contest[] {
	const { behaviour, input, resource } = about;
	const schema = bodySchema(behaviour.operation);
	const fields = resourceNamed(input.model, resource).fields;
	const names = (schema === undefined ? [] : properties(schema))
		.map(({ name }) => name)
		.filter((name) => fields.get(name)?.owner === "client" && fields.get(name)?.compared === true);
	if (schema === undefined || names.length < 2) return [];
	return [
		contest(about, "lost update: a change of another field was undone", (ground) => {
			const [key] = standing(about, ground, 1) ?? [];
			const body = ground.story.source.body(about.behaviour.operation.id, "all");
			if (key === undefined || !isObject(body)) return undefined;
			const required = new Set(properties(schema).flatMap(({ name, required: needed }) => (needed ? [name] : [])));
			if (required.size > 0) return undefined;
			const changed = names.filter((name) => body[name] !== undefined).slice(0, CLIENTS * CALLS_EACH);
			return changed.map((name) => () => composed(about, ground, { key, body: { [name]: body[name] as Value } }));
		}),
	];
}
