import type { Behaviour } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import { isDistinct, isOrdered, type Resource } from "../resource.ts";
import type { Entry } from "../state.ts";
import { identify, type Value } from "../value.ts";

/** How a body of plain values becomes the content of a set or a list. */
export type MemberWrite = "replace" | "append" | "prepend" | "union" | "ignore" | "ignore-empty";

/** The members that stand there after a body was written in this way. */
export function writeMembers(
	resource: Resource,
	now: readonly Entry[],
	writing: { body: Value | undefined; how: MemberWrite },
): readonly Entry[] {
	const sent = membersOf(writing.body);
	switch (writing.how) {
		case "ignore":
			return now;
		case "ignore-empty":
			if (sent.length === 0) return now;
			return isDistinct(resource) ? distinct(sent) : sent;
		case "replace":
			return isDistinct(resource) ? distinct(sent) : sent;
		case "union":
			return distinct([...now, ...sent]);
		case "append":
			return isDistinct(resource) ? distinct([...now, ...sent]) : [...now, ...sent];
		case "prepend":
			return isDistinct(resource) ? distinct([...sent, ...now]) : [...sent, ...now];
	}
}

/** A body of plain values as members; a single value is one member. */
export function membersOf(body: Value | undefined): readonly Entry[] {
	if (body === undefined) return [];
	const values = Array.isArray(body) ? (body as readonly Value[]) : [body];
	return values.map((value) => ({ key: value, value }));
}

function distinct(entries: readonly Entry[]): readonly Entry[] {
	const seen = new Map<string, Entry>();
	for (const entry of entries) if (!seen.has(identify(entry.key))) seen.set(identify(entry.key), entry);
	return [...seen.values()];
}

/** The members as an answer shows them: in any order, but for a list whose order means something. */
export function showMembers(
	resource: Resource,
	entries: readonly Entry[],
	{ complete, lacks }: { complete: boolean; lacks: number },
): Pattern {
	return {
		kind: "list",
		items: entries.map(({ value }): Pattern => ({ kind: "value", value, order: "kept" })),
		order: isOrdered(resource) ? "kept" : "free",
		complete,
		lacks,
		without: [],
		...(resource.kind === "list" && !isOrdered(resource) ? { repeats: "ignored" } : {}),
	};
}

/** What an answer that shows the members shows of these; anything when it shows something else. */
export function answerMembers(
	behaviour: Behaviour,
	resource: Resource,
	{ entries, complete }: { entries: readonly Entry[]; complete: boolean },
): Pattern {
	return behaviour.answer.shows === "members" ? showMembers(resource, entries, { complete, lacks: 0 }) : ANY;
}
