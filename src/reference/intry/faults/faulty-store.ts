import type { Faults } from "../../fault/fault.ts";
import type { Kind, Plural } from "../core/kinds.ts";
import type { Item, Part, Question, Store } from "../core/store.ts";
import type { IntryFault } from "../faults.ts";

type StoreFault = (store: Store) => Partial<Store>;

/**
 * A store that behaves as the chosen faults make it, around the honest one: each fault replaces a few functions and
 * leaves the rest, so faults can be combined.
 */
export function faultyStore(honest: Store, faults: Faults<IntryFault>): Store {
	let store = honest;
	for (const [name, change] of Object.entries({ ...LIST_FAULTS, ...WRITE_FAULTS })) {
		if (faults.has(name as IntryFault)) store = { ...store, ...change(store) };
	}
	return store;
}

type StoreFaults = Readonly<Partial<Record<IntryFault, StoreFault>>>;

/** More than any test has. */
const EVERYTHING = { limit: 1_000_000, offset: 0 };

const LIST_FAULTS: StoreFaults = {
	"offset-counts-pages": ofList("units", (list, question) =>
		list({ ...question, offset: question.offset * question.limit }),
	),
	"total-ignores-the-filter": ofList("properties", async (list, question) => {
		const { total } = await list({ ...question, conditions: [] });
		return { ...(await list(question)), total };
	}),
	"total-counts-the-page": ofList("users", async (list, question) => {
		const { items } = await list(question);
		return { items, total: items.length };
	}),
	"city-filter-matches-prefixes": ofList("properties", async (list, question) => {
		const wanted = question.conditions.find(({ parameter }) => parameter === "city")?.value;
		if (wanted === undefined) return list(question);
		return sliced(question, async (all) => {
			const { items } = await list({ ...all, conditions: without(question, "city") });
			return items.filter(({ city }) => String(city).startsWith(String(wanted)));
		});
	}),
	"kind-filter-ignored": ofList("devices", (list, question) =>
		list({ ...question, conditions: without(question, "kind") }),
	),
	"start-until-excluded": ofList("calls", async (list, question) => {
		const bound = question.conditions.find(({ parameter }) => parameter === "started_until")?.value;
		if (bound === undefined) return list(question);
		return sliced(question, async (all) => {
			const { items } = await list({ ...question, ...all });
			return items.filter(({ started_at }) => Date.parse(String(started_at)) < Date.parse(String(bound)));
		});
	}),
	"units-listed-backwards": ofList("units", (list, question) =>
		list({ ...question, descending: !question.descending }),
	),
};

const WRITE_FAULTS: StoreFaults = {
	"deleted-tenant-leaves-its-users": (store) => hiding(store, "tenants"),
	"deleted-unit-takes-its-devices": (store) => ({
		remove: async (kind, id) => {
			if (kind.plural === "units") await removeDevicesOf(store, id);
			return store.remove(kind, id);
		},
	}),
	"call-delete-does-nothing": (store) => ({
		remove: async (kind, id) =>
			kind.plural === "calls" ? (await store.get(kind, id)) !== undefined : store.remove(kind, id),
	}),
	"user-patch-replaces": (store) => ({
		update: (kind, id, values) =>
			store.update(kind, id, kind.plural === "users" ? { role: "resident", status: "active", ...values } : values),
	}),
	"notes-not-stored": (store) => ({
		create: (kind, values) => store.create(kind, kind.plural === "calls" ? { ...values, notes: "" } : values),
	}),
	"malformed-id-fails": (store) => ({
		get: async (kind, id) => {
			if (kind.plural === "units" && !UUID.test(id)) throw new Error("invalid input syntax for type uuid");
			return store.get(kind, id);
		},
	}),
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type List = (question: Question) => Promise<Part>;

/** Another way to list the things of one kind. */
function ofList(plural: Plural, way: (list: List, question: Question) => Promise<Part>): StoreFault {
	return (store) => ({
		list: (kind, question) =>
			kind.plural === plural ? way((asked) => store.list(kind, asked), question) : store.list(kind, question),
	});
}

function without({ conditions }: Question, name: string): Question["conditions"] {
	return conditions.filter(({ parameter }) => parameter !== name);
}

/** The part of a whole list that is made here. */
async function sliced(question: Question, make: (all: Question) => Promise<readonly Item[]>): Promise<Part> {
	const items = await make({ ...question, ...EVERYTHING });
	return { items: items.slice(question.offset, question.offset + question.limit), total: items.length };
}

/** What is deleted is only hidden, so that all that hangs on it stays. */
function hiding(store: Store, plural: Plural): Partial<Store> {
	const gone = new Set<string>();
	return {
		remove: async (kind, id) => {
			if (kind.plural !== plural) return store.remove(kind, id);
			const isThere = !gone.has(id) && (await store.get(kind, id)) !== undefined;
			gone.add(id);
			return isThere;
		},
		get: async (kind, id) => (kind.plural === plural && gone.has(id) ? undefined : store.get(kind, id)),
		update: async (kind, id, values) =>
			kind.plural === plural && gone.has(id) ? undefined : store.update(kind, id, values),
		list: async (kind, question) => {
			if (kind.plural !== plural) return store.list(kind, question);
			return sliced(question, async (all) => (await store.list(kind, all)).items.filter(({ id }) => !gone.has(id)));
		},
	};
}

async function removeDevicesOf(store: Store, unit: string): Promise<void> {
	const devices = { plural: "devices", singular: "device", fields: {}, filters: {}, order: "name" } satisfies Kind;
	const conditions = [{ parameter: "unit_id", field: "unit_id", compares: "=", value: unit } as const];
	const { items } = await store.list(devices, { conditions, order: "created_at", descending: false, ...EVERYTHING });
	for (const { id } of items) await store.remove(devices, id);
}
