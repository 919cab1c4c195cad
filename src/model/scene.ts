import type { Schema } from "../schema/schema.ts";
import type { Call, Credential } from "./call.ts";
import { callerOf } from "./credential.ts";
import { type Behaviour, behaviourOf, lineage, type Model, resourceNamed } from "./model.ts";
import { partOf, topContainer, viewThrough } from "./partition.ts";
import type { Resource } from "./resource.ts";
import { containerOf, type Held, keysIn, partIn, type View } from "./state.ts";
import { isObject, propertyOf, type Value } from "./value.ts";

/** All that a law may look at when it says what a call does. */
export interface Scene {
	readonly model: Model;
	readonly behaviour: Behaviour;
	readonly view: View;
	readonly call: Call;
	/** Only while planning: where new values come from. */
	readonly planning?: Planning;
	/** Resource → the key of the item that the call has made so far. */
	readonly made?: ReadonlyMap<string, Value>;
}

/** Values that a planner can make for a law that looks for calls which violate it. */
export interface Planning {
	/** A key or member that is valid and never was there. */
	spare(resource: string): Value | undefined;
	/** Valid values that a careless comparison takes for this one: it is their prefix, or they are its. */
	neighbours(resource: string, value: Value): readonly Value[];
	/** Whether a value was made so that nobody else has it. */
	isOurs?(value: Value): boolean;
	/** The same text in another case. */
	inOtherCase?(value: Value): Value | undefined;
	/** The same text without its beginning. */
	withoutFirst?(value: Value): Value | undefined;
	/** A valid value for a schema, new each time as long as there are others. */
	value?(schema: Schema, name: string): Value | undefined;
	/** Whether a schema admits a value in a request. */
	admits?(schema: Schema, value: Value): boolean;
	/** The call with its input broken, once for each rule that is worth it. */
	flawed(call: Call): readonly Call[];
	/** Has the API issue a credential of a scheme with these scopes; undefined when it cannot. */
	issue?(scheme: string, scopes: readonly string[]): Credential | undefined;
}

export function sceneOf(model: Model, view: View, call: Call): Scene {
	const behaviour = behaviourOf(model, call.operation);
	return { model, behaviour, view: viewThrough(behaviour, view), call };
}

/** The resource that the operation acts on, and where: its container, and the key when the path names an item. */
export interface Address {
	readonly resource: Resource;
	readonly container: string;
	readonly key?: Value;
}

/**
 * Where a call's resource stands, or an ancestor of it.
 *
 * @example addressOf(scene, "cids") // { container: 'apps/"a"/cids', key: "527121102" } for DELETE /apps/a/cids/527121102
 */
export function addressOf(scene: Scene, name: string): Address {
	const { model, behaviour, call } = scene;
	let parent: { container: string; key: Value } | undefined;
	const named = namedOtherwise(scene);
	for (const resource of lineage(model, name)) {
		const parameter = behaviour.keys.get(resource.name);
		const isWanted = resource.name === name;
		const key =
			parameter === undefined ? keyOtherwise(scene, resource.name, { named, isWanted }) : call.path[parameter];
		const container =
			parent === undefined
				? topContainer(scene, resource.name, { key, part: named?.part })
				: containerOf(resource.name, parent);
		if (isWanted)
			return key === undefined
				? { resource, container }
				: { resource, container: placed(scene, { resource, container, key }), key };
		parent = { container, key: key ?? SINGLE };
	}
	return { resource: resourceNamed(model, name), container: name };
}

/** Where an item stands; for a rival that does not look at the parent, wherever there is one with this key. */
function placed(
	{ view, behaviour: { guards } }: Scene,
	{ resource: { name }, container, key }: Required<Address>,
): string {
	const isLookedFor = guards.some((one) => one.kind === "exists" && one.resource === name && one.anywhere === true);
	if (!isLookedFor || view.entry(container, key) !== undefined) return container;
	return view.containers(name).find((one) => view.entry(one, key) !== undefined) ?? container;
}

/**
 * The key of an item that the path does not name. Of what the call has made just now, and of whom the credential was
 * issued for, something may live inside; who calls with an issued key makes and lists others than that one.
 */
function keyOtherwise(
	{ made, behaviour: { effect } }: Scene,
	resource: string,
	{ named, isWanted }: { named: Named | undefined; isWanted: boolean },
): Value | undefined {
	const told = (isWanted ? undefined : made?.get(resource)) ?? named?.keys.get(resource);
	const isOther = isWanted && (effect.kind === "create" || effect.kind === "list" || effect.kind === "several");
	return told ?? (isOther ? undefined : named?.callers.get(resource));
}

/** An item that a value of the body names, by its key or by one of its fields. */
export interface Naming {
	readonly of: string;
	readonly field?: string;
}

/** The item that a value names, wherever it stands in the part that the call reaches. */
export function referredBy(scene: Scene, { of, field }: Naming, value: Value): Held | undefined {
	const { model, view } = scene;
	const [top, ...inner] = lineage(model, of);
	const part = top?.partition === undefined ? undefined : partOf(scene, top.partition);
	const isReached = ({ container }: Held): boolean => part === undefined || partIn(container) === part;
	if (field === undefined && top !== undefined && inner.length === 0) {
		const own = topContainer(scene, of, { key: value, part: undefined });
		// Who does not look at whose one item is does not look at whose another is either.
		const all = looksAtNobody(scene) ? [own, ...view.containers(of)] : [own];
		const container = all.find((one) => view.entry(one, value) !== undefined) ?? own;
		const entry = view.entry(container, value);
		return entry === undefined ? undefined : { container, entry };
	}
	const property = field ?? resourceNamed(model, of).key?.property;
	const held = property === undefined ? undefined : view.holder(of, property, value);
	return held !== undefined && isReached(held) ? held : undefined;
}

function looksAtNobody({ behaviour: { guards } }: Scene): boolean {
	return guards.some((guard) => guard.kind === "partition" && guard.reaches === "all");
}

/** What names items besides the path: their keys by resource, and the part in which they stand. */
interface Named {
	readonly keys: ReadonlyMap<string, Value>;
	/** What the caller's own credential lives in. */
	readonly callers: ReadonlyMap<string, Value>;
	readonly part: string | undefined;
}

const NOTHING_NAMED: ReadonlyMap<string, Value> = new Map();

/** What a value of the body names, or what the caller's credential lives in. */
function namedOtherwise(scene: Scene): Named | undefined {
	const { guards, keys } = scene.behaviour;
	for (const guard of guards) {
		if (guard.kind !== "refers" || keys.has(guard.of)) continue;
		const value = propertyOf(sentItem(scene), guard.property);
		const held = value === undefined ? undefined : referredBy(scene, guard, value);
		if (held === undefined) continue;
		const { container, entry } = held;
		const around = [...keysIn(container), [guard.of, entry.key] as const];
		return { keys: new Map(around), callers: NOTHING_NAMED, part: partIn(container) };
	}
	const holder = callerOf(scene);
	if (holder === undefined) return undefined;
	return { keys: NOTHING_NAMED, callers: new Map(keysIn(holder.container)), part: partIn(holder.container) };
}

/** The item that a call's body carries, taken out of what wraps it. */
export function sentItem({ behaviour, call }: Scene): Value | undefined {
	return wrappersOf(behaviour).reduce<Value | undefined>((inner, name) => propertyOf(inner, name), call.body);
}

/** The call with another value, or none, in one field of the item that its body carries. */
export function withSent({ behaviour, call }: Scene, field: string, value: Value | undefined): Call {
	const put = (body: Value | undefined, [name, ...deeper]: readonly string[]): Value => {
		const members = isObject(body) ? body : {};
		if (name === undefined) return members;
		if (deeper.length > 0) return { ...members, [name]: put(members[name], deeper) };
		const { [name]: _before, ...others } = members;
		return value === undefined ? others : { ...members, [name]: value };
	};
	return { ...call, body: put(call.body, [...wrappersOf(behaviour), field]) };
}

function wrappersOf({ takes = "" }: Behaviour): readonly string[] {
	return takes
		.split("/")
		.slice(1)
		.map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Whether nothing that we know of stands where a call is aimed at: an item that its path names, or a singleton. */
export function isAbsent(scene: Scene, name: string): boolean {
	const { container, key = SINGLE } = addressOf(scene, name);
	return scene.view.entry(container, key) === undefined && scene.view.isLent?.(container, key) !== true;
}

/** The key of the one item of a singleton, and of a parent that the path does not name. */
export const SINGLE: Value = "";
