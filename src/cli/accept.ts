import type { Define } from "./define.ts";
import { gather } from "./flag.ts";
import type { ApiFlags } from "./select-api.ts";

export interface AcceptFlags extends ApiFlags {
	readonly reason?: string;
	readonly owner?: string;
	readonly expires?: string;
	readonly ledger?: string;
	/** Fingerprints; all new drift when not given. */
	readonly only?: readonly string[];
}

/** `holdfast accept`: writes what a run found into the ledger, so that it is known from then on. */
export const defineAccept: Define = (program, io) => {
	program
		.command("accept")
		.description("write the new drifts of a run into the ledger of its API")
		.argument("<run.json>", "a run that holdfast check wrote")
		.option("--reason <text>", "why the team lives with it")
		.option("--owner <name>", "who looks after it")
		.option("--expires <date>", "until when, as 2027-06-30")
		.option("--only <fingerprint>", "only this finding; may be repeated", gather)
		.option("--ledger <file>", "the ledger; by default the one of the configuration")
		.option("--config <file>", "the configuration; by default holdfast.config.ts")
		.option("--no-config", "leave the configuration aside")
		.addHelpText(
			"after",
			`
Examples:
  $ holdfast accept reports/gateway/run.json --reason "mended in the next release" --expires 2027-01-31
  $ holdfast accept reports/gateway/run.json --only 3f9c1a --reason "the handler only adds" --owner "gateway team"`,
		)
		.action(async (file: string, flags: AcceptFlags) => {
			const { runAccept } = await import("./run-accept.ts");
			await runAccept(file, flags, io);
		});
};
