import type { Define } from "./define.ts";
import { gather, integerFrom } from "./flag.ts";
import type { ApiFlags } from "./select-api.ts";

export interface MockFlags extends ApiFlags {
	readonly port: number;
	readonly host: string;
	readonly seed: number;
	readonly scenario?: string;
	readonly drift?: readonly string[];
	readonly allowRemote?: boolean;
}

/** `holdfast mock`: a backend that remembers. `-p` and `-h` are those of Prism. */
export const defineMock: Define = (program, io) => {
	program
		.command("mock")
		.description("serve a backend that remembers what you send")
		.argument("[spec]", "the OpenAPI document; without it, the API of holdfast.config.ts")
		.option("--overlay <file>", "an OpenAPI Overlay over the document; may be repeated", gather)
		.option("--scenario <file>", "seed data and identities to start with")
		.option("-p, --port <number>", "0 takes a free one", integerFrom(0, 65_535), 4010)
		.option("-h, --host <address>", "address to listen on", "127.0.0.1")
		.option("--seed <number>", "the same seed makes the same values", integerFrom(0), 1)
		.option("--drift <operation=rival>", "behave otherwise than documented; may be repeated", gather)
		.option("--config <file>", "the configuration; by default holdfast.config.ts")
		.option("--no-config", "leave the configuration aside")
		.option("--allow-remote", "let the document refer to other machines")
		.helpOption("--help", "show this help")
		.addHelpText(
			"after",
			`
Credentials: a scenario says which are right. Without one, the first value that is sent for a security
scheme is right from then on, and every other is refused.

Examples:
  $ holdfast mock openapi.yaml
  $ holdfast mock openapi.yaml --port 0 --seed 7
  $ holdfast mock openapi.yaml --drift replaceCids=append`,
		)
		.action(async (spec: string | undefined, flags: MockFlags) => {
			const { runMock } = await import("./run-mock.ts");
			await runMock(spec, flags, io);
		});
};
