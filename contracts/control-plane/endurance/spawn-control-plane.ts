import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A control plane in a process of its own. */
export interface SpawnedControlPlane {
	readonly url: string;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
}

const MAIN = "src/reference/control-plane/main.ts";
export const SPAWNED_TOKEN = "admin-token-of-the-process";

/** @param env where it keeps its data: `DATA_FOLDER` or `DATABASE_URL` */
export async function spawnControlPlane(env: Readonly<Record<string, string>>): Promise<SpawnedControlPlane> {
	const settings = { PORT: "0", ADMIN_TOKEN: SPAWNED_TOKEN, LOG_LEVEL: "error", ...env };
	const child = spawn(process.execPath, [MAIN], {
		env: { ...settings, PATH: process.env.PATH },
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
		throw new Error(`the control plane ended with ${code} before it was ready`);
	});
	const [line] = await Promise.race([once(child.stdout, "data"), ended]);
	ended.catch(() => {});
	const url = /ready on (\S+)/.exec(String(line))?.[1];
	if (url === undefined) throw new Error(`no ready line: ${line}`);
	return url;
}
