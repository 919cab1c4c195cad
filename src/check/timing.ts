import type { Call, Credential } from "../model/call.ts";
import type { Behaviour } from "../model/model.ts";
import { type Desk, report, startOf } from "./desk.ts";
import type { Draft } from "./draft.ts";
import { compose, startStory } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";

/** So many answers of each kind in one round, one of the one and one of the other in turn. */
const SAMPLES = 40;
/** What shows in one round must show in each. */
const ROUNDS = 3;
/** Two samples of one kind differ so much by chance once in a thousand times (normal approximation, one-sided). */
const Z_MIN = 3.09;
/** The shortest key of which the beginning can be right. */
const KEY_LENGTH_MIN = 8;

/**
 * Measures whether a wrong credential is answered later the more of its beginning is right: who compares sign by sign and
 * stops at the first difference tells how far a guess is right. Only on request; noise is met by taking turns, by ranks
 * (Mann and Whitney 1947) and by three rounds that must all say the same.
 *
 * @param tokens the right credential of each scheme
 */
export async function tryTiming(desk: Desk, tokens: ReadonlyMap<string, string>): Promise<void> {
	for (const [scheme, token] of tokens) {
		const behaviour = [...desk.model.behaviours.values()].find((one) => isAskedFor(one, scheme));
		if (token.length < KEY_LENGTH_MIN || behaviour === undefined) {
			desk.notes.push(
				`the time that a wrong ${scheme} takes was not measured: no operation asks for it alone, or it is too short`,
			);
			continue;
		}
		const call = callOf(desk, behaviour);
		let isGraded = true;
		for (let round = 0; round < ROUNDS && isGraded; round++)
			isGraded = await isLater(desk, {
				call,
				scheme,
				early: spoiltAt(token, 0),
				late: spoiltAt(token, token.length - 1),
			});
		if (isGraded) report(desk, [draftOf(behaviour, scheme)]);
		else
			desk.notes.push(
				`a wrong ${scheme} takes the same time however much of its beginning is right, as far as can be told`,
			);
	}
}

/** It changes nothing, needs nothing to be there, and asks for the scheme alone. */
function isAskedFor({ operation, keys }: Behaviour, scheme: string): boolean {
	const { method, security } = operation;
	return (
		method === "GET" &&
		keys.size === 0 &&
		security.length === 1 &&
		security[0]?.length === 1 &&
		security[0][0]?.scheme === scheme
	);
}

function callOf(desk: Desk, { operation }: Behaviour): Call {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label: `t${desk.serial()}` });
	return compose(startStory(model, startOf(model), { source, validation }), operation.id, { inside: [] });
}

/** The same text with another letter in one place. */
function spoiltAt(token: string, index: number): string {
	const other = token[index] === "x" ? "y" : "x";
	return `${token.slice(0, index)}${other}${token.slice(index + 1)}`;
}

interface Pair {
	readonly call: Call;
	readonly scheme: string;
	readonly early: string;
	readonly late: string;
}

async function isLater(desk: Desk, { call, scheme, early, late }: Pair): Promise<boolean> {
	const times: { readonly isLate: boolean; readonly ms: number }[] = [];
	for (let sample = 0; sample < 2 * SAMPLES; sample++) {
		if (desk.stopReason() !== undefined) return false;
		// Early, late, late, early: which of the two comes first changes as well.
		const isLate = sample % 4 === 1 || sample % 4 === 2;
		const credential: Credential = { kind: "value", value: isLate ? late : early };
		const turn = await desk.session.provoke({ ...call, credentials: { [scheme]: credential } }, new Map());
		if (turn?.answer?.status !== 401 && turn?.answer?.status !== 403) return false;
		times.push({ isLate, ms: turn.exchange.durationMs });
	}
	return (
		rankTest(
			times.filter(({ isLate }) => isLate).map(({ ms }) => ms),
			times.filter(({ isLate }) => !isLate).map(({ ms }) => ms),
		) >= Z_MIN
	);
}

/**
 * How much greater the values of one sample are than those of another, in standard deviations of chance.
 *
 * @example rankTest([3, 4], [1, 2]) // 1.55
 */
export function rankTest(greater: readonly number[], less: readonly number[]): number {
	const wins = greater.reduce(
		(sum, one) => sum + less.reduce((own, other) => own + (one > other ? 1 : one === other ? 0.5 : 0), 0),
		0,
	);
	const [m, n] = [greater.length, less.length];
	return (wins - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12);
}

function draftOf({ operation }: Behaviour, scheme: string): Draft {
	return {
		rule: "guard",
		level: "surprise",
		operation: operation.id,
		subject: scheme,
		documented: `a wrong ${scheme} is refused`,
		observed: "the later, the more of its beginning is right",
		message: `A wrong ${scheme} whose beginning is right is refused later than one whose beginning is wrong, in ${ROUNDS} rounds of ${SAMPLES} each: whoever guesses is told how far a guess is right.`,
		source: operation.source,
		evidence: [],
		suspects: [],
		cause: `timing ${scheme}`,
	};
}
