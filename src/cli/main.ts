#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Half of the time of a start goes into compiling the same files once more: what is compiled is kept for the next.
enableCompileCache();
const { runCli } = await import("./run-cli.ts");
const { processIo } = await import("./terminal-io.ts");

const stop = new AbortController();
// The first Ctrl-C lets a check clean up what it created; the second ends it at once.
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());

// Whoever reads may have read enough (`holdfast explain | head`): that is no failure, and the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
	stream.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
	});
}

process.exitCode = await runCli(process.argv.slice(2), processIo(stop.signal));
