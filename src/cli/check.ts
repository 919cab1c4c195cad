import { type Command, Option } from "commander";
import type { PhaseName } from "../finding/run.ts";
import type { Define } from "./define.ts";
import {
	gather,
	gatherHeader,
	gatherIdentity,
	gatherWords,
	type IdentityFlags,
	integerFrom,
	parseDuration,
	parseMilliseconds,
} from "./flag.ts";
import { FORMATS, type Format } from "./format.ts";
import type { ApiFlags } from "./select-api.ts";

export interface CheckFlags extends ApiFlags {
	readonly target?: string;
	readonly ledger?: string;
	readonly header?: Readonly<Record<string, string>>;
	readonly identity?: IdentityFlags;
	readonly phase?: readonly PhaseName[];
	readonly operation?: readonly string[];
	readonly exclude?: readonly string[];
	readonly disposable?: boolean;
	readonly readOnly?: boolean;
	readonly dryRun?: boolean;
	readonly seed?: number;
	readonly runId?: string;
	readonly settle?: number;
	readonly timeout?: number;
	readonly timing?: boolean;
	readonly maxResponseTime?: number;
	readonly budget?: number;
	readonly rate?: number;
	readonly allowRemote?: boolean;
	/** The fingerprint of a finding of an earlier run. */
	readonly replay?: string;
	/** False for `--no-report`. */
	readonly report: readonly Format[] | false;
	readonly out: string;
	/** Files of earlier runs to compare with. */
	readonly since?: readonly string[];
	readonly strict?: boolean;
}

/** The phases that there are; the others are refused rather than accepted and left out. */
const PHASES: readonly PhaseName[] = ["examples", "values", "experiments", "sequences", "concurrency", "limits"];

/** `holdfast check`: does the service do what its document says? */
export const defineCheck: Define = (program, io, done) => {
	const command = program
		.command("check")
		.description("check a live service against its document")
		.argument("[spec]", "the OpenAPI document; without it, every API of holdfast.config.ts");
	addTargetFlags(command);
	addScopeFlags(command);
	addReportFlags(command)
		.addHelpText("after", EXAMPLES)
		.action(async (spec: string | undefined, flags: CheckFlags) => {
			const { runCheck } = await import("./run-check.ts");
			done(await runCheck(spec, flags, io));
		});
};

function addTargetFlags(command: Command): Command {
	return command
		.option("--target <url>", "base URL of the service; the document's paths are appended to it")
		.option("--overlay <file>", "an OpenAPI Overlay over the document; may be repeated", gather)
		.option("--ledger <file>", "the known drifts of this target")
		.option("--header <header>", "'Name: value', sent with every request; may be repeated", gatherHeader)
		.option(
			"--identity <identity>",
			"'name=Header: value', a further caller, of another tenant, or @file.yaml with several; may be repeated",
			gatherIdentity,
		)
		.option("--disposable", "all data of the target may be changed")
		.option("--read-only", "send nothing that is documented to change data")
		.option("--dry-run", "plan, and send nothing at all")
		.option("--config <file>", "the configuration; by default holdfast.config.ts")
		.option("--no-config", "leave the configuration aside")
		.option("--allow-remote", "let the document refer to other machines");
}

function addScopeFlags(command: Command): Command {
	return command
		.option("--phase <phases>", `only these of ${PHASES.join(", ")}`, gatherWords(PHASES))
		.option("--operation <glob>", "only operations whose id or 'METHOD /path' matches; may be repeated", gather)
		.option("--exclude <glob>", "leave these operations alone; may be repeated", gather)
		.option("--seed <number>", "the same seed and run id make the same requests", integerFrom(0))
		.option("--run-id <text>", "marks what this run creates")
		.option("--settle <duration>", "how long a list may lag behind (2s)", parseDuration)
		.option("--timeout <duration>", "how long an answer may take (10s)", parseDuration)
		.option("--timing", "measure whether a wrong credential is answered later the more of it is right")
		.option(
			"--max-response-time <duration>",
			"an operation that answers later is a finding: 200ms, or milliseconds",
			parseMilliseconds,
		)
		.option("--budget <number>", "at most this many exchanges", integerFrom(1))
		.option("--rate <number>", "at most this many exchanges a second", integerFrom(1));
}

function addReportFlags(command: Command): Command {
	return command
		.addOption(
			new Option("--report <formats>", `${FORMATS.join(", ")}; several with commas`)
				.argParser((text: string) => gatherWords(FORMATS)(text))
				.default(["md", "html", "json"] satisfies Format[], "md,html,json"),
		)
		.option("--no-report", "write no files")
		.option("--out <folder>", "folder for reports", "reports")
		.option("--since <run.json>", "an earlier run: reports tell what is new since; may be repeated", gather)
		.option("--strict", "surprises fail the run too")
		.option(
			"--replay <fingerprint>",
			"run again as the reported run did, and tell only whether this finding comes back",
		);
}

const EXAMPLES = `
Examples:
  $ holdfast check openapi.yaml --target http://127.0.0.1:8080 --header 'X-API-Key: secret'
  $ holdfast check                                          everything in holdfast.config.ts
  $ holdfast check openapi.yaml --target … --operation 'PUT /apps/*' --phase experiments
  $ holdfast check --replay 3f9c1a                          does this finding of the last run come back?
  $ holdfast check openapi.yaml --target … --ledger known-drift.yaml --report md,junit

Exit code: 0 nothing new, 1 something new, 2 a mistake in what was given, 3 a bug in holdfast.`;
