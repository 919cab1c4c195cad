import type { CheckEvent } from "../finding/event.ts";
import type { PhaseName } from "../finding/run.ts";
import { renderPhase, renderStarted } from "../report/terminal.ts";
import type { TerminalIo } from "./terminal-io.ts";

/** Tells a person what the check does, while it does it. */
export interface Progress {
	show(event: CheckEvent): void;
	/** Takes the live line away; needed when the check ends early. */
	clear(): void;
}

/** What is over within a second needs no live line. */
const QUIET_MS = 1_000;
const REFRESH_MS = 100;
const ERASE_LINE = "\r\u001b[2K";

/**
 * A line per phase; and on a terminal one live line that counts, while a phase takes longer than a second.
 *
 * @example for await (const event of check(options)) progress.show(event)
 */
export function createProgress(io: TerminalIo): Progress {
	let phase: { readonly name: PhaseName; readonly start: number; exchanges: number; shownAt: number } | undefined;
	let isLive = false;
	const clear = (): void => {
		if (isLive) io.out(ERASE_LINE);
		isLive = false;
	};
	const line = (text: string): void => {
		clear();
		io.out(`${text}\n`);
	};
	const count = (): void => {
		if (phase === undefined) return;
		phase.exchanges++;
		const now = io.now();
		if (!io.isTty || now - phase.start < QUIET_MS || now - phase.shownAt < REFRESH_MS) return;
		phase.shownAt = now;
		isLive = true;
		const seconds = ((now - phase.start) / 1_000).toFixed(1);
		io.out(
			`${ERASE_LINE}  ${phase.name.padEnd(11)} ${`${phase.exchanges} exchanges`.padStart(14)} ${`${seconds} s`.padStart(8)}   …`,
		);
	};
	return {
		clear,
		show(event) {
			if (event.kind === "started") line(`${renderStarted(event, io)}\n`);
			else if (event.kind === "phase-started") phase = { name: event.phase, start: io.now(), exchanges: 0, shownAt: 0 };
			else if (event.kind === "exchange") count();
			else if (event.kind === "phase-finished") line(renderPhase(event.result, io));
			else if (event.kind === "finished") line("");
		},
	};
}
