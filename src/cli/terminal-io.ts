/** What a command may touch of the process, so that a test can stand in for it. */
export interface TerminalIo {
	readonly cwd: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** True when a person watches: live lines and colours. */
	readonly isTty: boolean;
	readonly color: boolean;
	out(text: string): void;
	err(text: string): void;
	/** Aborted when the user wants to stop (Ctrl-C). */
	readonly signal: AbortSignal;
	/** Milliseconds from any start. */
	now(): number;
	/** The date, as `2026-11-21`. */
	today(): string;
}

/** The real process. `NO_COLOR` and `FORCE_COLOR` are honoured (no-color.org). */
export function processIo(signal: AbortSignal): TerminalIo {
	const isTty = process.stdout.isTTY === true;
	const { NO_COLOR, FORCE_COLOR } = process.env;
	const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0";
	return {
		cwd: process.cwd(),
		environment: process.env,
		isTty: isTty && process.env.CI === undefined,
		color: forced || (isTty && (NO_COLOR === undefined || NO_COLOR === "")),
		out: (text) => void process.stdout.write(text),
		err: (text) => void process.stderr.write(text),
		signal,
		now: () => performance.now(),
		today: () => new Date().toISOString().slice(0, 10),
	};
}
