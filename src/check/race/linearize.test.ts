import { expect, test } from "vitest";
import type { Call } from "../../model/call.ts";
import { admit, type World } from "../../model/judge.ts";
import type { Model } from "../../model/model.ts";
import { sampleCall, sampleModel, TEXT } from "../../model/sample-model.ts";
import { emptyState } from "../../model/state.ts";
import { linearize, type Operation } from "./linearize.ts";

const LIST = { type: "array", items: TEXT, uniqueItems: true };
const model: Model = await sampleModel({
	"GET /tags": { id: "list", answers: { 200: LIST } },
	"PUT /tags": { id: "replace", summary: "Replace the tags", body: LIST, answers: { 200: LIST } },
	"POST /tags": { id: "add", summary: "Add tags to the set", body: LIST, answers: { 200: LIST } },
	"DELETE /tags/{tag}": { id: "remove", summary: "Remove a tag", answers: { 204: null, 404: "No such tag." } },
});
const START: readonly World[] = [{ state: emptyState(false), bindings: new Map() }];

/** A small generator of numbers: the same seed gives the same histories everywhere. */
function numbersFrom(seed: number): (below: number) => number {
	let state = seed * 2_654_435_761 + 1;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const TAGS = ["a", "b", "c"] as const;

function randomCall(below: (count: number) => number): Call {
	const tag = TAGS[below(3)] ?? "a";
	const other = TAGS[below(3)] ?? "b";
	const kind = below(4);
	if (kind === 0) return sampleCall("list");
	if (kind === 1) return sampleCall("remove", { tag });
	const body = tag === other ? [tag] : [tag, other];
	return sampleCall(kind === 2 ? "add" : "replace", {}, { body, mediaType: "application/json" });
}

/** What a service of tags does and answers; a mistaken one forgets that it did, or answers for another moment. */
function serveCall(tags: Set<string>, call: Call): { status: number; body: string[] | undefined } {
	const body = (call.body ?? []) as string[];
	const tag = String(call.path.tag ?? "");
	if (call.operation === "remove") return { status: tags.delete(tag) ? 204 : 404, body: undefined };
	if (call.operation === "replace") tags.clear();
	for (const one of body) tags.add(one);
	return { status: 200, body: [...tags] };
}

/** Requests of up to three clients, each done at some moment while it is under way; now and then one is done wrongly. */
function randomHistory(seed: number): readonly Operation[] {
	const below = numbersFrom(seed);
	const clocks = [0, 0, 0];
	const planned = Array.from({ length: 3 + below(3) }, () => {
		const client = below(3);
		const startMs = (clocks[client] ?? 0) + below(4);
		const endMs = startMs + 1 + below(8);
		clocks[client] = endMs + 0.5;
		return { call: randomCall(below), startMs, endMs, atMs: startMs + (below(100) / 100) * (endMs - startMs) };
	});
	const tags = new Set<string>();
	const done = planned
		.toSorted((a, b) => a.atMs - b.atMs)
		.map(({ call, startMs, endMs }): Operation => {
			const isWrong = below(3) === 0;
			const { status, body } = serveCall(isWrong ? new Set(tags) : tags, call);
			const isLost = below(10) === 0;
			return { call, told: isLost ? undefined : { call, status, body }, startMs, endMs };
		});
	return done.toSorted((a, b) => a.startMs - b.startMs);
}

/** The slow way: every order of every choice of unanswered requests, looked at by itself. */
function isExplained(operations: readonly Operation[]): boolean {
	const search = (worlds: readonly World[], open: readonly Operation[]): boolean => {
		if (open.every(({ told }) => told === undefined)) return true;
		return open.some((one) => {
			const isFirst = open.every((other) => other.told === undefined || other === one || other.endMs >= one.startMs);
			if (!isFirst) return false;
			const rest = open.filter((other) => other !== one);
			if (one.told !== undefined) {
				const step = admit(model, worlds, one.told);
				return step.kind === "admitted" && search(step.worlds, rest);
			}
			return search(worldsAfter(worlds, one.call), rest) || search(worlds, rest);
		});
	};
	return search(START, operations);
}

/** What an unanswered request has done, by the model's own account of a success. */
function worldsAfter(worlds: readonly World[], call: Call): readonly World[] {
	const statuses = [200, 204, 404];
	for (const status of statuses) {
		for (const body of [undefined, [], ["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], [...TAGS]]) {
			const step = admit(model, worlds, { call, status, body });
			if (step.kind === "admitted") return step.worlds;
		}
	}
	return worlds;
}

const HISTORIES = 2_000;

test(`gives the verdict of an exhaustive search on ${HISTORIES} random histories`, () => {
	const counts = { explained: 0, unexplained: 0, undecided: 0 };
	for (let seed = 0; seed < HISTORIES; seed++) {
		const history = randomHistory(seed);
		const { kind } = linearize(model, START, history);
		counts[kind]++;
		expect({ seed, kind }).toEqual({ seed, kind: isExplained(history) ? "explained" : "unexplained" });
	}
	// Both verdicts are met often enough for the comparison to mean something.
	expect(counts.explained).toBeGreaterThan(200);
	expect(counts.unexplained).toBeGreaterThan(200);
	expect(counts.undecided).toBe(0);
});

const at = (startMs: number, endMs: number, call: Call, told?: { status: number; body?: string[] }): Operation => {
	return {
		call,
		startMs,
		endMs,
		told: told === undefined ? undefined : { call, status: told.status, body: told.body },
	};
};
const add = (...body: string[]): Call => sampleCall("add", {}, { body, mediaType: "application/json" });
const list = sampleCall("list");

test.each<[name: string, operations: readonly Operation[], kind: string]>([
	[
		"a read that sees a write which is under way",
		[at(0, 9, add("a"), { status: 200, body: ["a"] }), at(1, 2, list, { status: 200, body: ["a"] })],
		"explained",
	],
	[
		"a read that does not see it yet",
		[at(0, 9, add("a"), { status: 200, body: ["a"] }), at(1, 2, list, { status: 200, body: [] })],
		"explained",
	],
	[
		"a read that misses a write which was answered before",
		[at(0, 1, add("a"), { status: 200, body: ["a"] }), at(2, 3, list, { status: 200, body: [] })],
		"unexplained",
	],
	[
		"a write without answer that had its effect",
		[at(0, 1, add("a")), at(2, 3, list, { status: 200, body: ["a"] })],
		"explained",
	],
	[
		"a write without answer that has its effect only later",
		[at(0, 1, add("a")), at(2, 3, list, { status: 200, body: [] }), at(4, 5, list, { status: 200, body: ["a"] })],
		"explained",
	],
	[
		"a write whose effect comes and goes",
		[at(0, 1, add("a")), at(2, 3, list, { status: 200, body: ["a"] }), at(4, 5, list, { status: 200, body: [] })],
		"unexplained",
	],
])("%s", (_, operations, kind) => {
	expect(linearize(model, START, operations).kind).toBe(kind);
});

test("twelve requests of three clients, no order of which explains the end, are searched to the end", () => {
	const letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
	// Each client sends four, one after another; all that the clients do overlaps.
	const writes = letters.map((letter, index) => {
		const turn = Math.floor(index / 3) * 10;
		return at(turn, turn + 9, sampleCall("remove", { tag: letter }), { status: 204 });
	});
	const filled = admit(model, START, { call: add(...letters), status: 200, body: letters });
	const worlds = filled.kind === "admitted" ? filled.worlds : [];
	expect(linearize(model, worlds, [...writes, at(50, 51, list, { status: 200, body: ["l"] })]).kind).toBe(
		"unexplained",
	);
	expect(linearize(model, worlds, [...writes, at(50, 51, list, { status: 200, body: [] })]).kind).toBe("explained");
});

const LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
const removal = (letter: string): Operation => at(0, 9, sampleCall("remove", { tag: letter }), { status: 204 });
const lost = (letter: string): Operation => at(0, 9, sampleCall("remove", { tag: letter }));

test.each<[string, (letter: string, index: number) => Operation]>([
	["all of which take something else away", removal],
	["a third of which were never answered", (letter, index) => (index % 3 === 0 ? lost(letter) : removal(letter))],
])("twelve requests at the same time, %s, are searched in less than 50 ms", (_, write) => {
	const filled = admit(model, START, { call: add(...LETTERS), status: 200, body: LETTERS });
	const worlds = filled.kind === "admitted" ? filled.worlds : [];
	const history = [...LETTERS.map(write), at(50, 51, list, { status: 200, body: ["l", "x"] })];
	const times = Array.from({ length: 3 }, () => {
		const before = process.cpuUsage();
		expect(linearize(model, worlds, history).kind).toBe("unexplained");
		return process.cpuUsage(before).user / 1_000;
	});
	expect(Math.min(...times)).toBeLessThan(50);
});
