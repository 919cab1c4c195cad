import { SettingError } from "./setting-error.ts";

/** A server that listens. */
export interface RunningServer {
	/** Base URL without a trailing slash: `http://127.0.0.1:8080`. */
	readonly url: string;
	/** Finishes the requests under way, lets go of everything, and resolves. Calling it again is harmless. */
	close(): Promise<void>;
}

/** How one server is started and announced. */
export interface ServerProgram {
	readonly name: string;
	start(): Promise<RunningServer>;
	/** The one line that tells that it is ready, with a call to try. */
	readyLine(url: string): string;
}

/** Longest wait for requests under way when the server is told to stop. */
const STOP_MS_MAX = 10_000;

/** Failures of listening that the operator can mend, with what to do about them. */
const LISTEN_PROBLEMS: Readonly<Record<string, string>> = {
	EADDRINUSE: "the port is in use: stop the other process or set PORT",
	EADDRNOTAVAIL: "this machine has no such address: set HOST",
	EACCES: "the port may not be opened: set PORT to 1024 or above",
	ENOTFOUND: "HOST cannot be resolved",
};

/**
 * Runs a server as a process: prints its ready line, stops cleanly on SIGTERM and SIGINT (a second signal ends at
 * once), and exits with 2 and one line per problem when it cannot start for a reason the operator can mend.
 *
 * @example await runServer({ name: "gateway", start: () => startGateway(), readyLine: (url) => `ready on ${url}` })
 */
export async function runServer(program: ServerProgram): Promise<void> {
	try {
		const server = await program.start();
		stopOnSignals(server);
		process.stdout.write(`${program.readyLine(server.url)}\n`);
	} catch (error) {
		const problems = startProblems(error);
		if (problems === undefined) throw error;
		for (const problem of problems) process.stderr.write(`${program.name}: ${problem}\n`);
		process.exitCode = 2;
	}
}

function startProblems(error: unknown): readonly string[] | undefined {
	if (error instanceof SettingError) return error.problems;
	if (!(error instanceof Error)) return undefined;
	const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
	const problem = LISTEN_PROBLEMS[code ?? ""];
	return problem === undefined ? undefined : [`cannot listen on ${address ?? "HOST"}:${port ?? ""}: ${problem}`];
}

function stopOnSignals(server: RunningServer): void {
	let stopping = false;
	const stop = (): void => {
		if (stopping) process.exit(1);
		stopping = true;
		setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
		server.close().then(
			() => process.exit(0),
			() => process.exit(1),
		);
	};
	process.on("SIGTERM", stop);
	process.on("SIGINT", stop);
}
