import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../problem/problem.ts";
import type { StartConfig } from "./config.ts";
import { type Environment, substitute } from "./substitute.ts";

export interface RunningTarget {
	readonly url: string;
	/** SIGTERM, and SIGKILL for what does not listen. Calling it again is harmless. */
	stop(): Promise<void>;
}

export interface StartOptions {
	readonly cwd: string;
	readonly environment: Environment;
	/** Where it stands in the configuration: `apis.gateway`. */
	readonly at: string;
	/** The configuration file, for messages. */
	readonly file: string;
	/** How long a target may take to end by itself; by default 5,000. */
	readonly stopMs?: number;
}

const START_MS = 15_000;
const STOP_MS = 5_000;
const POLL_MS = 20;
const OUTPUT_LINES_MAX = 20;
const HOST = "127.0.0.1";

/**
 * Starts the target on a free port and waits until it is ready.
 *
 * @throws UserError when it cannot be started, ends at once, or is not ready in time; with the end of its output.
 * @example const target = await startTarget({ command: ["node", "server.ts"], ready: "listening" }, options)
 */
export async function startTarget(config: StartConfig, options: StartOptions): Promise<RunningTarget> {
	const port = await findFreePort();
	const defaults = { PORT: String(port), HOST };
	const place = { at: `${options.at}.start`, file: options.file };
	const {
		command,
		env = {},
		url,
		ready,
		timeoutMs,
	} = substitute(config, { ...options.environment, ...defaults }, place);
	const words = typeof command === "string" ? command.split(/\s+/).filter((word) => word !== "") : command;
	const [program = "", ...args] = words;
	const child = spawn(program === "node" ? process.execPath : program, args, {
		cwd: options.cwd,
		env: { ...options.environment, ...defaults, ...env } as NodeJS.ProcessEnv,
		stdio: ["ignore", "pipe", "pipe"],
	});
	const output = gatherOutput(child);
	const stop = (): Promise<void> => stopProcess(child, options.stopMs ?? STOP_MS);
	const isReady = ready === undefined ? () => takesConnections(port) : async () => output.text().includes(ready);
	const fault = await waitUntilReady(child, isReady, timeoutMs ?? START_MS);
	if (fault === undefined) return { url: url ?? `http://${HOST}:${port}`, stop };
	await stop();
	throw new UserError([
		{
			code: "target-not-started",
			message: `${words.join(" ")} ${fault}${output.tail()}`,
			place: { file: options.file },
		},
	]);
}

async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, HOST);
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}

interface Output {
	text(): string;
	tail(): string;
}

const OUTPUT_CHARACTERS_MAX = 20_000;

/** Keeps the end of what the target writes, and keeps reading, so that it never waits for us. */
function gatherOutput(child: ChildProcess): Output {
	let text = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding("utf8").on("data", (chunk: string) => {
			text = (text + chunk).slice(-OUTPUT_CHARACTERS_MAX);
		});
	}
	return {
		text: () => text,
		tail() {
			const lines = text.trim().split("\n").slice(-OUTPUT_LINES_MAX);
			return text.trim() === "" ? "" : `. It wrote:\n${lines.map((line) => `  ${line}`).join("\n")}`;
		},
	};
}

/** What went wrong, or undefined when it is ready. */
async function waitUntilReady(
	child: ChildProcess,
	isReady: () => Promise<boolean>,
	timeoutMs: number,
): Promise<string | undefined> {
	let failure: string | undefined;
	child.once("error", (error) => {
		failure = `cannot be started: ${error.message}`;
	});
	const deadline = performance.now() + timeoutMs;
	while (failure === undefined && performance.now() < deadline) {
		if (child.exitCode !== null) return `ended with exit code ${child.exitCode} before it was ready`;
		if (child.signalCode !== null) return `was ended by ${child.signalCode} before it was ready`;
		if (await isReady()) return undefined;
		await sleep(POLL_MS);
	}
	return failure ?? `was not ready within ${timeoutMs / 1_000} s`;
}

/** Whether something listens there. */
export async function takesConnections(port: number, host: string = HOST, timeoutMs = 1_000): Promise<boolean> {
	const socket = connect({ port, host, timeout: timeoutMs });
	const connected = await new Promise<boolean>((resolve) => {
		socket.once("connect", () => resolve(true));
		socket.once("timeout", () => resolve(false));
		socket.once("error", () => resolve(false));
	});
	socket.destroy();
	return connected;
}

async function stopProcess(child: ChildProcess, timeoutMs: number): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const ended = once(child, "exit");
	child.kill("SIGTERM");
	const inTime = await Promise.race([ended.then(() => true), sleep(timeoutMs, false, { ref: false })]);
	if (!inTime) {
		child.kill("SIGKILL");
		await ended;
	}
}
