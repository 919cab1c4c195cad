import type { Contract } from "../contract/contract.ts";
import { resourceActedOn } from "./effect.ts";
import { inferAnswer } from "./infer/answer.ts";
import { inferEffect } from "./infer/effect.ts";
import { inferGuards } from "./infer/guards.ts";
import { type Place, placesOf } from "./infer/path-shape.ts";
import { inferResource, type Spot, spotsOf } from "./infer/resources.ts";
import type { Behaviour, Model } from "./model.ts";
import { overrideModel } from "./override.ts";
import type { Resource } from "./resource.ts";

/**
 * Reads the behaviour model out of a contract: resources from paths and schemas, effects from methods and words, guards
 * from security, statuses and input; then what `x-holdfast` declares goes over it.
 *
 * @throws UserError when an `x-holdfast` says what no law knows.
 * @example inferModel(await loadContract({ spec: "openapi.yaml" })).resources.get("apps")?.kind // "collection"
 */
export function inferModel(contract: Contract): Model {
	const places = placesOf(contract);
	const spots = spotsOf(places);
	const resources = new Map<string, Resource>();
	for (const spot of spots) {
		const resource = inferResource(spot, spots);
		if (resource !== undefined) resources.set(spot.name, resource);
	}
	const known = withKnownParents(resources);
	const behaviours = new Map(places.map((place) => [place.operation.id, behaviourAt(place, spots, known)]));
	return overrideModel({ contract, authority: "document", resources: known, behaviours });
}

/** A parent that turned out to be no resource is none. */
function withKnownParents(resources: ReadonlyMap<string, Resource>): ReadonlyMap<string, Resource> {
	const entries = [...resources].map(([name, resource]): [string, Resource] => {
		if (resource.parent === undefined || resources.has(resource.parent)) return [name, resource];
		const { parent: _unknown, ...orphan } = resource;
		return [name, orphan];
	});
	return new Map(entries);
}

function behaviourAt(place: Place, spots: readonly Spot[], resources: ReadonlyMap<string, Resource>): Behaviour {
	const spot = spots.find(({ base }) => base === place.base);
	const resource = spot === undefined ? undefined : resources.get(spot.name);
	const { effect, evidence, reason } = inferEffect(place, resource);
	const keys = keysOf(place, spots, resources);
	const guards = inferGuards(place.operation, effect, { chain: chainOf(resource, resources), keys });
	return {
		operation: place.operation,
		effect,
		evidence,
		guards,
		keys,
		answer: inferAnswer(place, effect, resourceActedOn(effect) === undefined ? undefined : resource),
		...(reason === undefined ? {} : { reason }),
	};
}

function chainOf(resource: Resource | undefined, resources: ReadonlyMap<string, Resource>): readonly Resource[] {
	const chain: Resource[] = [];
	for (
		let next = resource;
		next !== undefined && chain.length < 20;
		next = next.parent === undefined ? undefined : resources.get(next.parent)
	) {
		chain.unshift(next);
	}
	return chain;
}

/** Which path parameter carries the key of which resource's item. */
function keysOf(
	place: Place,
	spots: readonly Spot[],
	resources: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, string> {
	const keys = new Map<string, string>();
	let base = "";
	for (const segment of place.shape.segments) {
		if (segment.kind === "parameter") {
			const spot = spots.find((candidate) => candidate.base === base);
			if (spot !== undefined && resources.has(spot.name)) keys.set(spot.name, segment.name);
		}
		base += segment.kind === "parameter" ? "/{}" : `/${segment.text}`;
	}
	return keys;
}
