import type { Command } from "commander";
import type { TerminalIo } from "./terminal-io.ts";

/** Adds one command. Each keeps what it needs behind a dynamic import, so that `--help` is there at once. */
export type Define = (program: Command, io: TerminalIo, done: (exitCode: number) => void) => void;
