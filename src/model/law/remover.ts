import { partsOf } from "../effect.ts";
import type { Behaviour, Model } from "../model.ts";

/** The operation that takes one item of a resource away; undefined where none does. */
export function removerOf({ behaviours }: Model, resource: string): Behaviour | undefined {
	return [...behaviours.values()].find(
		({ effect, keys }) =>
			keys.has(resource) &&
			partsOf(effect).some((part) => part.kind === "remove" && part.resource === resource && part.keeps === undefined),
	);
}
