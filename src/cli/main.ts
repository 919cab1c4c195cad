#!/usr/bin/env node
import { runCli } from "./run-cli.ts";
import { processIo } from "./terminal-io.ts";

const stop = new AbortController();
// The first Ctrl-C lets a check clean up what it created; the second ends it at once.
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());

process.exitCode = await runCli(process.argv.slice(2), processIo(stop.signal));
