import type { Json } from "../../http/exchange.ts";
import { type Entry, partIn, resourceOf } from "../../model/state.ts";
import { identify } from "../../model/value.ts";
import type { SavedData } from "../scenario/seed-store.ts";
import { showEntry } from "./edit-state.ts";

/** What a mock held at one moment. Taking one and going back to it cost the same however much it holds. */
export interface Snapshot {
	/** Only for the mock that made it. */
	readonly data: SavedData;
	/** Everything as JSON, by path (`apps`, `apps/my-app/cids`). */
	toJSON(): Readonly<Record<string, readonly Json[]>>;
}

export function createSnapshot(data: SavedData): Snapshot {
	return {
		data,
		toJSON: () => {
			const held = [...data.state.contents()].filter(([, entries]) => entries.length > 0);
			return Object.fromEntries(held.map(([container, entries]) => [pathOf(container), entries.map(showEntry)]));
		},
	};
}

/** What one snapshot has and another has not. */
export type Difference = { readonly path: string } & (
	| { readonly kind: "added"; readonly after: Json }
	| { readonly kind: "removed"; readonly before: Json }
	| { readonly kind: "changed"; readonly before: Json; readonly after: Json }
);

/**
 * What changed between two snapshots, item by item.
 *
 * @example compareSnapshots(before, mock.snapshot()) // [{ path: "apps/my-app", kind: "added", after: { … } }]
 */
export function compareSnapshots(before: Snapshot, after: Snapshot): readonly Difference[] {
	const old = new Map(before.data.state.contents());
	const now = new Map(after.data.state.contents());
	const containers = new Set([...old.keys(), ...now.keys()]);
	return [...containers].flatMap((name) => compareEntries(pathOf(name), old.get(name) ?? [], now.get(name) ?? []));
}

function compareEntries(path: string, old: readonly Entry[], now: readonly Entry[]): readonly Difference[] {
	if (old === now) return [];
	const [oldByKey, nowByKey] = [old, now].map((list) => new Map(list.map((one) => [identify(one.key), one])));
	const removed = old.filter(({ key }) => nowByKey?.has(identify(key)) !== true);
	const gone = removed.map(
		(entry): Difference => ({
			path: itemPath(path, entry),
			kind: "removed",
			before: showEntry(entry),
		}),
	);
	const rest = now.flatMap((entry): readonly Difference[] => {
		const known = oldByKey?.get(identify(entry.key));
		const at = itemPath(path, entry);
		if (known === undefined) return [{ path: at, kind: "added", after: showEntry(entry) }];
		if (known === entry || identify(known.value) === identify(entry.value)) return [];
		return [{ path: at, kind: "changed", before: showEntry(known), after: showEntry(entry) }];
	});
	return [...gone, ...rest];
}

function itemPath(path: string, { key }: Entry): string {
	return key === "" ? path : `${path}/${stepOf(key)}`;
}

function stepOf(key: unknown): string {
	return encodeURIComponent(typeof key === "string" ? key : JSON.stringify(key));
}

/** What stands in a part has it in front: `acme:apps`. */
function topOf(step: string): string {
	const part = partIn(step);
	return part === undefined || part === "" ? resourceOf(step) : `${part}:${resourceOf(step)}`;
}

/** The path of a container as people write it: `apps/"a"/cids` is `apps/a/cids`. */
export function pathOf(container: string): string {
	return container
		.split("/")
		.map((step, index) =>
			index === 0
				? topOf(step)
				: index % 2 === 0
					? step
					: stepOf(JSON.parse(step.replaceAll("~1", "/").replaceAll("~0", "~"))),
		)
		.filter((step) => step !== "")
		.join("/");
}
