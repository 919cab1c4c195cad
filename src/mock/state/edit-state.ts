import type { Json } from "../../http/exchange.ts";
import { homeContainer } from "../../model/partition.ts";
import { holdsMembers, type Resource } from "../../model/resource.ts";
import type { Entry } from "../../model/state.ts";
import { isObject, isServerValue, type Value } from "../../model/value.ts";
import { type Problem, UserError } from "../../problem/problem.ts";
import type { Schema } from "../../schema/schema.ts";
import { showValue } from "../answer/fill-pattern.ts";
import type { Desk } from "../desk.ts";
import type { Seeder } from "../scenario/seed-store.ts";
import { parseStatePath, type StateAddress } from "./state-address.ts";

/**
 * What a mock holds, to be read and set up by tests. A path names resources and keys in turn (`apps`, `apps/my-app`,
 * `apps/my-app/cids`); a key with a slash in it is percent-encoded.
 */
export interface StateEditor {
	/** An item, or the list of all items; undefined when there is no such item. @throws UserError when no resource is there */
	get(path: string): Json | undefined;
	/**
	 * Puts an item, or all items of a resource, in the place of what was there.
	 *
	 * @throws UserError when the document does not admit a value, with all that is wrong about it.
	 */
	set(path: string, value: Json): void;
	/** Takes an item away with all that lives in it, or all items of a resource. False when nothing was there. */
	remove(path: string): boolean;
	/** Every resource at the top, with its items. */
	all(): Readonly<Record<string, Json>>;
}

export function createStateEditor(desk: Desk, seeder: Seeder): StateEditor {
	const { model, store } = desk;
	const find = (path: string): StateAddress => {
		const [root = ""] = path.split("/").filter((step) => step !== "");
		if (model.resources.has(root)) seeder.ensureResource(root);
		return parseStatePath(path, model, store.view);
	};
	const list = (container: string): readonly Json[] => store.view.entries(container).map(showEntry);
	return {
		get: (path) => {
			const { container, key } = find(path);
			if (key === undefined) return list(container);
			const entry = store.view.entry(container, key);
			return entry === undefined ? undefined : showEntry(entry);
		},
		set: (path, value) => {
			const address = find(path);
			const problems = faultsOf(desk, address, value);
			if (problems.length > 0) throw new UserError(problems);
			if (address.key !== undefined) setItem(desk, seeder, { ...address, key: address.key }, value);
			else setAll(desk, seeder, address, value as readonly Json[]);
		},
		remove: (path) => {
			const { container, key } = find(path);
			const entries = key === undefined ? store.view.entries(container) : [store.view.entry(container, key)];
			const gone = entries.filter((entry) => entry !== undefined);
			store.apply(gone.map((entry) => ({ kind: "delete", container, key: entry.key, cascade: true })));
			return gone.length > 0;
		},
		all: () => {
			seeder.ensureAll();
			const top = [...model.resources.values()].filter(({ parent }) => parent === undefined);
			return Object.fromEntries(top.map(({ name }) => [name, list(homeContainer(model, name))]));
		},
	};
}

/** What nobody set is not shown. */
export function showEntry({ value }: Entry): Json {
	return showValue(value, new Map()) ?? null;
}

function setAll(desk: Desk, seeder: Seeder, { resource, container }: StateAddress, items: readonly Json[]): void {
	const { store } = desk;
	if (holdsMembers(resource)) {
		store.apply([{ kind: "fill", container, entries: items.map((value): Entry => ({ key: value, value })) }]);
		return;
	}
	const before = store.view.entries(container);
	store.apply(before.map(({ key }) => ({ kind: "delete", container, key, cascade: true })));
	for (const item of items) seeder.place(resource, { container }, item as { readonly [name: string]: Value });
}

type ItemAddress = StateAddress & { readonly key: Value };

function setItem({ store }: Desk, seeder: Seeder, address: ItemAddress, value: Json): void {
	const { resource, container, key } = address;
	if (holdsMembers(resource)) {
		store.apply([{ kind: "put", container, entry: { key: value, value } }]);
		return;
	}
	const before = store.view.entry(container, key);
	const property = resource.key?.property;
	const kept = before === undefined ? {} : ownedByServer(resource, before);
	const named = property === undefined || resource.kind === "singleton" ? {} : { [property]: before?.key ?? key };
	const item = { ...kept, ...(value as { readonly [name: string]: Value }), ...named };
	if (before === undefined) seeder.place(resource, { container, key }, item);
	else store.apply([{ kind: "put", container, entry: { key: before.key, value: item } }]);
}

/** Ids and times of an item stay when it is set anew without them. */
function ownedByServer({ fields }: Resource, { value }: Entry): { readonly [name: string]: Value } {
	if (!isObject(value)) return {};
	const owned = Object.entries(value).filter(
		([name, member]) => fields.get(name)?.owner !== "client" || isServerValue(member),
	);
	return Object.fromEntries(owned);
}

function faultsOf(desk: Desk, { resource, key }: StateAddress, value: Json): readonly Problem[] {
	if (key !== undefined) return itemFaults(desk, resource, value);
	if (!Array.isArray(value)) return [fault(`${resource.name} is a list`)];
	return (value as readonly Json[]).flatMap((item) => itemFaults(desk, resource, item));
}

function itemFaults(desk: Desk, resource: Resource, value: Json): readonly Problem[] {
	if (holdsMembers(resource)) return valueFaults(desk, resource.schema, resource.name, value);
	if (!isObject(value)) return [fault(`an item of ${resource.name} is an object`)];
	const inner = [...desk.model.resources.values()].filter(({ parent }) => parent === resource.name);
	return Object.entries(value as { readonly [name: string]: Json }).flatMap(([name, member]) => {
		const field = resource.fields.get(name);
		if (field !== undefined) return valueFaults(desk, field.schema, name, member);
		if (name === resource.key?.property || inner.some((child) => child.name === name)) return [];
		return [fault(`${resource.name} have no field "${name}"`)];
	});
}

function valueFaults({ validation }: Desk, schema: Schema | undefined, name: string, value: Json): readonly Problem[] {
	if (schema === undefined) return [];
	const violations = validation.validate(schema, value, "response");
	return violations.map(({ pointer, message }) => fault(`${name}${pointer.replaceAll("/", ".")} ${message}`));
}

function fault(message: string): Problem {
	return { code: "bad-state", message };
}
