import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KEY } from "./document.ts";

/** A server under load, in a process of its own. */
export interface Running {
	readonly name: string;
	readonly url: string;
	readonly pid: number;
	/** Milliseconds from the start of the process to its first answer. */
	readonly startMs: number;
	stop(): void;
}

const HERE = import.meta.dirname;
const PEERS = join(HERE, "../peers");
const START_MS_MAX = 60_000;

type Command = (document: string, port: string) => readonly string[];

export const SERVERS: Readonly<Record<string, Command>> = {
	bare: (_, port) => [join(HERE, "serve-bare.ts"), port],
	fastify: (_, port) => [join(HERE, "serve-fastify.ts"), port],
	holdfast: (document, port) => [
		...[join(HERE, "../../src/cli/main.ts"), "mock", document, "--no-config"],
		...["--port", port, "--scenario", scenarioBeside(document)],
	],
	"openapi-backend": (document, port) => [join(PEERS, "openapi-backend.mjs"), document, port],
	prism: (document, port) => [
		...[join(PEERS, "node_modules/@stoplight/prism-cli/dist/index.js"), "mock", document],
		...["-p", port, "-h", "127.0.0.1", "-v", "silent", "-m", "false"],
	],
	scalar: (document, port) => [join(PEERS, "scalar.mjs"), document, port, "stateful"],
	mockoon: (document, port) => [
		...[join(PEERS, "node_modules/@mockoon/cli/bin/run.js"), "start", "--data", document],
		...["--port", port, "--hostname", "127.0.0.1", "--disable-log-to-file"],
	],
	"json-server": (document, port) => [join(PEERS, "json-server.mjs"), document, port],
};

/** Whether what a server needs is installed. */
export function isInstalled(name: string): boolean {
	return ["bare", "fastify", "holdfast"].includes(name) || existsSync(join(PEERS, "node_modules"));
}

/** The one key that is right; every other is refused. */
function scenarioBeside(document: string): string {
	const file = `${document}.scenario.yaml`;
	writeFileSync(file, `identities:\n  key: ${KEY}\n`);
	return file;
}

export async function startServer(name: string, document: string): Promise<Running> {
	const command = SERVERS[name];
	if (command === undefined) throw new Error(`there is no server ${name}`);
	const port = await freePort();
	const begin = performance.now();
	const child = spawn(process.execPath, command(document, String(port)), {
		stdio: ["ignore", "ignore", "pipe"],
		cwd: PEERS,
		env: { ...process.env, NODE_ENV: "production" },
	});
	let errors = "";
	child.stderr.on("data", (chunk) => {
		errors = `${errors}${chunk}`.slice(-1_000);
	});
	const url = `http://127.0.0.1:${port}`;
	while (performance.now() - begin < START_MS_MAX && child.exitCode === null) {
		if (await answers(url)) {
			return { name, url, pid: pidOf(child), startMs: performance.now() - begin, stop: () => void child.kill() };
		}
		await sleep(2);
	}
	child.kill();
	throw new Error(`${name} does not start: ${errors}`);
}

function pidOf({ pid }: ChildProcess): number {
	if (pid === undefined) throw new Error("a running process has a number");
	return pid;
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/items`, { headers: { "x-api-key": KEY } });
		await response.arrayBuffer();
		return true;
	} catch {
		return false;
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer();
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}
