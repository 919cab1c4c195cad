import { Command, CommanderError } from "commander";
import { readVersion } from "../finding/version.ts";
import { defineAccept } from "./accept.ts";
import { defineCheck } from "./check.ts";
import { defineClean } from "./clean.ts";
import type { Define } from "./define.ts";
import { defineDocs } from "./docs.ts";
import { defineExplain } from "./explain.ts";
import { fail, USER_MISTAKE } from "./fail.ts";
import { defineInit } from "./init.ts";
import { defineMock } from "./mock.ts";
import { plainText } from "./plain-text.ts";
import { defineReport } from "./report.ts";
import type { TerminalIo } from "./terminal-io.ts";

/**
 * Runs one command line and gives its exit code: 0 nothing new, 1 something new is wrong with the service, 2 the user's
 * mistake, 3 a bug of ours. It never ends the process, so that output is always flushed.
 *
 * @example process.exitCode = await runCli(["check", "--target", "http://127.0.0.1:8080"], io)
 */
export async function runCli(args: readonly string[], terminal: TerminalIo): Promise<number> {
	const io = withPlainText(terminal);
	let code = 0;
	const program = defineProgram(io, (result) => {
		code = result;
	});
	try {
		await program.parseAsync([...args], { from: "user" });
		return code;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USER_MISTAKE;
		return fail(error, io);
	}
}

/** Whatever is written goes through here, whoever wrote it. */
function withPlainText(io: TerminalIo): TerminalIo {
	const plain = (text: string): string => plainText(text, io.color || io.isTty);
	return { ...io, out: (text) => io.out(plain(text)), err: (text) => io.err(plain(text)) };
}

const COMMANDS: readonly Define[] = [
	defineMock,
	defineCheck,
	defineExplain,
	defineDocs,
	defineReport,
	defineAccept,
	defineClean,
	defineInit,
];

function defineProgram(io: TerminalIo, done: (exitCode: number) => void): Command {
	const program = new Command("holdfast")
		.description(
			"Keeps an API from drifting away from its docs: a stateful mock, checks of meaning, and drift reports.",
		)
		.version(readVersion(), "--version", "print the version")
		.helpOption("--help", "show this help; after a command, the help of that command")
		.exitOverride()
		.configureOutput({ writeOut: io.out, writeErr: io.err })
		.showHelpAfterError("(holdfast --help shows what there is)")
		.addHelpText("after", EXAMPLES);
	for (const define of COMMANDS) define(program, io, done);
	return program;
}

const EXAMPLES = `
Examples:
  $ holdfast mock openapi.yaml                                      a backend that remembers what you send
  $ holdfast check openapi.yaml --target http://127.0.0.1:8080      does the service do what the document says?
  $ holdfast check                                                  everything in holdfast.config.ts
  $ holdfast docs docs/api.md openapi.yaml                          do the docs pages say what the document says?
  $ holdfast explain openapi.yaml                                   what the document promises, and why we think so
`;
