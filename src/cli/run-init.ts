import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Contract } from "../contract/contract.ts";
import { loadContract } from "../contract/load.ts";
import { UserError } from "../problem/problem.ts";
import { CONFIG, type FirstFile, firstFiles } from "./first-files.ts";
import type { InitFlags } from "./init.ts";
import { warnOf } from "./prepare-api.ts";
import { nameOf } from "./select-api.ts";
import type { TerminalIo } from "./terminal-io.ts";
import { writeText } from "./write-report.ts";

/** Where a document is looked for when none is named, in this order. */
const DOCUMENTS = ["openapi", "swagger", "api"].flatMap((name) =>
	["", "spec/", "docs/", "api/"].flatMap((folder) =>
		[".yaml", ".yml", ".json"].map((ending) => folder + name + ending),
	),
);

/**
 * Writes what a team needs to begin: configuration, ledger, workflow. What is there already stays, and is told.
 *
 * @throws UserError when there is no document, or it cannot be read
 */
export async function runInit(given: string | undefined, flags: InitFlags, io: TerminalIo): Promise<void> {
	const spec = given ?? DOCUMENTS.find((file) => existsSync(resolve(io.cwd, file)));
	if (spec === undefined) {
		const hint = "name it: holdfast init openapi.yaml";
		throw new UserError([{ code: "no-document", message: "no OpenAPI document is found here", hint }]);
	}
	const contract = await loadContract({ spec, cwd: io.cwd });
	warnOf(contract, io);
	const name = nameOf(spec, io.cwd);
	const { target } = flags;
	const files = firstFiles(contract, { name, spec: pathOf(spec, io.cwd), ...(target === undefined ? {} : { target }) });
	for (const file of files) await writeFirst(file, flags, io);
	sayWhatNext(contract, { name, files }, io);
}

function pathOf(spec: string, cwd: string): string {
	return /^https?:\/\//.test(spec) ? spec : relative(cwd, resolve(cwd, spec)).replaceAll("\\", "/");
}

async function writeFirst({ file, text }: FirstFile, { force = false }: InitFlags, io: TerminalIo): Promise<void> {
	const path = resolve(io.cwd, file);
	const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
	if (before === text) return io.out(`  as it is   ${file}\n`);
	if (before !== undefined && !force) {
		io.out(`  left alone ${file}: it is there already; --force overwrites it\n`);
		if (file === CONFIG) io.out(`             what would stand in it:\n\n${indent(text)}\n`);
		return;
	}
	await writeText(io.cwd, file, text);
	io.out(`  ${before === undefined ? "written   " : "overwritten"} ${file}\n`);
}

function indent(text: string): string {
	return text.trimEnd().replace(/^(?=.)/gm, "    ");
}

function sayWhatNext(
	{ operations, title }: Contract,
	{ name, files }: { readonly name: string; readonly files: readonly FirstFile[] },
	io: TerminalIo,
): void {
	const variables = [
		...new Set(
			files.flatMap(({ text }) => [...text.matchAll(/"[^"]*\$\{([A-Z0-9_]+)\}/g)].map((match) => match[1] ?? "")),
		),
	];
	const set = variables.map((variable) => `${variable}=… `).join("");
	io.out(`
${title}: ${operations.length} operations, known as ${name}. Next:
  $ npx holdfast explain                what the document promises
  $ ${set}npx holdfast check --dry-run
  $ ${set}npx holdfast check
`);
}
