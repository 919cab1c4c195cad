import { fork } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { startGateway } from "../../src/reference/gateway/start.ts";

export interface Counted {
	readonly url: string;
	/** How many requests came. */
	readonly count: () => number;
	close(): Promise<void>;
}

/**
 * A gateway in a process of its own behind a door that counts: each request is one byte in a file. As a program:
 * `node bench/check/counted-gateway.ts KEY FILE` serves until its parent is gone.
 */
export async function startCounted(key: string, file: string): Promise<Counted> {
	const child = fork(fileURLToPath(import.meta.url), [key, file]);
	const [url] = (await once(child, "message")) as [string];
	return {
		url,
		count: () => (existsSync(file) ? statSync(file).size : 0),
		close: async () => {
			child.kill();
			await once(child, "exit");
		},
	};
}

async function serve(key: string, file: string): Promise<string> {
	const gateway = await startGateway({ adminKey: key });
	const { port: inner } = new URL(gateway.url);
	const door = createServer((incoming, outgoing) => {
		appendFileSync(file, ".");
		const { method, url, headers } = incoming;
		const passed = request({ host: "127.0.0.1", port: inner, method, path: url, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(outgoing);
		});
		passed.on("error", () => outgoing.destroy());
		incoming.pipe(passed);
	});
	door.listen(0, "127.0.0.1");
	await once(door, "listening");
	return `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
}

const [, program, key, file] = process.argv;
if (
	process.send !== undefined &&
	program === fileURLToPath(import.meta.url) &&
	key !== undefined &&
	file !== undefined
) {
	process.once("disconnect", () => process.exit(0));
	process.send(await serve(key, file));
}
