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
 * The last literal of each base. Where parameters follow each other (`/repos/{owner}/{repo}`), the last of them names the
 * items and the others are named by their parameters. When two share a name, their parents' names go in front.
 */
function namesOf(spots: readonly Gathered[]): ReadonlyMap<string, string> {
	const bases = new Set(spots.map(({ base }) => base));
	const names = new Map<string, string>();
	const taken = new Set<string>();
	for (const { base, segments, own, items, parameter } of spots) {
		const isPassedOnly = own.length === 0 && items.length === 0 && bases.has(`${base}/{}`);
		const words = segments.flatMap((segment) => (segment.kind === "parameter" ? [] : [segment.text]));
		const chain = isPassedOnly && parameter !== undefined ? [...words, parameter] : words;
		const name = freeName(chain, taken);
		taken.add(name);
		names.set(base, name);
	}
	return names;
}

function freeName(words: readonly string[], taken: ReadonlySet<string>): string {
	let length = 1;
	while (length < words.length && taken.has(words.slice(-length).join("."))) length++;
	const name = words.slice(-length).join(".") || "root";
	let number = 2;
	let free = name;
	while (taken.has(free)) free = `${name}-${number++}`;
	return free;
}
