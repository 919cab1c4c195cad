import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import type { Service } from "./services.ts";

/** The first start downloads what the service needs. */
const START_MS = 15 * 60_000;
const STOP_MS = 10_000;

export interface Started {
	/** The document that the service publishes. */
	readonly document: string;
	stop(): Promise<void>;
}

/** Starts a service with empty data and waits for its ready line; says what went wrong with its own last line. */
export async function startService(service: Service, folder: string): Promise<Started> {
	const child = spawn(join(folder, service.folder, "start.sh"), [], {
		env: { ...process.env, PATH: systemPath(), RESET: "1" },
		stdio: ["ignore", "pipe", "inherit"],
	});
	let last = "";
	const ready = Promise.withResolvers<void>();
	const timer = setTimeout(() => ready.reject(new Error(`${service.name} was not ready in time: ${last}`)), START_MS);
	child.once("exit", () => ready.reject(new Error(`${service.name} ended before it was ready: ${last}`)));
	createInterface({ input: child.stdout }).on("line", (line) => {
		last = line;
		if (line.startsWith("READY ")) ready.resolve();
	});
	try {
		await ready.promise;
	} finally {
		clearTimeout(timer);
	}
	const document = join(folder, service.folder, "openapi.json");
	if (service.document !== undefined) await fetchDocument(service, document);
	return { document, stop: () => stopChild(child) };
}

/** The scripts look for Node themselves: what npm puts in front is meant for the kit. */
function systemPath(): string {
	const parts = (process.env.PATH ?? "").split(delimiter);
	return parts.filter((part) => !part.includes("node_modules")).join(delimiter);
}

async function fetchDocument({ document = "", headers }: Service, file: string): Promise<void> {
	const answer = await fetch(document, { headers: { ...headers, accept: "application/json" } });
	await writeFile(file, await answer.text());
}

/** The script passes SIGTERM on to the service, and ends when that has ended. */
async function stopChild(child: ReturnType<typeof spawn>): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, "exit");
	child.kill("SIGTERM");
	const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
	await ended;
	clearTimeout(timer);
}
