import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A part of Intry, or what stands in its place, in a process of its own. */
export interface Spawned {
	readonly url: string;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
}

const MAIN = "src/reference/intry/main.ts";
export const SPAWNED_KEY = "admin-key-of-the-process";

/** @param env which part, and what it stands on: `ROLE`, `CORE_URLS`, `DATA_FOLDER` */
export function spawnIntry(env: Readonly<Record<string, string>>): Promise<Spawned> {
	return spawnServer([MAIN], { PORT: "0", ADMIN_KEY: SPAWNED_KEY, LOG_LEVEL: "error", ...env });
}

/** A server that answers everything at once, so that nothing but the proxy takes time. */
const ECHO = `
	const { createServer } = require("node:http");
	const body = JSON.stringify({ stats: { tenants: 1 } });
	const headers = { "content-type": "application/json", "content-length": body.length };
	const server = createServer((request, response) => {
		request.resume();
		response.writeHead(200, headers).end(body);
	});
	server.listen(Number(process.env.PORT), "127.0.0.1", () => {
		console.log("ready on http://127.0.0.1:" + server.address().port);
	});
`;

/** @param port 0 takes a free one */
export function spawnUpstream(port = 0): Promise<Spawned> {
	return spawnServer(["--input-type=commonjs", "-e", ECHO], { PORT: String(port) });
}

async function spawnServer(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Spawned> {
	const child = spawn(process.execPath, args, {
		env: { ...env, PATH: process.env.PATH },
		stdio: ["ignore", "pipe", "inherit"],
	});
	const url = await readyUrl(child);
	return {
		url,
		kill: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const gone = once(child, "exit");
			child.kill("SIGKILL");
			await gone;
		},
	};
}

async function readyUrl(child: ChildProcess): Promise<string> {
	if (child.stdout === null) throw new Error("stdout is not piped");
	const ended = once(child, "exit").then(([code]) => {
		throw new Error(`the process ended with ${code} before it was ready`);
	});
	const [line] = await Promise.race([once(child.stdout, "data"), ended]);
	ended.catch(() => {});
	const url = /ready on (\S+)/.exec(String(line))?.[1];
	if (url === undefined) throw new Error(`no ready line: ${line}`);
	return url;
}
