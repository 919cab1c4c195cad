import type { Define } from "./define.ts";

export interface InitFlags {
	readonly target?: string;
	/** Overwrite what is there. */
	readonly force?: boolean;
}

/** `holdfast init`: a first configuration, ledger and workflow for a document. */
export const defineInit: Define = (program, io) => {
	program
		.command("init")
		.description("write a first configuration, ledger and workflow for a document")
		.argument("[spec]", "the OpenAPI document; without it, the one that is found here")
		.option("--target <url>", "base URL of the service")
		.option("--force", "overwrite files that are there already")
		.addHelpText(
			"after",
			`
Examples:
  $ holdfast init openapi.yaml
  $ holdfast init openapi.yaml --target http://127.0.0.1:8080`,
		)
		.action(async (spec: string | undefined, flags: InitFlags) => {
			const { runInit } = await import("./run-init.ts");
			await runInit(spec, flags, io);
		});
};
