import type { Json } from "../http/exchange.ts";
import type { Call } from "../model/call.ts";
import { resourceActedOn } from "../model/effect.ts";
import { type Behaviour, behaviourOf, lineage } from "../model/model.ts";
import type { Pager } from "../model/query/pager.ts";
import type { Resource } from "../model/resource.ts";
import { addressOf, sceneOf } from "../model/scene.ts";
import { type Entry, type State, viewOf } from "../model/state.ts";
import { identifyKey, isObject, isServerValue, propertyOf, serverValue, type Value } from "../model/value.ts";
import { parsePointer } from "../schema/reference.ts";
import { type Desk, startOf } from "./desk.ts";
import type { History } from "./history.ts";
import { compose, startStory } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";

/** A longer list is not gone through: what stands there is not known then. */
const ADOPTED_MAX = 200;
const PAGES_MAX = 10;
const PAGE_SIZE = 100;

/** Whether what others keep in a list can be told by reading it: it stands at the top, and shows its items' keys. */
export function isAdoptable({ model }: Pick<Desk, "model">, operation: string): boolean {
	const { effect, query, answer } = behaviourOf(model, operation);
	const resource = model.resources.get(resourceActedOn(effect) ?? "");
	if (effect.kind !== "list" || resource === undefined || lineage(model, resource.name).length > 1) return false;
	const isAsked = query !== undefined && (query.pager ?? query.sort ?? query.search ?? query.filters[0]) !== undefined;
	const property = resource.key?.property;
	const showsKey = property !== undefined && answer.shows === "list" && answer.fields.includes(property);
	return isAsked && showsKey && (resource.kind === "collection" || isGrowing(resource));
}

/** Whether a log records what is done, but not that it is read. */
function isGrowing({ kind, records }: Resource): boolean {
	return kind === "log" && records !== undefined && records.what !== "requests";
}

/**
 * What stands in a list at the top before anything is made there: a state in which that list is known. Undefined when it
 * cannot be read whole.
 */
export async function takeBaseline(desk: Desk, operation: string): Promise<State | undefined> {
	const { model, validation, seed, marker } = desk;
	const behaviour = behaviourOf(model, operation);
	const resource = model.resources.get(resourceActedOn(behaviour.effect) ?? "");
	if (resource === undefined) return undefined;
	const source = createValueSource({ model, validation, seed, marker, label: "baseline" });
	const call = compose(startStory(model, startOf(model), { source, validation }), operation, { inside: [] });
	const items = await readAll(desk, behaviour, call);
	const entries = items?.shown.map((item) => entryOf(resource, behaviour, item));
	if (entries === undefined || entries.some((entry) => entry === undefined)) return undefined;
	const known = entries as readonly Entry[];
	if (new Set(known.map(({ key }) => identifyKey(key))).size < known.length) return undefined;
	const state = startOf(model);
	const { container } = addressOf(sceneOf(model, viewOf(state), call), resource.name);
	const all = [...known, ...hiddenIn(resource, behaviour, items)];
	return { ...state, containers: new Map([[container, all]]), adopted: new Set([container]) };
}

/** A list that says it has a few more than all its pages show leaves those out: they stand there all the same. */
function hiddenIn(resource: Resource, { query }: Behaviour, items: Read | undefined): readonly Entry[] {
	const total = query?.pager?.total === undefined ? undefined : at(items?.body, query.pager.total);
	const missing = typeof total !== "number" || items === undefined ? 0 : total - items.shown.length;
	if (missing < 1 || missing > HIDDEN_MAX) return [];
	return Array.from({ length: missing }, (_, index) => {
		const key = serverValue("unique", `${resource.name}#hidden${index}`);
		return { key, value: { [resource.key?.property ?? ""]: key } };
	});
}

/** A total that is further off counts something else. */
const HIDDEN_MAX = 3;

function entryOf(resource: Resource, { answer }: Behaviour, item: Json): Entry | undefined {
	const key = propertyOf(item, resource.key?.property ?? "");
	if (typeof key !== "string" && typeof key !== "number") return undefined;
	const members = answer.fields.flatMap((name): [string, Value][] => {
		const field = resource.fields.get(name);
		const value = propertyOf(item, name);
		// What a log holds stays as it is.
		const isKept = field?.owner === "client" || name === resource.key?.property || resource.kind === "log";
		return !isKept || value === undefined ? [] : [[name, value]];
	});
	return { key, value: Object.fromEntries(members) };
}

/** Every page, until one is not full or says that it is the last. */
async function readAll(desk: Desk, behaviour: Behaviour, first: Call): Promise<Read | undefined> {
	const pager = behaviour.query?.pager;
	const { size, call: longest } = longestPage(pager, first);
	const items: Json[] = [];
	let call: Call | undefined = longest;
	for (let page = 0; call !== undefined && page < PAGES_MAX; page++) {
		const read = await readPage(desk, behaviour, call);
		if (read === undefined) return undefined;
		items.push(...read.shown);
		if (items.length > ADOPTED_MAX) return undefined;
		if (pager === undefined || read.shown.length < (size ?? 1) || saysLast(pager, read.body))
			return isSurelyAll(pager, { shown: items, body: read.body }) ? { shown: items, body: read.body } : undefined;
		call = size === undefined ? undefined : following(pager, call, { body: read.body, from: items.length, size });
	}
	return undefined;
}

/** Few pages, each as long as it may be. */
export function longestPage(
	pager: Pager | undefined,
	call: Call,
): { readonly size: number | undefined; readonly call: Call } {
	if (pager?.size === undefined) return { size: pager?.sizes.default, call };
	const size = Math.min(PAGE_SIZE, pager.sizes.max ?? PAGE_SIZE);
	return { size, call: { ...call, query: { ...call.query, [pager.size]: size } } };
}

interface Read {
	readonly shown: readonly Json[];
	readonly body: Json | undefined;
}

async function readPage(desk: Desk, { answer }: Behaviour, call: Call): Promise<Read | undefined> {
	const told = (await desk.session.send(call, new Map()))?.told;
	if (told === undefined || told.status < 200 || told.status > 299 || typeof told.body === "symbol") return undefined;
	const shown = at(told.body as Json | undefined, answer.at);
	return Array.isArray(shown) ? { shown, body: told.body as Json | undefined } : undefined;
}

/** Services cut what is long, said or not: where nothing says how much, only a short list is known to be all of it. */
function isSurelyAll(pager: Pager | undefined, { shown, body }: Read): boolean {
	if (shown.length <= SHORT_MAX) return true;
	if (pager === undefined) return false;
	const total = pager.total === undefined ? undefined : at(body, pager.total);
	return total === shown.length || pager.sizes.max !== undefined || saysLast(pager, body);
}

const SHORT_MAX = 9;

/** A cursor that is told to be none says that this was all. */
function saysLast({ next, more, style }: Pager, body: Json | undefined): boolean {
	if (style === "page" || style === "limit-offset") return false;
	const told = next === undefined ? undefined : at(body, next);
	if (next !== undefined) return told === null || told === undefined || told === "";
	return more !== undefined && at(body, more) === false;
}

interface Reached {
	readonly body: Json | undefined;
	/** How many items were read by now. */
	readonly from: number;
	readonly size: number;
}

function following({ style, at: parameter, base, next }: Pager, call: Call, reached: Reached): Call | undefined {
	if (parameter === undefined) return undefined;
	const ask = (value: Value): Call => ({ ...call, query: { ...call.query, [parameter]: value } });
	if (style === "limit-offset") return ask(reached.from + base);
	if (style === "page") return ask(Math.ceil(reached.from / reached.size) + base);
	const told = next === undefined ? undefined : at(reached.body, next);
	if (typeof told !== "string" || told === "") return undefined;
	return ask(URL.parse(told, "http://relative.invalid/")?.searchParams.get(parameter) ?? told);
}

function at(body: Json | undefined, pointer: string): Json | undefined {
	let current: Json | undefined = body;
	for (const name of parsePointer(pointer))
		current = isObject(current) ? (current as Record<string, Json>)[name] : undefined;
	return current;
}

/** Whether everything that stood there before stands there still, and nothing more but what the run itself left. */
export function isUndisturbed(before: State, after: State | undefined, ours: ReadonlySet<string>): boolean {
	if (after === undefined) return false;
	return [...before.containers].every(([container, entries]) => {
		const left = new Map((after.containers.get(container) ?? []).map((entry) => [identifyKey(entry.key), entry]));
		const stayed = entries.every(({ key, value }) => {
			const now = left.get(identifyKey(key));
			return now !== undefined && JSON.stringify(now.value) === JSON.stringify(value);
		});
		const known = new Set(entries.map(({ key }) => identifyKey(key)));
		return stayed && [...left.keys()].every((key) => known.has(key) || ours.has(key));
	});
}

/** Whether a list showed, while it was tried, what neither stood there before nor was made by the run: it came and went. */
export function showsStrangers(
	{ model }: Desk,
	{ experiment, history }: { experiment: { operation: string }; history: History },
	{ before, ours }: { before: State; ours: ReadonlySet<string> },
): boolean {
	const { answer, effect } = behaviourOf(model, experiment.operation);
	const property = model.resources.get(resourceActedOn(effect) ?? "")?.key?.property ?? "";
	const stood = [...before.containers.values()].flatMap((entries) => entries.map(({ key }) => identifyKey(key)));
	const known = new Set([...stood, ...ours]);
	const strangers = history.turns.flatMap(({ call, told }) => {
		if (call.operation !== experiment.operation || told === undefined || typeof told.body === "symbol") return [];
		const shown = at(told.body as Json | undefined, answer.at);
		if (!Array.isArray(shown)) return [];
		return (shown as readonly Json[])
			.map((item) => identifyKey(propertyOf(item, property)))
			.filter((key) => !known.has(key));
	});
	// What the list left out before may be shown now, and something else left out.
	const hidden = [...before.containers.values()].flat().filter(({ key }) => isServerValue(key));
	return new Set(strangers).size > hidden.length;
}
