import type { Operation } from "../../contract/contract.ts";
import type { Rate } from "../../model/guard/rate.ts";
import type { Turn } from "../session.ts";
import type { Burst } from "./burst.ts";

/** What a header says that is not true. */
export interface Untruth {
	readonly header: string;
	readonly documented: string;
	readonly observed: string;
	readonly turn: Turn;
}

/**
 * Documented rate headers that contradict what was counted, and a `Retry-After` (RFC 9110, section 10.2.3) that is no
 * time, or a longer one than the window.
 */
export function untruthsIn(guard: Rate, operation: Operation, { turns, refusal }: Burst): readonly Untruth[] {
	const [first] = turns;
	const told = [
		...(first === undefined ? [] : [ofLimit(guard, operation, first), ofRemaining(operation, turns)]),
		...(refusal === undefined ? [] : [ofNothingLeft(operation, refusal), ofRetryAfter(guard, refusal)]),
	];
	return told.filter((one) => one !== undefined);
}

const FAMILIES = ["x-ratelimit", "x-rate-limit", "ratelimit"];

function numberIn(operation: Operation, { answer }: Turn, what: string): { header: string; value: number } | undefined {
	const documented = new Set(
		operation.responses.flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase())),
	);
	for (const family of FAMILIES) {
		const header = `${family}-${what}`;
		const text = answer?.headers[header];
		if (documented.has(header) && text !== undefined && /^\s*-?\d+\s*$/.test(text))
			return { header, value: Number(text) };
	}
	return undefined;
}

function ofLimit({ max }: Rate, operation: Operation, turn: Turn): Untruth | undefined {
	const said = numberIn(operation, turn, "limit");
	if (said === undefined || said.value === max) return undefined;
	return { header: said.header, documented: `${said.header} ${max}`, observed: String(said.value), turn };
}

/** What is left never grows by more than a window that ended, and one call never costs nothing again and again. */
function ofRemaining(operation: Operation, turns: readonly Turn[]): Untruth | undefined {
	const said = turns.map((turn) => ({ turn, left: numberIn(operation, turn, "remaining") }));
	const [first] = said;
	const last = said.at(-1);
	if (first?.left === undefined || last?.left === undefined || turns.length < COUNTED_MIN) return undefined;
	if (last.left.value < first.left.value && last.left.value >= 0) return undefined;
	const { header, value } = last.left;
	return {
		header,
		documented: `${header} counts down`,
		observed: `still ${value} after ${turns.length} calls`,
		turn: last.turn,
	};
}

const COUNTED_MIN = 3;

function ofNothingLeft(operation: Operation, turn: Turn): Untruth | undefined {
	const said = numberIn(operation, turn, "remaining");
	if (said === undefined || said.value <= 0) return undefined;
	return { header: said.header, documented: `${said.header} 0 when refused`, observed: String(said.value), turn };
}

/** Seconds that a clock may be off, and that rounding adds. */
const SLACK_SECONDS = 2;

function ofRetryAfter({ windowMs }: Rate, turn: Turn): Untruth | undefined {
	const text = turn.answer?.headers["retry-after"]?.trim();
	if (text === undefined) return undefined;
	const header = "retry-after";
	const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
	const most = Math.ceil(windowMs / 1_000) + SLACK_SECONDS;
	if (Number.isNaN(seconds)) return { header, documented: "retry-after is seconds or a date", observed: text, turn };
	if (seconds <= most) return undefined;
	return { header, documented: `retry-after within the window of ${windowMs / 1_000} s`, observed: text, turn };
}
