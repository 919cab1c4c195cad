import { InvalidArgumentError, Option } from "commander";
import type { Define } from "./define.ts";
import { gather, integerFrom } from "./flag.ts";
import type { ApiFlags } from "./select-api.ts";

export interface MockFlags extends ApiFlags {
	readonly port: number;
	readonly host: string;
	readonly seed: number;
	readonly scenario?: string;
	readonly drift?: readonly string[];
	readonly unknown?: "refuse" | "conjure";
	readonly fault?: readonly string[];
	readonly latency?: string;
	readonly errorRate?: number;
	readonly allowRemote?: boolean;
	readonly watch?: boolean;
	/** False for `--no-control`. */
	readonly control: boolean;
	readonly controlToken?: string;
}

/** `holdfast mock`: a backend that remembers. `-p` and `-h` are those of Prism. */
export const defineMock: Define = (program, io) => {
	program
		.command("mock")
		.description("serve a backend that remembers what you send")
		.argument("[spec...]", "OpenAPI documents; without any, every API of holdfast.config.ts")
		.option("--overlay <file>", "an OpenAPI Overlay over the document; may be repeated", gather)
		.option("--scenario <file>", "seed data and identities to start with")
		.option("-p, --port <number>", "0 takes a free one", integerFrom(0, 65_535), 4010)
		.option("-h, --host <address>", "address to listen on", "127.0.0.1")
		.option("--seed <number>", "the same seed makes the same values", integerFrom(0), 1)
		.option("--drift <operation=rival>", "behave otherwise than documented; may be repeated", gather)
		.addOption(
			new Option("--unknown <what>", "an id that nobody made: answer as documented, or make it exist").choices([
				"refuse",
				"conjure",
			]),
		)
		.option("--latency <time>", "every answer comes so much later: 200ms, or 100-500ms")
		.option("--error-rate <number>", "so many requests of 1 are answered with a documented error", rate)
		.option("--fault <fault>", "like 'listApps: status=503, rate=0.1' or 'drop=after-headers'; may be repeated", gather)
		.option("--watch", "load again what changes, and keep the state")
		.option("--control-token <token>", "the control is for whoever has it, from anywhere; else for this machine")
		.option("--no-control", "nobody can look into the mock or change it while it serves")
		.option("--config <file>", "the configuration; by default holdfast.config.ts")
		.option("--no-config", "leave the configuration aside")
		.option("--allow-remote", "let the document refer to other machines")
		.helpOption("--help", "show this help")
		.addHelpText(
			"after",
			`
Credentials: a scenario says which are right. Without one, the first value that is sent for a security
scheme is right from then on, and every other is refused.

Several documents are served together: each under its name (/shop/orders), and at its own paths where no other
document has them. The control (/__holdfast) shows and changes the state, the clock and the faults, and says of the
last requests why they were answered so.

Examples:
  $ holdfast mock openapi.yaml
  $ holdfast mock shop.yaml billing.yaml --watch
  $ holdfast mock openapi.yaml --port 0 --seed 7
  $ holdfast mock openapi.yaml --drift replaceCids=append
  $ holdfast mock openapi.yaml --latency 100-500ms --fault 'GET /apps/*: drop=within-body, rate=0.05'
  $ curl -H 'Prefer: code=404' 127.0.0.1:4010/…          any documented answer (also example=…, dynamic=true, delay=2s)`,
		)
		.action(async (specs: readonly string[], flags: MockFlags) => {
			const { runMock } = await import("./run-mock.ts");
			await runMock(specs, flags, io);
		});
};

function rate(text: string): number {
	const number = text.trim() === "" ? Number.NaN : Number(text);
	if (number >= 0 && number <= 1) return number;
	throw new InvalidArgumentError("Write a number from 0 to 1.");
}
