import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";

/** A real Redis of a test's own, in a directory of its own, which writes every change to disk before it answers. */
export interface SpawnedRedis {
	readonly url: string;
	/** Starts it again on the same port with the same data. */
	start(): Promise<void>;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
	/** Stops it without ending it: connections stay open and nothing is answered. */
	pause(): void;
	resume(): void;
	/** Ends it and removes its data. */
	dispose(): Promise<void>;
}

/** Why there can be no Redis here, or undefined when there can. */
export function missingRedis(): string | undefined {
	const { error } = spawnSync("redis-server", ["--version"], { stdio: "ignore" });
	return error === undefined ? undefined : "redis-server is not installed (Debian: apt-get install redis-server)";
}

/** Longest wait for Redis to come up. */
const START_MS_MAX = 10_000;

/**
 * Starts a Redis on a free port of this machine.
 *
 * @example
 * const redis = await spawnRedis();
 * await redis.dispose();
 */
export async function spawnRedis(): Promise<SpawnedRedis> {
	const directory = await mkdtemp(join(tmpdir(), "gateway-redis-"));
	const port = await freePort();
	let running: ChildProcess | undefined;
	const kill = async (): Promise<void> => {
		const child = running;
		running = undefined;
		if (child === undefined || child.exitCode !== null) return;
		const gone = once(child, "exit");
		child.kill("SIGKILL");
		await gone;
	};
	const redis: SpawnedRedis = {
		url: `redis://127.0.0.1:${port}`,
		start: async () => {
			running = await startRedis(port, directory);
		},
		kill,
		pause: () => void running?.kill("SIGSTOP"),
		resume: () => void running?.kill("SIGCONT"),
		dispose: async () => {
			await kill();
			await rm(directory, { recursive: true, force: true });
		},
	};
	await redis.start();
	return redis;
}

async function startRedis(port: number, directory: string): Promise<ChildProcess> {
	const place = ["--port", String(port), "--bind", "127.0.0.1", "--dir", directory];
	const durable = ["--save", "", "--appendonly", "yes", "--appendfsync", "always"];
	const child = spawn("redis-server", [...place, ...durable], { stdio: ["ignore", "pipe", "inherit"] });
	let said = "";
	await new Promise<void>((resolve, reject) => {
		const fail = (why: string): void => reject(new Error(`redis-server ${why}:\n${said}`));
		const timer = setTimeout(() => {
			child.kill("SIGKILL");
			fail(`was not ready within ${START_MS_MAX} ms`);
		}, START_MS_MAX);
		child.once("exit", () => fail("ended"));
		child.stdout.on("data", (chunk: Buffer) => {
			said += chunk.toString();
			if (!said.includes("Ready to accept connections")) return;
			clearTimeout(timer);
			child.removeAllListeners("exit");
			child.stdout.removeAllListeners("data").resume();
			resolve();
		});
	});
	return child;
}
