import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** A server as a program, in a process of its own. */
export interface SpawnedMain {
	readonly child: ChildProcess;
	/** The line that says where it is. */
	readonly ready: () => Promise<string>;
	/** How it ended, and what it has written to stderr by then. */
	readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/**
 * Starts a program with this environment and nothing else of ours.
 *
 * @param main the module, beside the one that asks: `new URL("./main.ts", import.meta.url)`
 */
export function spawnMain(main: URL, env: Readonly<Record<string, string>>): SpawnedMain {
	const child = spawn(process.execPath, [main.pathname], {
		env: { ...env, PATH: process.env.PATH },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = Promise.all([once(child, "exit"), text(child.stderr)]);
	return {
		child,
		ready: async () => String((await once(child.stdout, "data"))[0]),
		ended: ended.then(([[code], stderr]) => ({ code, stderr })),
	};
}
