import { lineage, type Model } from "../model/model.ts";

/** Why items of a resource stay: nothing that may be called removes one, or it was tried and did not succeed. */
export type LeftBehind = "no way" | "not done";

/**
 * What the run made and did not take away. How much that is depends on how often something was read or tried again, so
 * no number is told: the same drift gives the same report.
 *
 * @example leftBehindNotes(model, new Map([["projects", "no way"]]))
 */
export function leftBehindNotes(model: Model, left: ReadonlyMap<string, LeftBehind>): readonly string[] {
	const names = (why: LeftBehind): readonly string[] => {
		const of = [...left].flatMap(([name, reason]) => (reason === why ? [name] : []));
		// What lives inside of something that stays, stays with it.
		return of.filter((name) => !lineage(model, name).some((one) => one.name !== name && left.has(one.name))).sort();
	};
	const [stay, failed] = [names("no way"), names("not done")];
	return [
		...(stay.length === 0
			? []
			: [`what the run made of ${stay.join(", ")} stays there: no operation that it may call takes it away`]),
		...(failed.length === 0
			? []
			: [`not everything that the run made of ${failed.join(", ")} could be taken away again`]),
	];
}
