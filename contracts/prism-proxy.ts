import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const PRISM = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));
const START_MS_MAX = 30_000;

/** A server under test. */
interface Running {
	/** Base URL without a trailing slash. */
	readonly url: string;
	close(): Promise<void>;
}

/**
 * Puts Prism before a server as a validation proxy: it holds every request and answer against the document, by code
 * that shares nothing with ours, and says in the header `sl-violations` what is wrong.
 *
 * @throws Error when Prism does not come up
 */
export async function behindPrism<R extends Running>(
	document: string,
	server: R,
): Promise<R & { readonly directUrl: string }> {
	const port = await freePort();
	const args = ["proxy", document, server.url, "--port", String(port), "-v", "error"];
	const prism = spawn(process.execPath, [PRISM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	prism.stdout.on("data", (chunk) => {
		said += chunk;
	});
	prism.stderr.on("data", (chunk) => {
		said += chunk;
	});
	const ended = once(prism, "exit");
	const url = `http://127.0.0.1:${port}`;
	await Promise.race([
		untilListening(url),
		ended.then(() => Promise.reject(new Error(`Prism ended before it listened: ${said}`))),
	]);
	return {
		...server,
		url,
		directUrl: server.url,
		close: async () => {
			prism.kill();
			await ended;
			await server.close();
		},
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("no port is free");
	return address.port;
}

async function untilListening(url: string): Promise<void> {
	const end = Date.now() + START_MS_MAX;
	while (Date.now() < end) {
		const isUp = await fetch(url).then(
			() => true,
			() => false,
		);
		if (isUp) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`Prism does not answer on ${url}`);
}
