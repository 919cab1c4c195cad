import type { Dialect } from "./dialect.ts";
import { createLinks, type Place } from "./link.ts";
import type { Locator } from "./location.ts";
import { type Draft, isNullableCombination, isObject, knowsNullable, normalizeNode, set } from "./normalize-node.ts";
import { extendPointer } from "./reference.ts";
import type { JsonSchema } from "./schema.ts";
import type { Scope, Scopes } from "./scope.ts";

/** Makes nodes in the spelling of 2020-12, once for each place. */
export interface Normalizer {
	nodeAt(place: Place): JsonSchema;
	/** Where a node came from. */
	placeOf(node: object): Place | undefined;
	/** The place behind a reference that only this registry understands (one that carries a dynamic scope). */
	scopedPlace(reference: string): Place | undefined;
}

interface Task {
	readonly place: Place;
	readonly put: (node: JsonSchema) => void;
}

export function createNormalizer(locator: Locator, scopes: Scopes): Normalizer {
	const nodes = new WeakMap<Scope, WeakMap<object, JsonSchema>>();
	const places = new WeakMap<object, Place>();
	const links = createLinks(locator, scopes);

	/** Without recursion: documents may nest deeper than the stack. */
	function nodeAt(start: Place): JsonSchema {
		let result: JsonSchema = true;
		const work: Task[] = [
			{
				place: start,
				put: (node) => {
					result = node;
				},
			},
		];
		for (let task = work.pop(); task !== undefined; task = work.pop()) task.put(nodeFor(task.place, work));
		return result;
	}

	function nodeFor(place: Place, work: Task[]): JsonSchema {
		const raw = place.location.value;
		if (typeof raw === "boolean") return raw;
		if (!isObject(raw)) return true;
		const memo = memoOf(place.scope);
		const known = memo.get(raw);
		if (known !== undefined) return isAround(place, raw) ? { $ref: links.referenceTo(place) } : known;
		const { dialect } = place.location.resource;
		const draft = normalizeNode(raw, dialect);
		complete(draft, place);
		const outer = isNullableCombination(raw, dialect) ? orNull(draft.node, dialect) : draft.node;
		memo.set(raw, outer);
		places.set(outer, place);
		places.set(draft.node, place);
		work.push(...draft.slots.map((slot) => childTask(place, draft.node, slot)));
		return outer;
	}

	function memoOf(scope: Scope): WeakMap<object, JsonSchema> {
		const memo = nodes.get(scope) ?? new WeakMap<object, JsonSchema>();
		nodes.set(scope, memo);
		return memo;
	}

	function childTask(parent: Place, node: Draft["node"], slot: Draft["slots"][number]): Task {
		putAt(node, slot.target, true);
		const pointer = extendPointer(parent.location.pointer, slot.source);
		const { file } = parent.location;
		const resource = locator.resourceOf(slot.value, { ...parent.location, pointer });
		const location = { file, pointer, value: slot.value, resource };
		const place = { location, scope: scopes.enter(parent.scope, resource), parent };
		return { place, put: (child) => putAt(node, slot.target, child) };
	}

	/** Writes the references of a node as absolute ones, and the discriminator's mapping too. */
	function complete({ node, slots, references }: Draft, place: Place): void {
		const targets = [...references].map(([keyword, reference]) =>
			keyword === "$ref" ? links.follow(reference, place) : links.followDynamic(keyword, reference, place),
		);
		const [first, ...others] = targets;
		if (first !== undefined) node.$ref = first;
		if (others.length > 0) {
			const own = slots.filter((slot) => slot.target[0] === "allOf").length;
			node.allOf = [...Array<boolean>(own).fill(true), ...others.map((target) => ({ $ref: target }))];
		}
		if (isObject(node.discriminator)) node.discriminator = links.absoluteMapping(node.discriminator, place);
	}

	return { nodeAt, placeOf: (node) => places.get(node), scopedPlace: links.scopedPlace };
}

/** "This or null", with the words of the whole kept on the outside. */
function orNull(node: Record<string, unknown>, dialect: Dialect): Record<string, unknown> {
	const { title, description } = node;
	return {
		...(title === undefined ? {} : { title }),
		...(description === undefined ? {} : { description }),
		...(knowsNullable(dialect) ? {} : { nullable: true }),
		anyOf: [node, { type: "null" }],
	};
}

/** Whether a value is one of the places around this one. */
function isAround(place: Place, raw: object): boolean {
	for (let outer = place.parent; outer !== undefined; outer = outer.parent) {
		if (outer.location.value === raw) return true;
	}
	return false;
}

function putAt(node: Record<string, unknown>, path: readonly (string | number)[], child: JsonSchema): void {
	const [keyword = "", name] = path;
	if (name === undefined) node[keyword] = child;
	else if (typeof name === "number") (node[keyword] as unknown[])[name] = child;
	else set(node[keyword] as Record<string, unknown>, name, child);
}
