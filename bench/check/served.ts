import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { inferModel } from "../../src/model/infer.ts";

/**
 * The mock of a document in a process of its own, so that its processor time is not that of the check. As a program:
 * `node bench/check/served.ts DOCUMENT` serves until its parent is gone.
 */
export async function serveApart(document: string): Promise<{ readonly url: string; close(): void }> {
	const child = fork(fileURLToPath(import.meta.url), [document]);
	const [url] = (await once(child, "message")) as [string];
	return { url, close: () => child.kill() };
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
	const contract = await loadContract({ spec: process.argv[2] ?? "" });
	const mock = createMock({ contract, model: inferModel(contract) });
	const { url } = await mock.listen({ port: 0, host: "127.0.0.1" });
	process.once("disconnect", () => process.exit(0));
	process.send(url);
}
