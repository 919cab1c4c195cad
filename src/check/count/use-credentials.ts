import { setTimeout } from "node:timers/promises";
import type { Json } from "../../http/exchange.ts";
import type { Call, Credential } from "../../model/call.ts";
import type { Counted } from "../../model/law/counts.ts";
import type { Bindings } from "../../model/value.ts";
import { parsePointer } from "../../schema/reference.ts";
import type { Desk } from "../desk.ts";
import { memberOf } from "../list-in.ts";
import type { Turn } from "../session.ts";
import { nameCount, type Used } from "./name-count.ts";
import type { Staged } from "./stage-count.ts";

/** So many calls of each kind that every way to count them comes to another sum. */
const READS = 3;
const REFUSED = 5;
const OTHERS = 9;
const PAUSE_MS = 50;

export interface Measured {
	/** How it counts, where that is otherwise than documented. */
	readonly observed: string | undefined;
	readonly turns: readonly Turn[];
}

export interface Using {
	readonly desk: Desk;
	readonly staged: Staged;
	readonly bindings: Bindings;
	readonly counted: Counted;
	/** JSON Pointer to what the answer shows. */
	readonly at: string;
	/** Writes that really happened: what they made is taken away by whoever asked for it. */
	readonly written: Turn[];
}

/** Uses both credentials, and says how the one's use is counted; the reason where that cannot be told. */
export async function useCredentials(using: Using): Promise<Measured | string> {
	const before = await askedFor(using);
	if (before === undefined) return "it does not say how much was used";
	const used = await callAll(using);
	if (used === undefined) return "calls with an issued credential were answered otherwise than expected";
	const name = (sum: number): string | undefined => nameCount(using.counted.counting.calls, used, sum - before.sum);
	const after = await settled(using, name);
	if (after === undefined) return "it does not say how much was used";
	const observed = name(after.sum);
	return observed === undefined ? forgets(using, after) : { observed, turns: [before.turn, after.turn] };
}

/** Undefined where not everything was answered as it should be. */
async function callAll({ desk, staged, bindings, written }: Using): Promise<Used | undefined> {
	const accepted = async (one: Call, credential: Credential, times: number): Promise<number> => {
		let count = 0;
		for (let time = 0; time < times; time++) {
			const turn = await desk.session.send({ ...one, credentials: { [staged.scheme]: credential } }, bindings);
			if (turn !== undefined && one === staged.write) written.push(turn);
			const status = turn?.answer?.status ?? 0;
			if (status >= 200 && status < 300) count++;
		}
		return count;
	};
	const reads = await accepted(staged.read, staged.own, READS);
	const refused = REFUSED - (await accepted(staged.refused, staged.own, REFUSED));
	const writes = staged.write === undefined ? 0 : await accepted(staged.write, staged.own, 1);
	const others = await accepted(staged.read, staged.other, OTHERS);
	const isAsExpected = reads === READS && refused === REFUSED && others === OTHERS;
	return isAsExpected ? { reads, writes, refused, others } : undefined;
}

/** What was used stays used when the credential is taken away. */
async function forgets(using: Using, after: Told): Promise<Measured> {
	const { desk, staged, bindings } = using;
	if (staged.revoke === undefined) return { observed: undefined, turns: [] };
	const revoked = await desk.session.send(staged.revoke, bindings);
	const left = await settled(using, (sum) => (sum < after.sum ? "" : undefined));
	if (revoked === undefined || left === undefined || left.sum >= after.sum) return { observed: undefined, turns: [] };
	const turns = [after.turn, revoked, left.turn];
	return { observed: "forgets what was counted for keys that are gone", turns };
}

interface Told {
	readonly sum: number;
	readonly turn: Turn;
}

/** What is counted may be told a little later. */
async function settled(using: Using, wrong: (sum: number) => string | undefined): Promise<Told | undefined> {
	let told = await askedFor(using);
	for (let waitedMs = 0; told !== undefined && wrong(told.sum) !== undefined && waitedMs < using.desk.settleMs; ) {
		await setTimeout(PAUSE_MS);
		waitedMs += PAUSE_MS;
		told = await askedFor(using);
	}
	return told;
}

async function askedFor({ desk, staged, bindings, counted, at }: Using): Promise<Told | undefined> {
	const turn = await desk.session.send(staged.ask, bindings);
	const sum = [...parsePointer(at), counted.field].reduce<Json | undefined>(
		(inner, name) => memberOf(inner, name),
		turn?.body,
	);
	return turn === undefined || typeof sum !== "number" ? undefined : { sum, turn };
}
