import type { Define } from "./define.ts";
import { gatherHeader, gatherIdentity, type IdentityFlags } from "./flag.ts";
import type { ApiFlags } from "./select-api.ts";

export interface CleanFlags extends ApiFlags {
	readonly out: string;
	readonly target?: string;
	readonly header?: Readonly<Record<string, string>>;
	readonly identity?: IdentityFlags;
}

/** `holdfast clean`: takes away what an interrupted check has left on its target. */
export const defineClean: Define = (program, io, done) => {
	program
		.command("clean")
		.description("take away what interrupted checks have left on their targets")
		.option("--out <folder>", "the folder of the reports, where the journals are", "reports")
		.option("--target <url>", "where the service is now, when not where the check met it")
		.option("--header <header>", "'Name: value', sent with every request; may be repeated", gatherHeader)
		.option(
			"--identity <identity>",
			"'name=Header: value', a further caller, or @file.yaml; may be repeated",
			gatherIdentity,
		)
		.option("--config <file>", "the configuration; by default holdfast.config.ts")
		.option("--no-config", "leave the configuration aside")
		.addHelpText(
			"after",
			`
A check writes down what it makes in reports/<api>/journal.ndjson and takes all of it away in the end. What it could not
take away, because it was killed or the service was gone, is taken away by this.

Exit code: 0 when nothing is left, 1 when something could not be taken away.`,
		)
		.action(async (flags: CleanFlags) => {
			const { runClean } = await import("./run-clean.ts");
			done(await runClean(flags, io));
		});
};
