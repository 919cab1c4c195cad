import type { Place } from "./path-shape.ts";
import type { Spot, Spots } from "./spots.ts";

/** Effects whose body or answer carries an item of the resource on which they are declared. */
const CARRYING: readonly string[] = ["create", "upsert", "replace", "merge", "patch", "rotate", "set"];

/**
 * The spots with the operations that are declared to act on them from elsewhere (`POST /join` that makes a user): what
 * these carry of an item belongs to its fields as well.
 */
export function withDeclared(spots: Spots, places: readonly Place[]): Spots {
	const foreign = Map.groupBy(
		places.filter(({ operation }) => operation.extension !== undefined),
		actsOn,
	);
	if (foreign.size === 0) return spots;
	return new Map(
		[...spots].map(([base, spot]): [string, Spot] => {
			const declared = (foreign.get(spot.name) ?? []).filter((place) => place.base !== base);
			return [base, declared.length === 0 ? spot : { ...spot, declared }];
		}),
	);
}

/** The resource that the first of the declared effects names; whether it may is looked at later. */
function actsOn({ operation }: Place): string | undefined {
	const { effect, resource } = (operation.extension ?? {}) as { effect?: unknown; resource?: unknown };
	const first: unknown = Array.isArray(effect) ? effect[0] : effect;
	if (typeof first === "string") return CARRYING.includes(first) ? textOf(resource) : undefined;
	const words = Object.entries((first ?? {}) as object);
	return textOf(words.find(([word]) => CARRYING.includes(word))?.[1]);
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}
