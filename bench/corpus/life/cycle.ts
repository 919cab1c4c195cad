import type { Operation, Parameter } from "../../../src/contract/contract.ts";
import { renamed } from "../path-values.ts";
import { queryOf } from "../wire.ts";
import type { Asked, Asker } from "./ask.ts";
import type { Collection } from "./collection.ts";
import { findItem, movesKey, withKey, withoutKeys } from "./find-item.ts";
import { filterList, LIMIT, pageList, parameterLike } from "./query.ts";
import { answerText, bad, good, isSuccess, type Living, not, type Result, succeeded, type Told } from "./result.ts";
import { untrue } from "./showable.ts";
import { isItem, isMap, itemIn, listsIn, names } from "./shown.ts";

/**
 * Leads one item of a collection through its life: each step where the document has one.
 *
 * @param parted a mock in which everything belongs to the tenant of the caller
 */
export async function live(asker: Asker, collection: Collection, parted: Parted): Promise<Told> {
	const [first] = [collection.create, collection.list, collection.get].flatMap((one) => one ?? []);
	if (first === undefined) return {};
	const parents = await asker.values.for(first, 0);
	const told: Told = {};
	const found = await findItem(asker, collection, { parents, told });
	if (found !== undefined) await goOn({ asker, collection, parents, key: found.key }, told);
	asker.values.renew(first);
	told["other tenant"] = await hides(parted.asker, parted.collection);
	return told;
}

/** The same collection where callers are told apart. */
export interface Parted {
	readonly asker: Asker;
	readonly collection: Collection;
}

async function goOn(living: Living, told: Told): Promise<void> {
	const { replace, merge, remove } = living.collection;
	told.list = await listsItem(living);
	told.page = await pageList(living);
	told.filter = await filterList(living);
	if (replace !== undefined) told.replace = await change(living, replace, 1);
	if (merge !== undefined) told.merge = await change(living, merge, 2);
	if (remove !== undefined) await end(living, remove, told);
}

/** Whether some list of an answer shows the item. */
function shows(asked: Asked | undefined, key: unknown): boolean {
	return isSuccess(asked) && listsIn(asked.json).some(({ items }) => items.some((item) => isItem(item, key)));
}

async function listsItem({ asker, collection, parents, key }: Living): Promise<Result> {
	const { list } = collection;
	if (list === undefined) return not("nothing lists the items");
	const asked = await asker.ask(list, renamed(list, parents));
	if (asked.kind === "none") return not(asked.reason);
	if (!isSuccess(asked)) return bad(answerText(asked));
	if (shows(asked, key)) return good;
	const longer = longestPage(list, asker);
	if (longer !== undefined && shows(await asker.ask(list, renamed(list, parents), { query: longer }), key)) return good;
	const lists = listsIn(asked.json);
	if (lists.length === 0) return not("the answer has no list");
	if (list.parameters.some(({ in: place, required }) => place === "query" && required))
		return not("the list must be asked for a part of it");
	if (lists.every(({ items }) => items.length === 0 || items.every(isKeyless))) return notShown(lists, collection);
	return bad(`${JSON.stringify(key)} is not among ${lists.map(({ items }) => items.length).join(" + ")} items`);
}

/** Asks for as long a page as there is. */
function longestPage(list: Operation, { judge }: Asker): string | undefined {
	const limit = parameterLike(list, LIMIT);
	const length = limit && [100, 50, 30, 25, 20].find((one) => judge(limit.schema, one) === undefined);
	return length === undefined ? undefined : queryOf(limit as Parameter, length);
}

function isKeyless(item: unknown): boolean {
	return isMap(item) && !Object.keys(item).some((name) => /id|key|name|slug|code|number/i.test(name));
}

/** An empty list hides what it should show; items without a name may be anything. */
function notShown(lists: ReturnType<typeof listsIn>, { create }: Collection): Result {
	const isEmpty = lists.every(({ items }) => items.length === 0);
	return isEmpty && create !== undefined ? bad("the list is empty") : not("the list shows items without their keys");
}

/** Replaces or merges, and reads what has become of it. */
async function change(
	{ asker, collection, parents, key }: Living,
	operation: Operation,
	attempt: number,
): Promise<Result> {
	const { get, parameter } = collection;
	const read = async (): Promise<Asked | undefined> => get && (await asker.ask(get, withKey(get, parents, key)));
	const before = await read();
	const asked = await asker.ask(operation, withKey(operation, parents, key), { attempt });
	if (!isSuccess(asked)) return succeeded(asked);
	const after = await read();
	if (after === undefined || before?.kind !== "answered") return good;
	if (!isSuccess(after)) {
		if (movesKey(asked.body, key, parameter)) return not("the body gives the item another key");
		return after.kind === "none" ? not(after.reason) : bad(`afterwards GET answers ${after.received.status}`);
	}
	const earlier = itemIn(before.json, key);
	const held = (sent: unknown): readonly string[] =>
		get === undefined ? [] : untrue(asker, get, { sent, answer: after.json, key });
	const wrong = held(withoutKey(withoutKeys(asked.body, parameter), earlier, key));
	if (wrong.length > 0) return bad(`written, then read: ${wrong.join("; ")}`);
	const lost = operation.method === "PATCH" ? held(unsent(earlier, asked.body)) : [];
	return lost.length === 0 ? good : bad(`not written, and changed: ${lost.join("; ")}`);
}

/** What a body would call the item instead: the path says which it is. */
function withoutKey(body: unknown, earlier: unknown, key: unknown): unknown {
	if (!isMap(body) || !isMap(earlier)) return body;
	return Object.fromEntries(Object.entries(body).filter(([name]) => !names(earlier[name], key)));
}

const RENEWED = /updat|modif|chang|edit|version|revision|etag|time|date|_at$|At$/i;

/** What a merge leaves alone: all but what it sent, and what every write renews. */
function unsent(earlier: unknown, body: unknown): unknown {
	if (!isMap(earlier)) return undefined;
	const sent = isMap(body) ? body : {};
	return Object.fromEntries(
		Object.entries(earlier).filter(([name]) => !Object.hasOwn(sent, name) && !RENEWED.test(name)),
	);
}

const SOFT = /archiv|deactivat|disabl|soft|trash|cancel|revok|schedul|mark|retain|pending|request/i;

async function end({ asker, collection, parents, key }: Living, remove: Operation, told: Told): Promise<void> {
	const asked = await asker.ask(remove, withKey(remove, parents, key));
	told.delete = succeeded(asked);
	if (!isSuccess(asked)) return;
	const { get, list } = collection;
	const again = get && (await asker.ask(get, withKey(get, parents, key)));
	const isListed = shows(list && (await asker.ask(list, renamed(list, parents))), key);
	if (again === undefined && list === undefined) return;
	if (!isSuccess(again) && !isListed) told["get again"] = good;
	else if (SOFT.test(`${remove.summary ?? ""} ${remove.description ?? ""}`))
		told["get again"] = not("the words say that it is not simply gone");
	else told["get again"] = bad(isSuccess(again) ? answerText(again) : "the list still shows it");
}

/** Whether somebody of another tenant neither reads what one makes nor sees it listed. */
async function hides(parted: Asker, collection: Collection): Promise<Result> {
	const { get, list, create } = collection;
	if (create === undefined) return not("nothing creates an item");
	const all = [create, get, list].flatMap((one) => one ?? []);
	if (!all.every(needsCredentials)) return not("whoever calls needs no credentials");
	const [first] = all;
	const parents = first === undefined ? new Map<string, unknown>() : await parted.values.for(first, 0);
	const found = await findItem(parted, collection, { parents, told: {} });
	if (found === undefined) return not("there is no item whose key is known");
	const { key } = found;
	const own = get && (await parted.ask(get, withKey(get, parents, key)));
	const read = get && (await parted.ask(get, withKey(get, parents, key), { asOther: true }));
	if (isSuccess(read)) {
		// Where nothing tells which items there are, every key names one: another one for each.
		const isSame = isSuccess(own) && JSON.stringify(own.json) === JSON.stringify(read.json);
		return isSame ? bad(`another tenant reads the item: ${answerText(read)}`) : not("every key names an item");
	}
	const listed = list && (await parted.ask(list, renamed(list, parents), { asOther: true }));
	return shows(listed, key) ? bad(`another tenant's list shows ${JSON.stringify(key)}`) : good;
}

function needsCredentials({ security }: Operation): boolean {
	return security.length > 0 && security.every((all) => all.length > 0);
}
