import type { Operation, Parameter } from "../../../src/contract/contract.ts";
import { renamed } from "../path-values.ts";
import { queryOf } from "../wire.ts";
import type { Asker } from "./ask.ts";
import { answerText, bad, good, isSuccess, type Living, not, type Result } from "./result.ts";
import { isItem, isMap, listsIn, plainName, type Shown, type ShownList } from "./shown.ts";

export const LIMIT: RegExp =
	/^(?:limit|perpage|pagesize|maxresults|count|size|take|top|first|pagelen|maxitems|numresults)$/;
const OFFSET = /^(?:offset|skip|startindex|start)$/;
const PAGE = /^(?:page|pagenumber|pageindex|p)$/;

/** Asks the list for pages of one, where the document has a parameter that is called like that. */
export async function pageList(living: Living): Promise<Result> {
	const { asker, collection, key } = living;
	const { list, create } = collection;
	if (list === undefined) return not("nothing lists the items");
	const limit = parameterLike(list, LIMIT);
	if (limit === undefined) return not("no parameter is called like the length of a page");
	if (asker.judge(limit.schema, 1) !== undefined) return not("a page has more than one item");
	// Two pages need two items.
	if (create !== undefined) await asker.ask(create, renamed(create, living.parents), { attempt: 1 });
	const whole = await ask(living, list, []);
	if (typeof whole === "string") return not(whole);
	const at = listWith(whole.lists, key)?.at;
	if (at === undefined) return not("the list does not show the item");
	const first = await ask(living, list, [[limit, 1]]);
	if (typeof first === "string") return bad(first);
	const page = first.lists.find((one) => one.at === at)?.items ?? [];
	if (page.length !== 1) return bad(`${limit.name}=1 gives ${page.length} items`);
	return (await turnPage(living, { list, limit, at })) ?? good;
}

interface FirstPage {
	readonly list: Operation;
	readonly limit: Parameter;
	readonly at: string;
}

/** Whether the second page shows something else than the first; undefined where there is none. */
async function turnPage(living: Living, { list, limit, at }: FirstPage): Promise<Result | undefined> {
	const whole = await ask(living, list, []);
	const length = typeof whole === "string" ? 0 : (whole.lists.find((one) => one.at === at)?.items.length ?? 0);
	const offset = parameterLike(list, OFFSET);
	const number = parameterLike(list, PAGE);
	const turned = offset ?? number;
	if (length < 2 || turned === undefined) return undefined;
	const isFromZero = offset !== undefined || living.asker.judge(turned.schema, 0) === undefined;
	const values = isFromZero ? [0, 1] : [1, 2];
	if (values.some((value) => living.asker.judge(turned.schema, value) !== undefined)) return undefined;
	const pages: string[] = [];
	for (const value of values) {
		const asked = await ask(living, list, [
			[limit, 1],
			[turned, value],
		]);
		if (typeof asked === "string") return bad(asked);
		pages.push(JSON.stringify(asked.lists.find((one) => one.at === at)?.items));
	}
	const isSame = pages[0] === pages[1] && pages[0] !== "[]" && !isFromZero;
	const isStuck = isFromZero && offset !== undefined && pages[0] === pages[1];
	return isSame || isStuck ? bad(`${turned.name}=${values.join(" and ")} show the same: ${pages[0]}`) : undefined;
}

const FILTERS_MAX = 3;
const LOOSE = /search|contain|partial|prefix|starts?|like|match|fuzzy|regex|wildcard|substring|before|after|since/i;

/** Asks the list for the item's own value, where a parameter is called like a member of the items. */
export async function filterList(living: Living): Promise<Result> {
	const { asker, collection, key } = living;
	const { list } = collection;
	if (list === undefined) return not("nothing lists the items");
	const whole = await ask(living, list, []);
	if (typeof whole === "string") return not(whole);
	const shown = listWith(whole.lists, key);
	const item = shown?.items.find((one) => isItem(one, key));
	if (shown === undefined || !isMap(item)) return not("the list does not show the item");
	const filters = filtersOf(asker, list, item).slice(0, FILTERS_MAX);
	if (filters.length === 0) return not("no parameter is called like a member of the items");
	for (const filter of filters) {
		const asked = await ask(living, list, [[filter.parameter, filter.value]]);
		if (typeof asked === "string") return bad(asked);
		const wrong = misfit(asked.lists.find((one) => one.at === shown.at)?.items ?? [], filter, key);
		if (wrong !== undefined) return bad(wrong);
	}
	return good;
}

interface Filter {
	readonly parameter: Parameter;
	readonly member: string;
	readonly value: string | number | boolean;
}

/** What is wrong with items that are asked for by a value. */
function misfit(items: readonly unknown[], { parameter, member, value }: Filter, key: unknown): string | undefined {
	const what = `${parameter.name}=${JSON.stringify(value)}`;
	if (!items.some((one) => isItem(one, key))) return `${what} does not show the item that has it`;
	if (LOOSE.test(parameter.description ?? "")) return undefined;
	const other = items.find((one) => isMap(one) && Object.hasOwn(one, member) && one[member] !== value);
	return other === undefined ? undefined : `${what} shows ${JSON.stringify((other as Shown)[member])}`;
}

function filtersOf(asker: Asker, list: Operation, item: Shown): readonly Filter[] {
	return list.parameters.flatMap((parameter) => {
		const { name, in: place, schema } = parameter;
		const plain = plainName(name);
		if (place !== "query" || [LIMIT, OFFSET, PAGE].some((one) => one.test(plain))) return [];
		const member = Object.keys(item).find((one) => plainName(one) === plain);
		const value = member === undefined ? undefined : item[member];
		const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
		if (member === undefined || !isScalar || value === "" || asker.judge(schema, value) !== undefined) return [];
		return [{ parameter, member, value }];
	});
}

export function parameterLike(operation: Operation, name: RegExp): Parameter | undefined {
	return operation.parameters.find((one) => one.in === "query" && name.test(plainName(one.name)));
}

function listWith(lists: readonly ShownList[], key: unknown): ShownList | undefined {
	return lists.find(({ items }) => items.some((item) => isItem(item, key)));
}

/** The lists of the answer, or why there are none. */
async function ask(
	{ asker, parents }: Living,
	list: Operation,
	given: readonly (readonly [Parameter, unknown])[],
): Promise<{ readonly lists: readonly ShownList[] } | string> {
	const query = given.map(([parameter, value]) => queryOf(parameter, value)).join("&");
	const asked = await asker.ask(list, renamed(list, parents), query === "" ? {} : { query });
	if (asked.kind === "none") return asked.reason;
	return isSuccess(asked) ? { lists: listsIn(asked.json) } : `${query}: ${answerText(asked)}`;
}
