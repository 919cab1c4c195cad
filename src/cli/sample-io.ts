import type { TerminalIo } from "./terminal-io.ts";

export interface TestIo extends TerminalIo {
	readonly written: { out: string; err: string };
}

/** A terminal that only remembers; for tests. */
export function testIo(parts: Partial<TerminalIo> = {}): TestIo {
	const written = { out: "", err: "" };
	return {
		cwd: process.cwd(),
		environment: process.env,
		isTty: false,
		color: false,
		out: (text) => {
			written.out += text;
		},
		err: (text) => {
			written.err += text;
		},
		signal: new AbortController().signal,
		now: () => performance.now(),
		today: () => "2026-11-21",
		...parts,
		written,
	};
}
