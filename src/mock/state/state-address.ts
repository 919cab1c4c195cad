import { hintOf } from "../../contract/did-you-mean.ts";
import type { Model } from "../../model/model.ts";
import { homeContainer } from "../../model/partition.ts";
import type { Resource } from "../../model/resource.ts";
import { SINGLE } from "../../model/scene.ts";
import { containerOf, type View } from "../../model/state.ts";
import type { Value } from "../../model/value.ts";
import { UserError } from "../../problem/problem.ts";

/** Where something stands in a mock's state: a resource's container, and an item of it when one is named. */
export interface StateAddress {
	readonly resource: Resource;
	readonly container: string;
	readonly key?: Value;
}

/**
 * Reads a path into the state: names of resources and keys of items in turn, keys percent-encoded where they hold a
 * slash. A singleton has no key.
 *
 * @throws UserError when it names no resource, or goes through an item that is not there.
 * @example parseStatePath("apps/my-app/cids", model, view) // { resource: cids, container: 'apps/"my-app"/cids' }
 */
export function parseStatePath(path: string, model: Model, view: View): StateAddress {
	const steps = path.split("/").filter((step) => step !== "");
	let address: StateAddress | undefined;
	for (let index = 0; index < steps.length; ) {
		const name = decode(steps[index] as string);
		const resource = findResource(name, model, address);
		const parent = parentOf(address, view);
		const container = parent === undefined ? homeContainer(model, name) : containerOf(resource.name, parent);
		index++;
		if (resource.kind === "singleton") address = { resource, container, key: SINGLE };
		else if (index < steps.length) address = { resource, container, key: decode(steps[index++] as string) };
		else address = { resource, container };
	}
	if (address === undefined)
		throw mistake("the path names no resource", `there are ${[...model.resources.keys()].join(", ")}`);
	return address;
}

function findResource(name: string, model: Model, above: StateAddress | undefined): Resource {
	const parent = above?.resource.name;
	const here = [...model.resources.values()].filter((resource) => resource.parent === parent);
	const found = here.find((resource) => resource.name === name);
	if (found !== undefined) return found;
	const names = here.map((resource) => resource.name);
	const where = parent === undefined ? "" : ` inside ${parent}`;
	const listed = names.length === 0 ? undefined : `there are ${names.join(", ")}`;
	throw mistake(`no resource is called "${name}"${where}`, hintOf(name, names).hint ?? listed);
}

function parentOf(address: StateAddress | undefined, view: View): { container: string; key: Value } | undefined {
	if (address === undefined) return undefined;
	const { container, key = SINGLE } = address;
	const entry = view.entry(container, key);
	if (entry === undefined) throw mistake(`${address.resource.name} has no item ${JSON.stringify(key)}`);
	return { container, key: entry.key };
}

function decode(step: string): string {
	try {
		return decodeURIComponent(step);
	} catch {
		throw mistake(`"${step}" is not percent-encoded text`);
	}
}

function mistake(message: string, hint?: string): UserError {
	return new UserError([{ code: "bad-state-path", message, ...(hint === undefined ? {} : { hint }) }]);
}
