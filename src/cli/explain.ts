import type { Define } from "./define.ts";
import { gather } from "./flag.ts";
import type { ApiFlags } from "./select-api.ts";

export interface ExplainFlags extends ApiFlags {
	readonly json?: boolean;
	readonly allowRemote?: boolean;
}

/** `holdfast explain`: every claim with its evidence. */
export const defineExplain: Define = (program, io) => {
	program
		.command("explain")
		.description("show what the document promises, and why we think so")
		.argument("[spec]", "the OpenAPI document; without it, every API of holdfast.config.ts")
		.argument("[operation]", "only this one: its operationId, or 'METHOD /path'")
		.option("--overlay <file>", "an OpenAPI Overlay over the document; may be repeated", gather)
		.option("--config <file>", "the configuration; by default holdfast.config.ts")
		.option("--no-config", "leave the configuration aside")
		.option("--json", "for tools: the same as a value")
		.option("--allow-remote", "let the document refer to other machines")
		.addHelpText(
			"after",
			`
Examples:
  $ holdfast explain openapi.yaml
  $ holdfast explain openapi.yaml replaceCids
  $ holdfast explain openapi.yaml 'PUT /admin/apps/{app_id}/cids'`,
		)
		.action(async (spec: string | undefined, operation: string | undefined, flags: ExplainFlags) => {
			const { runExplain } = await import("./run-explain.ts");
			await runExplain({ spec, operation }, flags, io);
		});
};
