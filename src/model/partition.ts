import { enumeration } from "../schema/navigate.ts";
import type { Guard } from "./guard.ts";
import { callerIn, mainTenant } from "./identity.ts";
import type { Behaviour, Model } from "./model.ts";
import type { Scene } from "./scene.ts";
import { containerIn, type Entry, resourceOf, type View } from "./state.ts";
import { identifyKey, type Value } from "./value.ts";

/** By what a resource is parted: each caller's tenant, or each value of a header, has a world of its own. */
export type Partition = { readonly by: "identity" } | { readonly by: "header"; readonly name: string };

/** Which part a call reaches; undefined when nothing tells. */
export function partOf(scene: Scene, partition: Partition): string | undefined {
	if (partition.by === "identity") return callerIn(scene)?.tenant;
	const name = headerName(scene.behaviour, partition.name);
	const value = name === undefined ? undefined : scene.call.header[name];
	return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** How an operation spells a header: names of headers have no case (RFC 9110, section 5.1). */
export function headerName({ operation }: Behaviour, wanted: string): string | undefined {
	return operation.parameters.find((one) => one.in === "header" && one.name.toLowerCase() === wanted.toLowerCase())
		?.name;
}

/** Values that the document names for a header: the members of its enumeration, or its examples. */
export function documentedParts({ behaviours }: Model, wanted: string): readonly Value[] {
	for (const { operation } of behaviours.values()) {
		for (const { in: place, name, schema, examples } of operation.parameters) {
			if (place !== "header" || name.toLowerCase() !== wanted.toLowerCase()) continue;
			const known = schema === undefined ? undefined : enumeration(schema);
			const values = known ?? examples.map(({ value }) => value);
			return (values as readonly Value[]).filter((value) => typeof value === "string" || typeof value === "number");
		}
	}
	return [];
}

/** The part in which whoever says nothing else works: that of the main caller, or the first that the document names. */
export function homePart(model: Model, partition: Partition): string {
	return partition.by === "identity" ? mainTenant(model) : String(documentedParts(model, partition.name)[0] ?? "");
}

/** The container of a resource at the top, in the part that is home. */
export function homeContainer(model: Model, name: string): string {
	const partition = model.resources.get(name)?.partition;
	return partition === undefined ? name : containerIn(name, homePart(model, partition));
}

/**
 * Where a resource at the top stands for a call; a rival that reaches everywhere finds the part that has the key, and so
 * does an operation that nobody needs to be known for.
 *
 * @param at its key, and the part of what else the call names
 */
export function topContainer(
	scene: Scene,
	name: string,
	at: { readonly key: Value | undefined; readonly part: string | undefined },
): string {
	const partition = scene.model.resources.get(name)?.partition;
	if (partition === undefined) return name;
	const { key } = at;
	const part = partOf(scene, partition) ?? at.part;
	const own = containerIn(name, part);
	const isOpen = part === undefined && isPublic(scene.behaviour, partition);
	if (key === undefined || !(isOpen || reachesAll(scene.behaviour.guards, name))) return own;
	if (scene.view.entry(own, key) !== undefined) return own;
	return scene.view.containers(name).find((one) => scene.view.entry(one, key) !== undefined) ?? own;
}

/** Whether an operation does not ask whose part is meant. */
function isPublic({ operation }: Behaviour, partition: Partition): boolean {
	return partition.by === "identity" && operation.security.every((all) => all.length === 0);
}

/** Whether nothing tells in which part a call looks for a resource. */
export function isPartUnknown(scene: Scene, name: string): boolean {
	const partition = scene.model.resources.get(name)?.partition;
	return partition !== undefined && !isPublic(scene.behaviour, partition) && partOf(scene, partition) === undefined;
}

/** The view of an operation that does not look at whose an item is: a list shows what all parts hold. */
export function viewThrough({ guards }: Behaviour, view: View): View {
	const open = guards.find((guard) => guard.kind === "partition" && guard.reaches === "all");
	if (open?.kind !== "partition") return view;
	const { resource } = open;
	const isTop = (container: string): boolean => !container.includes("/") && resourceOf(container) === resource;
	const entries = (container: string): readonly Entry[] =>
		isTop(container) ? view.containers(resource).flatMap((one) => view.entries(one)) : view.entries(container);
	const { sorted: _ofOnePart, ...rest } = view;
	return {
		...rest,
		entries,
		page: (container, { offset, limit, newestFirst = false }) => {
			const all = newestFirst ? entries(container).toReversed() : entries(container);
			return all.slice(offset, offset + limit);
		},
		count: (container) => entries(container).length,
		rank: (container, key) => {
			const wanted = identifyKey(key);
			const index = entries(container).findIndex((entry) => identifyKey(entry.key) === wanted);
			return index < 0 ? undefined : index;
		},
		elsewhere: () => [],
	};
}

function reachesAll(guards: readonly Guard[], resource: string): boolean {
	return guards.some((guard) => guard.kind === "partition" && guard.resource === resource && guard.reaches === "all");
}
