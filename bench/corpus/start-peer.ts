import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSend } from "./client.ts";

export type Started = { readonly url: string; readonly startMs: number; stop(): void } | { readonly failed: string };

const START_MS_MAX = 60_000;
const PEERS = join(import.meta.dirname, "../peers/node_modules");
const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");

const COMMANDS: Readonly<Record<string, (file: string, port: number) => readonly string[]>> = {
	holdfast: (file, port) => [MAIN, "mock", file, "--no-config", "--port", String(port)],
	prism: (file, port) => [
		...[join(PEERS, "@stoplight/prism-cli/dist/index.js"), "mock", file],
		...["-p", String(port), "-h", "127.0.0.1", "-v", "silent", "-m", "false"],
	],
	scalar: (file, port) => [join(PEERS, "../scalar.mjs"), file, String(port)],
};

/**
 * Starts a mock server of a document in a process of its own, and waits for its first answer.
 *
 * @param more arguments besides
 */
export async function startPeer(peer: string, file: string, more: readonly string[] = []): Promise<Started> {
	const command = COMMANDS[peer];
	if (command === undefined) return { failed: `there is no peer ${peer}` };
	if (peer !== "holdfast" && !existsSync(PEERS)) return { failed: "npm install in bench/peers first" };
	const port = await freePort();
	const begin = performance.now();
	const child = spawn(process.execPath, [...command(file, port), ...more], { stdio: ["ignore", "ignore", "pipe"] });
	let errors = "";
	child.stderr.on("data", (chunk) => {
		errors = `${errors}${chunk}`.slice(-2_000);
	});
	const url = `http://127.0.0.1:${port}`;
	const send = createSend(url);
	while (performance.now() - begin < START_MS_MAX && child.exitCode === null) {
		const received = await send({ method: "GET", path: "/", headers: {} });
		if (received !== undefined) {
			return { url, startMs: Math.round(performance.now() - begin), stop: () => void child.kill() };
		}
		await sleep(20);
	}
	child.kill();
	return {
		failed: child.exitCode === null ? "not up within a minute" : `exit ${child.exitCode}: ${errors.slice(-300)}`,
	};
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
