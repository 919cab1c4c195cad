import type { Json } from "../http/exchange.ts";
import type { Call } from "./call.ts";
import { judge, type Told, UNSPECIFIED, type World } from "./judge.ts";
import type { Model } from "./model.ts";
import { type Outcome, outcomes } from "./outcome.ts";
import type { LogPattern, PagePattern, Pattern } from "./pattern.ts";
import { sceneOf } from "./scene.ts";
import { apply, type State, viewOf } from "./state.ts";
import { isObject, isServerValue, ownerOf, type Value } from "./value.ts";

/** In which order a simulated server lists what has no documented order. */
export type ServerOrder = "created" | "reversed";

/** What a server that behaves as the model says would answer, its own values made up. */
export function simulate(
	model: Model,
	start: State,
	calls: readonly Call[],
	order: ServerOrder = "created",
): readonly Told[] {
	const history: Told[] = [];
	let state = start;
	for (const call of calls) {
		const { told, outcome } = respond(model, state, call, order);
		history.push(told);
		state = apply(state, outcome.changes);
	}
	return history;
}

/** The first outcome, filled in. */
export function respond(model: Model, state: State, call: Call, order: ServerOrder): { told: Told; outcome: Outcome } {
	const [outcome] = outcomes(sceneOf(model, viewOf(state), call));
	if (outcome === undefined) throw new Error(`the model admits no answer to ${call.operation}`);
	const headers = Object.entries(outcome.said?.headers ?? {}).flatMap(([name, pattern]): [string, string][] => {
		const value = fill(pattern, order);
		return value === UNSPECIFIED || value === undefined ? [] : [[name, String(value)]];
	});
	const told: Told = { call, status: statusOf(outcome), body: fill(outcome.body, order) };
	return { told: headers.length === 0 ? told : { ...told, headers: Object.fromEntries(headers) }, outcome };
}

function statusOf(outcome: Outcome): number {
	const [first = "200"] = outcome.statuses;
	return first === "default" ? 400 : Number(first.replace("XX", "00"));
}

function fill(pattern: Pattern, order: ServerOrder): Told["body"] {
	switch (pattern.kind) {
		case "any":
		case "not":
		case "hint":
			return UNSPECIFIED;
		case "page":
			return fillPage(pattern, order);
		case "next": {
			const text = tokens(pattern.value);
			return pattern.isLink ? `?${new URLSearchParams([[pattern.parameter ?? "", String(text)]])}` : text;
		}
		case "value":
			return tokens(pattern.value);
		case "log":
			return fillLog(pattern);
		case "list": {
			const whole = pattern.shown ?? pattern.items;
			const shown = pattern.lacks === 0 ? whole : whole.slice(0, -pattern.lacks);
			const items = shown.map((item) => fill(item, order));
			if (items.includes(UNSPECIFIED)) return UNSPECIFIED;
			const filled = items as Json[];
			return pattern.order === "free" && order === "reversed" ? filled.toReversed() : filled;
		}
		case "object":
			return fillMembers(pattern.members, order);
	}
}

/** What the order leaves open stands as this server has it. */
function fillPage(pattern: PagePattern, order: ServerOrder): Told["body"] {
	const { ranks, from, size } = pattern;
	if (pattern.beyond) return from > 0 ? [] : UNSPECIFIED;
	const numbered = pattern.items.map((item, index) => ({ item, rank: ranks?.of[index] ?? 0 }));
	const own = order === "reversed" ? numbered.toReversed() : numbered;
	const page = own.toSorted((a, b) => a.rank - b.rank).slice(from, from + size);
	const items = page.map(({ item }) => fill(item, order));
	return items.includes(UNSPECIFIED) ? UNSPECIFIED : (items as Json[]);
}

/** Entries that say what they are about. */
function fillLog({ entries, lacks }: LogPattern): Json {
	const shown = entries.filter(({ omitted }) => !omitted);
	return shown.slice(0, shown.length - lacks).map(({ about }) => (about === undefined ? {} : { about: tokens(about) }));
}

function fillMembers(members: Readonly<Record<string, Pattern>>, order: ServerOrder): Told["body"] {
	const filled: [string, Json][] = [];
	for (const [name, member] of Object.entries(members)) {
		const value = fill(member, order);
		// A member that the model leaves open is absent from a simulated answer: every pattern that is open admits that.
		if (value !== UNSPECIFIED && value !== undefined) filled.push([name, value]);
	}
	return Object.fromEntries(filled);
}

/** The server's own values as tokens that no client sends; a volatile one is another each time. */
function tokens(value: Value): Json {
	if (isServerValue(value)) return `§${ownerOf(value)} ${value.name}`;
	if (Array.isArray(value)) return value.map((item: Value) => tokens(item));
	if (!isObject(value)) return value as Json;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, tokens(member)]));
}

const ORDERS: readonly ServerOrder[] = ["created", "reversed"];

/**
 * Whether these calls tell a model from its rival, whichever of the two the service is and in whichever order it
 * lists: the answers of either must be rejected by the other.
 */
export function separates(model: Model, rival: Model, calls: readonly Call[], start: State): boolean {
	const worlds: readonly World[] = [{ state: start, bindings: new Map() }];
	return ORDERS.every(
		(order) =>
			judge(model, worlds, simulate(rival, start, calls, order)).kind === "rejected" &&
			judge(rival, worlds, simulate(model, start, calls, order)).kind === "rejected",
	);
}
