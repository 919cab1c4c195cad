import { normalOf, type Place, type Segment } from "./path-shape.ts";

/** What stands at one base path: operations on the collection itself, and on its items. */
export interface Spot {
	readonly base: string;
	readonly name: string;
	readonly own: readonly Place[];
	readonly items: readonly Place[];
	/** The nearest base inside whose items it stands. */
	readonly parent?: string;
	/** Something stands inside its items. */
	readonly holds: boolean;
	/** Operations elsewhere that are declared to act on it. */
	readonly declared?: readonly Place[];
}

/** By base, a parent before what lives inside it. */
export type Spots = ReadonlyMap<string, Spot>;

interface Gathered {
	readonly base: string;
	readonly segments: readonly Segment[];
	readonly own: Place[];
	readonly items: Place[];
	/** The parameter that names its items. */
	parameter?: string;
}

/** Groups operations by what they act on; what a path only passes through is a spot as well. */
export function spotsOf(places: readonly Place[]): Spots {
	const gathered = new Map<string, Gathered>();
	for (const place of places) {
		for (const spot of passedBy(place)) if (!gathered.has(spot.base)) gathered.set(spot.base, spot);
		gathered.get(place.base)?.[place.onItem ? "items" : "own"].push(place);
	}
	const names = namesOf([...gathered.values()]);
	const parents = new Map([...gathered].map(([base, { segments }]) => [base, parentOf(segments, gathered)]));
	const holders = new Set(parents.values());
	const spots = [...gathered].map(([base, { own, items }]): [string, Spot] => {
		const parent = parents.get(base);
		const spot = { base, name: names.get(base) ?? base, own, items, holds: holders.has(base) };
		return [base, parent === undefined ? spot : { ...spot, parent }];
	});
	return new Map(spots);
}

/** `/apps/{}/cids/{}` passes by `/apps` and ends in `/apps/{}/cids`. */
function passedBy({ shape: { segments }, onItem }: Place): readonly Gathered[] {
	const ends = segments.flatMap((segment, index) =>
		segment.kind === "parameter" && (onItem || index < segments.length - 1)
			? [{ end: index, parameter: segment.name }]
			: [],
	);
	const spots = ends.map(({ end, parameter }): Gathered => ({ ...bare(segments.slice(0, end)), parameter }));
	return onItem ? spots : [...spots, bare(segments)];
}

function bare(segments: readonly Segment[]): Gathered {
	return { base: normalOf(segments), segments, own: [], items: [] };
}

function parentOf(segments: readonly Segment[], gathered: ReadonlyMap<string, Gathered>): string | undefined {
	for (let end = segments.length - 1; end >= 0; end--) {
		if (segments[end]?.kind !== "parameter") continue;
		const base = normalOf(segments.slice(0, end));
		if (gathered.has(base)) return base;
	}
	return undefined;
}

/**
 * The last literal of each base, with its parents' names in front as far as two share it. Where parameters follow each
 * other (`/repos/{owner}/{repo}`), the last of them names the items and the others are named by their parameters.
 */
function namesOf(spots: readonly Gathered[]): ReadonlyMap<string, string> {
	const bases = new Set(spots.map(({ base }) => base));
	const words = new Map(spots.map((spot) => [spot.base, wordsOf(spot, bases)]));
	const shared = Map.groupBy([...words.values()].flatMap(endingsOf), (ending) => ending);
	const names = new Map<string, string>();
	const taken = new Set<string>();
	for (const [base, chain] of words) {
		const endings = endingsOf(chain);
		const name = endings.find((ending) => shared.get(ending)?.length === 1) ?? endings.at(-1) ?? "root";
		names.set(base, freeName(name, taken));
	}
	return names;
}

function wordsOf({ base, segments, own, items, parameter }: Gathered, bases: ReadonlySet<string>): readonly string[] {
	const isPassedOnly = own.length === 0 && items.length === 0 && bases.has(`${base}/{}`);
	const words = segments.flatMap((segment) => (segment.kind === "parameter" ? [] : [segment.text]));
	return isPassedOnly && parameter !== undefined ? [...words, parameter] : words;
}

/** @example endingsOf(["users", "notes"]) // ["notes", "users.notes"] */
function endingsOf(words: readonly string[]): readonly string[] {
	return words.map((_, index) => words.slice(-index - 1).join("."));
}

function freeName(name: string, taken: Set<string>): string {
	let free = name;
	for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
	taken.add(free);
	return free;
}
