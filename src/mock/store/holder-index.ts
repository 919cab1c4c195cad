import { type Held, resourceOf } from "../../model/state.ts";
import { identify, isObject, isServerValue, type Value } from "../../model/value.ts";

/** Finds the item whose field holds a value, for the fields that it was made for. */
export interface HolderIndex {
	covers(resource: string, field: string): boolean;
	find(resource: string, field: string, value: Value): Held | undefined;
	add(held: Held): void;
	drop(held: Held): void;
	/** One that knows the same, and goes its own way. */
	fork(): HolderIndex;
}

/** Resource → field → value → the items that hold it, the oldest first. */
type Index = Map<string, Map<string, Map<string, readonly Held[]>>>;

export function createHolderIndex(
	fields: readonly { readonly resource: string; readonly field: string }[],
): HolderIndex {
	const index: Index = new Map();
	for (const { resource, field } of fields) {
		const own = index.get(resource) ?? new Map<string, Map<string, readonly Held[]>>();
		index.set(resource, own.set(field, new Map()));
	}
	return holderIndexOf(index);
}

function holderIndexOf(index: Index): HolderIndex {
	const update = (held: Held, change: (values: Map<string, readonly Held[]>, identity: string) => void): void => {
		const own = index.get(resourceOf(held.container));
		if (own === undefined || !isObject(held.entry.value)) return;
		for (const [field, values] of own) {
			const value = held.entry.value[field];
			if (value !== undefined && !isServerValue(value)) change(values, identify(value));
		}
	};
	return {
		covers: (resource, field) => index.get(resource)?.has(field) ?? false,
		find: (resource, field, value) => index.get(resource)?.get(field)?.get(identify(value))?.[0],
		add: (held) => update(held, (values, identity) => values.set(identity, [...(values.get(identity) ?? []), held])),
		drop: (held) =>
			update(held, (values, identity) => {
				const left = (values.get(identity) ?? []).filter(({ entry }) => entry !== held.entry);
				if (left.length === 0) values.delete(identity);
				else values.set(identity, left);
			}),
		fork: () => holderIndexOf(forkIndex(index)),
	};
}

function forkIndex(index: Index): Index {
	return new Map(
		[...index].map(([resource, fields]) => [
			resource,
			new Map([...fields].map(([field, values]) => [field, new Map(values)])),
		]),
	);
}
