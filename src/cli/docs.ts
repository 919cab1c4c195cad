import { Option } from "commander";
import type { Define } from "./define.ts";
import { gather, gatherHeader, gatherWords, parseDuration } from "./flag.ts";
import { FORMATS, type Format } from "./format.ts";
import type { ApiFlags } from "./select-api.ts";

export interface DocsFlags extends ApiFlags {
	readonly target?: string;
	readonly ledger?: string;
	readonly header?: Readonly<Record<string, string>>;
	readonly disposable?: boolean;
	readonly timeout?: number;
	readonly allowRemote?: boolean;
	/** False for `--no-report`. */
	readonly report: readonly Format[] | false;
	readonly out: string;
	readonly strict?: boolean;
}

/** `holdfast docs`: do pages say what the document says? */
export const defineDocs: Define = (program, io, done) => {
	program
		.command("docs")
		.description("hold docs pages against the document, and against a service")
		.argument(
			"[files...]",
			"pages (Markdown, HTML, text copied from a page) and the OpenAPI document; without any, those of holdfast.config.ts",
		)
		.option("--target <url>", "base URL of a service: requests of the pages that change nothing are sent to it")
		.option("--disposable", "all data of the target may be changed: the other requests are sent too")
		.option("--header <header>", "'Name: value', sent with every request; may be repeated", gatherHeader)
		.option("--timeout <duration>", "how long an answer may take (10s)", parseDuration)
		.option("--overlay <file>", "an OpenAPI Overlay over the document; may be repeated", gather)
		.option("--ledger <file>", "the known disagreements, in the ledger of the target")
		.option("--config <file>", "the configuration; by default holdfast.config.ts")
		.option("--no-config", "leave the configuration aside")
		.option("--allow-remote", "let the document refer to other machines")
		.addOption(
			new Option("--report <formats>", `${FORMATS.join(", ")}; several with commas`)
				.argParser((text: string) => gatherWords(FORMATS)(text))
				.default(["md", "json"] satisfies Format[], "md,json"),
		)
		.option("--no-report", "write no files")
		.option("--out <folder>", "folder for reports", "reports/pages")
		.option("--strict", "surprises fail the run too; suggestions never do")
		.addHelpText("after", EXAMPLES)
		.action(async (files: readonly string[], flags: DocsFlags) => {
			const { runDocs } = await import("./run-docs.ts");
			done(await runDocs(files, flags, io));
		});
};

const EXAMPLES = `
Examples:
  $ holdfast docs docs/api.md openapi.yaml
  $ holdfast docs docs/*.html openapi.yaml --target http://127.0.0.1:8080 --header 'X-API-Key: secret'
  $ holdfast docs                                           the pages of holdfast.config.ts

Exit code: 0 nothing new, 1 something new, 2 a mistake in what was given, 3 a bug in holdfast.`;
