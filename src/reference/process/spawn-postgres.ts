import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";

/** A real PostgreSQL of a test's own, in a directory of its own. */
export interface SpawnedPostgres {
	readonly url: string;
	/** Starts it again on the same port with the same data. */
	start(): Promise<void>;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
	/** Ends it and removes its data. */
	dispose(): Promise<void>;
}

/** Debian keeps its programs out of the way. */
const DEBIAN = "/usr/lib/postgresql";
/** Longest wait for it to come up; after a kill it has to recover first. */
const START_MS_MAX = 30_000;

/** Why there can be no PostgreSQL here, or undefined when there can. */
export function missingPostgres(): string | undefined {
	return findPrograms() === undefined ? "postgres is not installed (Debian: apt-get install postgresql)" : undefined;
}

function findPrograms(): string | undefined {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
	const folders = [
		...versions.map((version) => join(DEBIAN, version, "bin")),
		...(process.env.PATH ?? "").split(delimiter),
	];
	return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

/** Who it runs as: it refuses to run as root. */
type User = Readonly<Record<"uid" | "gid", number>> | undefined;

/** Nobody, as everywhere on Linux. */
const NOBODY: NonNullable<User> = { uid: 65_534, gid: 65_534 };

/**
 * Starts a PostgreSQL on a free port of this machine.
 *
 * @example
 * const postgres = await spawnPostgres();
 * await postgres.dispose();
 */
export async function spawnPostgres(): Promise<SpawnedPostgres> {
	const programs = findPrograms();
	if (programs === undefined) throw new Error(missingPostgres());
	const user = process.getuid?.() === 0 ? NOBODY : undefined;
	const directory = await mkdtemp(join(tmpdir(), "reference-postgres-"));
	if (user !== undefined) chownSync(directory, user.uid, user.gid);
	const options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"];
	execFileSync(join(programs, "initdb"), [...options, "-D", directory], { stdio: "pipe", cwd: directory, ...user });
	const port = await freePort();
	const place = { program: join(programs, "postgres"), directory, port, user };
	let running: ChildProcess | undefined;
	const kill = async (): Promise<void> => {
		const child = running;
		running = undefined;
		if (child === undefined || child.exitCode !== null) return;
		const gone = once(child, "exit");
		child.kill("SIGKILL");
		await gone;
	};
	const postgres: SpawnedPostgres = {
		url: `postgres://postgres@127.0.0.1:${port}/postgres`,
		start: async () => {
			running = await startPostgres(place);
		},
		kill,
		dispose: async () => {
			await kill();
			await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
		},
	};
	await postgres.start();
	return postgres;
}

interface Place {
	readonly program: string;
	readonly directory: string;
	readonly port: number;
	readonly user: User;
}

/** The helpers of one that was killed need a moment to notice; until then a new one is refused the data. */
async function startPostgres(place: Place): Promise<ChildProcess> {
	const until = Date.now() + START_MS_MAX;
	for (;;) {
		const started = await tryPostgres(place, until);
		if (typeof started !== "string") return started;
		if (Date.now() > until) throw new Error(`postgres did not start:\n${started}`);
		await sleep(100);
	}
}

function tryPostgres({ program, directory, port, user }: Place, until: number): Promise<ChildProcess | string> {
	const settings = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories=", "max_connections=50"];
	const args = ["-D", directory, ...settings.flatMap((setting) => ["-c", setting])];
	const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], cwd: directory, ...user });
	let said = "";
	return new Promise((resolve) => {
		const timer = setTimeout(() => child.kill("SIGKILL"), Math.max(0, until - Date.now()));
		child.once("exit", () => {
			clearTimeout(timer);
			resolve(said);
		});
		child.stderr.on("data", (chunk: Buffer) => {
			said += chunk.toString();
			if (!said.includes("ready to accept connections")) return;
			clearTimeout(timer);
			child.removeAllListeners("exit");
			child.stderr.removeAllListeners("data").resume();
			resolve(child);
		});
	});
}
