import type { Operation, Parameter } from "../../../src/contract/contract.ts";
import { extract, placesOf, renamed } from "../path-values.ts";
import type { Asked, Asker } from "./ask.ts";
import type { Collection } from "./collection.ts";
import { answerText, bad, good, isSuccess, not, type Result, succeeded, type Told } from "./result.ts";
import { untrue } from "./showable.ts";
import { isMap, itemIn, listsIn, named, plainName } from "./shown.ts";

/** An answer has several values that could be the key. */
const KEYS_MAX = 6;
const KEY_NAMES: ReadonlySet<string> = new Set(["id", "uuid", "guid", "key", "slug"]);

export interface Finding {
	readonly parents: ReadonlyMap<string, unknown>;
	readonly told: Told;
}

/** Creates an item and finds its key, or takes one that the list shows. */
export async function findItem(
	asker: Asker,
	collection: Collection,
	{ parents, told }: Finding,
): Promise<{ readonly key: unknown } | undefined> {
	const { create, list, get } = collection;
	const teller = create ?? list;
	const parameter = keyParameter(collection);
	if (teller === undefined || parameter === undefined) return undefined;
	const asked = await asker.ask(teller, renamed(teller, parents));
	if (create !== undefined) told.create = succeeded(asked);
	if (!isSuccess(asked)) return undefined;
	if (create === undefined && listsIn(asked.json).length === 0) {
		told.get = not("what stands there is one thing, and no list");
		return undefined;
	}
	const keys = [...new Set(extract(asked.received, parameter).flatMap((value) => [value, String(value)]))].filter(
		(value) => asker.judge(parameter.schema, value) === undefined,
	);
	if (keys.length === 0 || get === undefined) {
		told.get = not(get === undefined ? "nothing reads an item" : "the answer shows no key");
		return keys.length === 0 ? undefined : { key: keys[0] };
	}
	const telling = { asked, teller, get, isMade: create !== undefined, name: parameter.name };
	return readItem(asker, { parents, told }, { keys, parameter, telling });
}

interface Candidates {
	readonly keys: readonly unknown[];
	readonly parameter: Parameter;
	readonly telling: Expected;
}

/** Reads the item by what may be its key, and says whether it is as it was sent. */
async function readItem(
	asker: Asker,
	{ parents, told }: Finding,
	{ keys, parameter, telling }: Candidates,
): Promise<{ readonly key: unknown } | undefined> {
	const { get, asked } = telling;
	const found = await readFirst(asker, get, { parents, keys: keys.slice(0, KEYS_MAX) });
	if (found.key !== undefined && (await isChance(asker, get, { parents, parameter, asked, key: found.key }))) {
		told.get = not("every key names an item, and the answer shows none");
		return undefined;
	}
	told.get = resultOf(asker, found, telling);
	return found.key === undefined ? undefined : { key: found.key };
}

interface Found {
	readonly key?: unknown;
	readonly read?: unknown;
	/** What the others were answered with. */
	readonly tried: readonly string[];
}

async function readFirst(
	asker: Asker,
	get: Operation,
	{ parents, keys }: { readonly parents: ReadonlyMap<string, unknown>; readonly keys: readonly unknown[] },
): Promise<Found> {
	const tried: string[] = [];
	for (const key of keys) {
		const read = await asker.ask(get, withKey(get, parents, key));
		if (isSuccess(read)) return { key, read: read.json, tried };
		tried.push(read.kind === "none" ? read.reason : `${JSON.stringify(key)}: ${answerText(read).slice(0, 60)}`);
	}
	return { tried };
}

interface Guess {
	readonly parents: ReadonlyMap<string, unknown>;
	readonly parameter: Parameter;
	readonly asked: Extract<Asked, { kind: "answered" }>;
	readonly key: unknown;
}

/**
 * Whether a value is taken for the key only because whatever is asked for is there: no member that is called like a key has
 * it, and a value that nobody ever saw reads something as well.
 */
async function isChance(asker: Asker, get: Operation, { parents, parameter, asked, key }: Guess): Promise<boolean> {
	const location = asked.received.headers.location?.split("?")[0]?.split("/").at(-1);
	if (named(asked.json, key).some((member) => isKeyName(member, parameter.name)) || location === String(key))
		return false;
	const unseen = asker.maker.sampleOf(parameter, UNSEEN);
	return unseen !== undefined && isSuccess(await asker.ask(get, withKey(get, parents, unseen)));
}

/** An attempt that nothing else makes. */
const UNSEEN = 77;

interface Expected {
	readonly asked: Extract<Asked, { kind: "answered" }>;
	readonly teller: Operation;
	readonly get: Operation;
	readonly isMade: boolean;
	/** Of the parameter. */
	readonly name: string;
}

function resultOf(asker: Asker, { key, read, tried }: Found, expected: Expected): Result {
	const { asked, teller, get, isMade, name } = expected;
	if (key === undefined) {
		return showsKey(asked.json, name)
			? bad(`${teller.method} shows a key, and GET answers ${tried.join(", ")}`)
			: not("the answer shows nothing that is called like the key");
	}
	const different = isMade ? untrue(asker, get, { sent: withoutKeys(asked.body, name), answer: read, key }) : [];
	return different.length === 0 ? good : bad(`created, then read: ${different.join("; ")}`);
}

function keyParameter({ get, remove, replace, merge }: Collection): Parameter | undefined {
	const operation = get ?? remove ?? replace ?? merge;
	if (operation === undefined) return undefined;
	const name = placesOf(operation.path).at(-1)?.name;
	return operation.parameters.find((one) => one.in === "path" && one.name === name);
}

/** Whether an answer has a member that a reader would take for the key. */
function showsKey(answer: unknown, name: string): boolean {
	const item = itemIn(answer, undefined);
	return item !== undefined && Object.keys(item).some((member) => isKeyName(member, name));
}

function isKeyName(member: string, parameter: string): boolean {
	return plainName(member) === plainName(parameter) || KEY_NAMES.has(plainName(member));
}

/** The path says which item it is, and the server gives keys: what a body says of them may be ignored. */
export function withoutKeys(body: unknown, parameter: string): unknown {
	if (!isMap(body)) return body;
	const wanted = plainName(parameter);
	return Object.fromEntries(
		Object.entries(body).filter(([name]) => !isKeyName(name, parameter) && !wanted.endsWith(plainName(name))),
	);
}

/** Whether a body gives the item another key. */
export function movesKey(body: unknown, key: unknown, parameter: string): boolean {
	if (!isMap(body)) return false;
	const wanted = plainName(parameter);
	return Object.entries(body).some(
		([name, value]) =>
			(isKeyName(name, parameter) || wanted.endsWith(plainName(name))) && String(value) !== String(key),
	);
}

/** The values of an item's path. */
export function withKey(
	operation: Operation,
	parents: ReadonlyMap<string, unknown>,
	key: unknown,
): ReadonlyMap<string, unknown> {
	return renamed(operation, new Map([...parents, ["the key of the item", key]]));
}
