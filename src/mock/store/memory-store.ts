import { type Change, counterPrefix, type Entry, type Held, resourceOf, type View } from "../../model/state.ts";
import { identify, isObject, type Value } from "../../model/value.ts";
import { type Container, createContainer } from "./container.ts";
import { createCounters } from "./counters.ts";
import { createHolderIndex, type HolderIndex } from "./holder-index.ts";
import type { SavedState, Store, StoredChange } from "./store.ts";

export interface MemoryStoreOptions {
	/** Milliseconds since 1970; counters expire by it. */
	readonly now: () => number;
	/** Fields whose values are looked up: those that hold credentials. */
	readonly lookedUp: readonly { readonly resource: string; readonly field: string }[];
	/** Resources of which it is remembered what was taken away. */
	readonly remembered?: ReadonlySet<string>;
}

type Alias = Extract<Change, { kind: "alias" }>;

interface Memory {
	readonly containers: Map<string, Container>;
	/** Resource → its containers. */
	readonly byResource: Map<string, Set<Container>>;
	/** `apps/"a"/` → the containers inside that item. */
	readonly inside: Map<string, Set<Container>>;
	readonly aliases: Alias[];
	readonly counters: ReturnType<typeof createCounters>;
	readonly holders: HolderIndex;
	/** Container → the keys of what was taken away there, as far as it is remembered. */
	readonly gone: Map<string, readonly Value[]>;
	readonly remembered: ReadonlySet<string>;
}

/**
 * A store in the memory of this process. Reading an item, looking up a credential and counting cost the same however
 * much is kept.
 *
 * @example createMemoryStore({ now: Date.now, lookedUp: [] }).view.entries("apps") // []
 */
export function createMemoryStore({ now, lookedUp, remembered = new Set() }: MemoryStoreOptions): Store {
	const empty: Memory = {
		containers: new Map(),
		byResource: new Map(),
		inside: new Map(),
		aliases: [],
		counters: createCounters(now),
		holders: createHolderIndex(lookedUp),
		gone: new Map(),
		remembered,
	};
	const held: Holding = { memory: empty, isSaved: false };
	const memories = new WeakMap<SavedState, Memory>();
	return {
		view: viewOf(held),
		apply: (changes) => {
			if (changes.length === 0) return;
			if (held.isSaved) {
				held.memory = forkMemory(held.memory);
				held.isSaved = false;
			}
			for (const change of changes) applyOne(held.memory, change);
		},
		remainingMs: (counter) => held.memory.counters.remainingMs(counter),
		count: (resource) => {
			let sum = 0;
			for (const container of held.memory.byResource.get(resource) ?? []) sum += container.size();
			return sum;
		},
		stamp: (container) => held.memory.containers.get(container)?.stamp(),
		save: () => {
			held.isSaved = true;
			const saved = savedOf(held.memory);
			memories.set(saved, held.memory);
			return saved;
		},
		restore: (saved) => {
			const memory = memories.get(saved);
			if (memory === undefined) throw new Error("only what this store saved can be restored");
			held.memory = memory;
			held.isSaved = true;
		},
		isAt: (saved) => held.isSaved && memories.get(saved) === held.memory,
	};
}

/** What stands now. A memory that was saved is never written to again. */
interface Holding {
	memory: Memory;
	isSaved: boolean;
}

function savedOf(memory: Memory): SavedState {
	return {
		*contents() {
			for (const [name, container] of memory.containers) yield [name, container.entries()] as const;
		},
	};
}

function forkMemory({ containers, aliases, counters, holders, gone, remembered }: Memory): Memory {
	const forked: Memory = {
		containers: new Map(),
		byResource: new Map(),
		inside: new Map(),
		aliases: [...aliases],
		counters: counters.fork(),
		holders: holders.fork(),
		gone: new Map(gone),
		remembered,
	};
	for (const container of containers.values()) addContainer(forked, container.fork());
	return forked;
}

function viewOf(held: Holding): View {
	return {
		entry: (container, key) => held.memory.containers.get(container)?.get(key),
		entries: (container) => held.memory.containers.get(container)?.entries() ?? [],
		page: (container, part) => held.memory.containers.get(container)?.page(part) ?? [],
		sorted: (container, by, part) => held.memory.containers.get(container)?.sorted(by, part) ?? [],
		count: (container) => held.memory.containers.get(container)?.size() ?? 0,
		rank: (container, key) => held.memory.containers.get(container)?.rank(key),
		everywhere: (resource) =>
			[...(held.memory.byResource.get(resource) ?? [])].flatMap((container) => container.entries()),
		containers: (resource) => [...(held.memory.byResource.get(resource) ?? [])].map(({ name }) => name),
		// Nobody else writes here.
		isComplete: () => true,
		holder: (resource, field, value) => findHolder(held.memory, { resource, field, value }),
		holders: (resource, field, value) => holdersOf(held.memory.byResource.get(resource) ?? [], field, identify(value)),
		gone: (container) => held.memory.gone.get(container) ?? [],
		elsewhere: () => [],
		isTimed: true,
		counter: (name) => held.memory.counters.get(name),
	};
}

function findHolder(memory: Memory, wanted: { resource: string; field: string; value: Value }): Held | undefined {
	const { resource, field, value } = wanted;
	const identity = identify(value);
	const held = memory.holders.covers(resource, field)
		? memory.holders.find(resource, field, value)
		: scan(memory.byResource.get(resource) ?? [], field, identity);
	return (
		held ??
		memory.aliases.find(
			(alias) => alias.resource === resource && alias.field === field && identify(alias.value) === identity,
		)?.held
	);
}

function scan(containers: Iterable<Container>, field: string, identity: string): Held | undefined {
	for (const container of containers) {
		for (const entry of container.entries()) {
			if (isObject(entry.value) && identify(entry.value[field]) === identity)
				return { container: container.name, entry };
		}
	}
	return undefined;
}

/** Only asked of fields that are declared to refer, when what they refer to is removed. */
function holdersOf(containers: Iterable<Container>, field: string, identity: string): readonly Held[] {
	return [...containers].flatMap((container) =>
		container
			.entries()
			.filter(({ value }) => isObject(value) && identify(value[field]) === identity)
			.map((entry) => ({ container: container.name, entry })),
	);
}

function applyOne(memory: Memory, change: StoredChange): void {
	switch (change.kind) {
		case "put":
			put(memory, change.container, change.entry);
			break;
		case "fill":
			fill(memory, change.container, change.entries);
			break;
		case "delete":
			remove(memory, change);
			break;
		case "count":
			memory.counters.add(change.name, change.by, "expiresInMs" in change ? change.expiresInMs : undefined);
			break;
		case "alias":
			memory.aliases.push(change);
			break;
	}
}

function put(memory: Memory, name: string, entry: Entry): void {
	const container = containerFor(memory, name);
	const before = container.set(entry);
	if (before !== undefined) memory.holders.drop({ container: name, entry: before });
	memory.holders.add({ container: name, entry });
}

function fill(memory: Memory, name: string, entries: readonly Entry[]): void {
	const container = containerFor(memory, name);
	for (const entry of container.entries()) memory.holders.drop({ container: name, entry });
	container.fill(entries);
	for (const entry of entries) memory.holders.add({ container: name, entry });
}

function remove(memory: Memory, { container: name, key, cascade }: Extract<Change, { kind: "delete" }>): void {
	const entry = memory.containers.get(name)?.remove(key);
	if (entry !== undefined) memory.holders.drop({ container: name, entry });
	// Counters are the item's own; what lives inside may be told to stay.
	memory.counters.forget(counterPrefix(name, key));
	if (cascade) removeInside(memory, itemPrefix(name, key));
	if (memory.remembered.has(resourceOf(name))) memory.gone.set(name, [...(memory.gone.get(name) ?? []), key]);
}

function removeInside(memory: Memory, prefix: string): void {
	for (const container of memory.inside.get(prefix) ?? []) {
		for (const entry of container.entries()) {
			memory.holders.drop({ container: container.name, entry });
			memory.counters.forget(counterPrefix(container.name, entry.key));
			removeInside(memory, itemPrefix(container.name, entry.key));
		}
		memory.containers.delete(container.name);
		memory.byResource.get(resourceOf(container.name))?.delete(container);
	}
	memory.inside.delete(prefix);
}

/** `apps/"a"/`: what the names of all containers inside that item begin with. */
function itemPrefix(container: string, key: Value): string {
	return counterPrefix(container, key).slice(0, -1);
}

function containerFor(memory: Memory, name: string): Container {
	const known = memory.containers.get(name);
	if (known !== undefined) return known;
	const container = createContainer(name);
	addContainer(memory, container);
	return container;
}

function addContainer({ containers, byResource, inside }: Memory, container: Container): void {
	const { name } = container;
	containers.set(name, container);
	addTo(byResource, resourceOf(name), container);
	addTo(inside, name.slice(0, name.lastIndexOf("/") + 1), container);
}

function addTo(map: Map<string, Set<Container>>, key: string, container: Container): void {
	const known = map.get(key);
	if (known === undefined) map.set(key, new Set([container]));
	else known.add(container);
}
