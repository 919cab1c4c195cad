import { type HttpAnswer, isAnswer, type NoAnswer } from "../http/exchange.ts";
import type { Turn } from "./session.ts";

/** Watches whether a target is still there, and says why it is given up. */
export interface Pulse {
	/** `provoked`: the run itself went beyond a limit, and a 429 is what it wants. */
	note(turn: Turn, provoked: boolean): void;
	/** Why nothing more should be sent; undefined as long as it answers. */
	lost(): string | undefined;
}

/** How an exchange can go wrong; `patience`: the service asks for it again and again, after it was given. */
type Illness = NoAnswer["failure"] | "patience";

/** So many of a kind in a row, and there is no point in going on. A hanging answer costs the most time. */
const LOST_AFTER: Readonly<Record<Illness, number>> = {
	patience: 10,
	refused: 3,
	dns: 3,
	tls: 3,
	"not-http": 5,
	reset: 10,
	timeout: 3,
	"too-large": 20,
	"redirect-loop": 20,
};

export function takePulse(): Pulse {
	let last: Illness | undefined;
	let inRow = 0;
	let reason: string | undefined;
	return {
		lost: () => reason,
		note: ({ exchange: { answer } }, provoked) => {
			const ill = provoked && isAnswer(answer) ? undefined : illnessOf(answer);
			inRow = ill !== undefined && ill === last ? inRow + 1 : 1;
			last = ill;
			if (ill === undefined || inRow < LOST_AFTER[ill]) return;
			reason ??= isAnswer(answer)
				? "the target answers 429 to everything"
				: `the target does not answer any more (${answer.message})`;
		},
	};
}

function illnessOf(answer: HttpAnswer | NoAnswer): Illness | undefined {
	if (!isAnswer(answer)) return answer.failure;
	return answer.status === 429 ? "patience" : undefined;
}
