import { resourceActedOn } from "../model/effect.ts";
import { EFFECT_WORDS } from "../model/effect-laws.ts";
import type { Model } from "../model/model.ts";
import type { Problem } from "../problem/problem.ts";
import type { Store } from "./store/store.ts";

/** What a mock serves, for whoever starts it. */
export interface Summary {
	readonly title: string;
	readonly version: string;
	/** As the document declares it: `3.1.0`. */
	readonly openapi: string;
	readonly operations: number;
	readonly seed: number;
	readonly resources: readonly ResourceSummary[];
	/** Operations that act on no resource: they answer with examples or made-up data. */
	readonly stateless: number;
	/** What the document says and cannot be served, as far as it is known yet. */
	readonly problems: readonly Problem[];
}

export interface ResourceSummary {
	readonly name: string;
	/** Of an item where it has one. */
	readonly path: string;
	/** In the order of a life: `create`, `read` … `remove`. */
	readonly effects: readonly string[];
	/** Undefined where nothing could show them, and where they are not made yet. */
	readonly items: number | undefined;
}

const LIFE = ["create", "upsert", "list", "read", "append", "replace", "merge", "remove", "clear"];

/** @param store undefined while it is not filled */
export function summarize(model: Model, store: Store | undefined, rest: Pick<Summary, "seed" | "problems">): Summary {
	const { title, version, openapi, operations } = model.contract;
	const behaviours = [...model.behaviours.values()];
	const order = [...LIFE, ...EFFECT_WORDS];
	const byResource = Map.groupBy(behaviours, ({ effect }) => resourceActedOn(effect));
	const resources = [...model.resources.values()].map((resource): ResourceSummary => {
		const kinds = (byResource.get(resource.name) ?? []).map(({ effect }) => effect.kind);
		const effects = [...new Set<string>(kinds)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
		const isShown = effects.some((kind) => kind === "list" || kind === "read") && resource.kind !== "log";
		const path = resource.itemPath ?? resource.path;
		return { name: resource.name, path, effects, items: isShown ? store?.count(resource.name) : undefined };
	});
	const stateless = byResource.get(undefined)?.length ?? 0;
	return { title, version, openapi, operations: operations.length, resources, stateless, ...rest };
}
