import { type Bindings, identify, identifyKey, isServerValue, propertyOf, serverValue, type Value } from "./value.ts";

/** One item of a container: its key and what it holds. A member of a set is its own key. */
export interface Entry {
	readonly key: Value;
	readonly value: Value;
}

/**
 * What is true of a service as far as somebody knows. The laws read only through this, so the mock's store and the
 * check's little persistent state serve them alike.
 */
export interface View {
	entry(container: string, key: Value): Entry | undefined;
	/** In order of creation. Whoever needs but a part of a collection asks for a page. */
	entries(container: string): readonly Entry[];
	/** A part of the entries; costs what the part costs. */
	page(container: string, part: Page): readonly Entry[];
	/** A part of the entries in an order of their own, at the cost of the part; undefined where there is no such way. */
	sorted?(container: string, by: SortedBy, part: Page): readonly Entry[] | undefined;
	count(container: string): number;
	/** How many entries were made before the one of this key; undefined when there is none. */
	rank(container: string, key: Value): number | undefined;
	/** The entries of every container of a resource. */
	everywhere(resource: string): readonly Entry[];
	/** The containers of a resource, in all parts of it. */
	containers(resource: string): readonly string[];
	/** False when items that we did not make may stand there too. */
	isComplete(container: string): boolean;
	/** Whether all of it was read when nothing of ours was there yet. */
	isAdopted?(container: string): boolean;
	/** Whether an item stands there of which nothing is known but that: somebody else's, to work inside of. */
	isLent?(container: string, key: Value): boolean;
	/** The entry of any container of a resource whose field holds this value, with its address. */
	holder(resource: string, field: string, value: Value): Held | undefined;
	/** The entries of every container of a resource whose field holds this value. */
	holders(resource: string, field: string, value: Value): readonly Held[];
	/** Keys that stood here once and were taken away. */
	gone(container: string): readonly Value[];
	/** Keys that stand in another part of a partitioned resource. */
	elsewhere(container: string): readonly Value[];
	counter(name: string): number;
	/** True where counters begin anew when their window is over. */
	readonly isTimed?: boolean;
	/** True after an operation that may have done anything: what is not known to be there may be there all the same. */
	isUnsure?(): boolean;
	/** Another number after every change: what the server alone orders may stand otherwise then. */
	version?(): number;
}

/** An order of entries; those that are equal in it stand as they were made. */
export interface SortedBy {
	/** The same name, the same order. */
	readonly name: string;
	readonly compare: (a: Entry, b: Entry) => number;
}

/** Some of the entries, counted in the order of creation or the other way round. */
export interface Page {
	readonly offset: number;
	/** May be infinite. */
	readonly limit: number;
	readonly newestFirst?: boolean;
}

export interface Held {
	readonly container: string;
	readonly entry: Entry;
}

/** A change of state, as a plain value. */
export type Change =
	| { readonly kind: "put"; readonly container: string; readonly entry: Entry }
	| { readonly kind: "delete"; readonly container: string; readonly key: Value; readonly cascade: boolean }
	/** The container holds exactly these afterwards. */
	| { readonly kind: "fill"; readonly container: string; readonly entries: readonly Entry[] }
	| { readonly kind: "count"; readonly name: string; readonly by: number }
	/** A value that satisfies a lookup of `holder` although the item does not hold it. */
	| {
			readonly kind: "alias";
			readonly resource: string;
			readonly field: string;
			readonly value: Value;
			readonly held: Held;
	  };

/** The check's state: small, persistent (every change gives a new one), open to other people's items at the top. */
export interface State {
	readonly containers: ReadonlyMap<string, readonly Entry[]>;
	readonly counters: ReadonlyMap<string, number>;
	readonly aliases: readonly Extract<Change, { kind: "alias" }>[];
	readonly gone: ReadonlyMap<string, readonly Value[]>;
	/** True for a live service: top-level containers may hold what others made. */
	readonly open: boolean;
	/** True once something was done that nobody knows. */
	readonly unsure?: boolean;
	/** How often something was changed. */
	readonly version: number;
	/** Top-level containers of which everything is known that stood there at the start. */
	readonly adopted?: ReadonlySet<string>;
	/** Container → keys of items that somebody else made, and inside of which we work. */
	readonly lent?: ReadonlyMap<string, readonly Value[]>;
	/** Resources whose containers may hold what the service put there itself. */
	readonly filled?: ReadonlySet<string>;
}

export function emptyState(open: boolean): State {
	return { containers: new Map(), counters: new Map(), aliases: [], gone: new Map(), open, version: 0 };
}

/** What is still known after something was done that may have done anything: only how much was counted. */
export function forget({ counters, open, version, lent, filled }: State): State {
	return {
		...emptyState(open),
		counters,
		unsure: true,
		version: version + 1,
		...(lent === undefined ? {} : { lent }),
		...(filled === undefined ? {} : { filled }),
	};
}

/** The name of a resource's container inside an item: `apps/"a"/cids`. At the top it is the resource's own name. */
export function containerOf(resource: string, parent?: { readonly container: string; readonly key: Value }): string {
	return parent === undefined ? resource : `${parent.container}/${escapeKey(parent.key)}/${resource}`;
}

/** A key with a slash in it must not look like a path of containers. */
function escapeKey(key: Value): string {
	return escapeText(identifyKey(key));
}

function escapeText(text: string): string {
	return text.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll(PART, "~2");
}

/** Stands between the part of a resource and its name: no path and no name of a tenant has it. */
const PART = "\u001f";

/** The container of a resource at the top in one of its parts; undefined: nobody knows in which. */
export function containerIn(resource: string, part: string | undefined): string {
	return `${part === undefined ? "?" : `=${escapeText(part)}`}${PART}${resource}`;
}

/** The part in which a container stands; undefined where it stands in none, or nobody knows. */
export function partIn(container: string): string | undefined {
	const end = container.indexOf(PART);
	if (end < 0 || container[0] === "?") return undefined;
	return container.slice(1, end).replaceAll("~2", PART).replaceAll("~1", "/").replaceAll("~0", "~");
}

/**
 * The items that a container lives in, from the outermost inwards.
 *
 * @example keysIn('apps/"a"/cids') // [["apps", "a"]]
 */
export function keysIn(container: string): readonly (readonly [resource: string, key: Value])[] {
	const parts = container.split("/");
	return parts.flatMap((name, index): readonly (readonly [string, Value])[] => {
		const key = index % 2 === 0 ? parts[index + 1] : undefined;
		if (key === undefined) return [];
		const text = key.replaceAll("~1", "/").replaceAll("~0", "~");
		return [
			[resourceOf(name), text.startsWith("§") ? serverValue("unique", text.slice(1)) : (JSON.parse(text) as Value)],
		];
	});
}

/** The container with the keys that only the server knew written as they turned out to be. */
export function withKnownKeys(container: string, known: Bindings): string {
	if (!container.includes("§")) return container;
	const parts = container.split("/").map((part, index) => {
		const name = part.replaceAll("~1", "/").replaceAll("~0", "~").slice(1);
		const value = index % 2 === 1 && part.startsWith("§") ? known.get(name) : undefined;
		return value === undefined ? part : escapeKey(value);
	});
	return parts.join("/");
}

/** The resource that a container holds. */
export function resourceOf(container: string): string {
	return container.slice(Math.max(container.lastIndexOf("/"), container.lastIndexOf(PART)) + 1);
}

export function viewOf(state: State): View {
	const entries = (container: string): readonly Entry[] => state.containers.get(container) ?? [];
	return {
		entry: (container, key) => {
			const wanted = identifyKey(key);
			return entries(container).find((entry) => identifyKey(entry.key) === wanted);
		},
		entries,
		page: (container, { offset, limit, newestFirst = false }) => {
			const all = entries(container);
			return (newestFirst ? all.toReversed() : all).slice(offset, offset + limit);
		},
		count: (container) => entries(container).length,
		rank: (container, key) => {
			const wanted = identifyKey(key);
			const found = entries(container).findIndex((entry) => identifyKey(entry.key) === wanted);
			return found < 0 ? undefined : found;
		},
		everywhere: (resource) =>
			[...state.containers].flatMap(([name, held]) => (resourceOf(name) === resource ? held : [])),
		containers: (resource) => [...state.containers.keys()].filter((name) => resourceOf(name) === resource),
		isComplete: (container) =>
			state.unsure !== true &&
			(!state.open || isInsideOurs(state, container) || state.adopted?.has(container) === true),
		isAdopted: (container) => state.unsure !== true && state.adopted?.has(container) === true,
		isLent: (container, key) => isLentAt(state, container, key),
		holder: (resource, field, value) => findHolder(state, { resource, field, value }),
		holders: (resource, field, value) => {
			const identity = identify(value);
			return [...state.containers].flatMap(([container, held]) =>
				resourceOf(container) !== resource
					? []
					: held
							.filter((entry) => identify(propertyOf(entry.value, field)) === identity)
							.map((entry) => ({ container, entry })),
			);
		},
		gone: (container) => state.gone.get(container) ?? [],
		elsewhere: (container) => keysElsewhere(state, container),
		counter: (name) => state.counters.get(name) ?? 0,
		isUnsure: () => state.unsure === true,
		version: () => state.version,
	};
}

/** Inside an item of ours is what we put there; inside one that is lent, others may have put something too. */
function isInsideOurs({ lent, filled }: State, container: string): boolean {
	const end = container.lastIndexOf("/");
	if (end < 0 || filled?.has(resourceOf(container)) === true) return false;
	const item = container.slice(0, end);
	return ![...(lent ?? [])].some(([around, keys]) => keys.some((key) => item === `${around}/${escapeKey(key)}`));
}

function isLentAt({ lent }: State, container: string, key: Value): boolean {
	const wanted = identifyKey(key);
	return lent?.get(container)?.some((one) => identifyKey(one) === wanted) === true;
}

/** What stands at the top in other parts. Others may have given the same short name to something of their own. */
function keysElsewhere(state: State, container: string): readonly Value[] {
	const part = partIn(container);
	if (part === undefined || container.includes("/")) return [];
	const own = resourceOf(container);
	return [...state.containers].flatMap(([name, entries]) =>
		name !== container && !name.includes("/") && resourceOf(name) === own && partIn(name) !== undefined
			? entries.map(({ key }) => key).filter(isOurs)
			: [],
	);
}

const OURS_LENGTH_MIN = 8;
const OURS_MIN = 60_000;

/** A key that the server made, or one that is not met by chance. */
function isOurs(key: Value): boolean {
	if (typeof key === "string") return key.length >= OURS_LENGTH_MIN;
	return typeof key === "number" ? key >= OURS_MIN : isServerValue(key);
}

function findHolder(state: State, wanted: { resource: string; field: string; value: Value }): Held | undefined {
	const identity = identify(wanted.value);
	for (const [container, entries] of state.containers) {
		if (resourceOf(container) !== wanted.resource) continue;
		const entry = entries.find(({ value }) => identify(propertyOf(value, wanted.field)) === identity);
		if (entry !== undefined) return { container, entry };
	}
	return state.aliases.find(
		(alias) => alias.resource === wanted.resource && alias.field === wanted.field && identify(alias.value) === identity,
	)?.held;
}

/** What is true after these changes. Pure; the old state stays as it was. */
export function apply(state: State, changes: readonly Change[]): State {
	if (changes.length === 0) return state;
	const containers = new Map(state.containers);
	const counters = new Map(state.counters);
	const aliases = [...state.aliases];
	const gone = new Map(state.gone);
	for (const change of changes) {
		switch (change.kind) {
			case "put":
				containers.set(change.container, withEntry(containers.get(change.container) ?? [], change.entry));
				break;
			case "fill":
				containers.set(change.container, change.entries);
				break;
			case "delete":
				remove(containers, change);
				forgetCounters(counters, change);
				gone.set(change.container, [...(gone.get(change.container) ?? []), change.key]);
				break;
			case "count":
				counters.set(change.name, (counters.get(change.name) ?? 0) + change.by);
				break;
			case "alias":
				aliases.push(change);
				break;
		}
	}
	const moves = changes.some(({ kind }) => kind !== "count" && kind !== "alias");
	return { ...state, containers, counters, aliases, gone, version: state.version + (moves ? 1 : 0) };
}

/** Counters of an item are named with this in front, so that they go when it goes. */
export function counterPrefix(container: string, key: Value): string {
	return `${container}/${escapeKey(key)}//`;
}

function forgetCounters(counters: Map<string, number>, { container, key, cascade }: Deletion): void {
	const own = counterPrefix(container, key);
	const prefix = cascade ? own.slice(0, -1) : own;
	for (const name of [...counters.keys()]) if (name.startsWith(prefix)) counters.delete(name);
}

type Deletion = Extract<Change, { kind: "delete" }>;

function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
	const wanted = identifyKey(entry.key);
	const index = entries.findIndex(({ key }) => identifyKey(key) === wanted);
	return index < 0 ? [...entries, entry] : entries.with(index, entry);
}

function remove(containers: Map<string, readonly Entry[]>, change: Deletion): void {
	const gone = identifyKey(change.key);
	const entries = containers.get(change.container) ?? [];
	containers.set(
		change.container,
		entries.filter(({ key }) => identifyKey(key) !== gone),
	);
	if (!change.cascade) return;
	const below = `${change.container}/${escapeKey(change.key)}/`;
	for (const container of [...containers.keys()]) if (container.startsWith(below)) containers.delete(container);
}
