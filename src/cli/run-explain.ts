import { resolve } from "node:path";
import { hintOf } from "../contract/did-you-mean.ts";
import { explain } from "../model/explain.ts";
import { explainAll } from "../model/explain-json.ts";
import type { Model } from "../model/model.ts";
import { UserError } from "../problem/problem.ts";
import type { ExplainFlags } from "./explain.ts";
import { exists, loadConfig } from "./load-config.ts";
import { type PreparedApi, prepareApis, warnOf } from "./prepare-api.ts";
import { selectApis } from "./select-api.ts";
import type { TerminalIo } from "./terminal-io.ts";

export interface ExplainArguments {
	readonly spec: string | undefined;
	readonly operation: string | undefined;
}

/**
 * Prints the claims of one operation or of all.
 *
 * @throws UserError when a document is wrong, or has no such operation.
 */
export async function runExplain(given: ExplainArguments, flags: ExplainFlags, io: TerminalIo): Promise<void> {
	const { spec, operation } = await readArguments(given, flags, io);
	const selected = await selectApis(spec, flags, io);
	const prepared = await prepareApis(selected, { io, allowRemote: flags.allowRemote ?? false });
	for (const { contract, model } of operation === undefined ? prepared : havingOperation(prepared, operation)) {
		warnOf(contract, io);
		const text =
			flags.json === true ? JSON.stringify(explainAll(model, operation), null, 2) : explain(model, operation);
		io.out(`${text.trimEnd()}\n`);
	}
}

/** With a configuration the document may be left out: what is no file is an operation then. */
async function readArguments(
	{ spec, operation }: ExplainArguments,
	flags: ExplainFlags,
	io: TerminalIo,
): Promise<ExplainArguments> {
	const given = { spec, operation };
	if (spec === undefined || operation !== undefined || flags.config === false) return given;
	if (/^https?:/.test(spec) || /\.(?:ya?ml|json)$/.test(spec) || (await exists(resolve(io.cwd, spec)))) return given;
	const config = await loadConfig(io.cwd, typeof flags.config === "string" ? flags.config : undefined);
	return config === undefined ? given : { spec: undefined, operation: spec };
}

function havingOperation(apis: readonly PreparedApi[], name: string): readonly PreparedApi[] {
	const having = apis.filter(({ model }) => namesOf(model).includes(name));
	if (having.length > 0) return having;
	const [first] = apis;
	const place = first === undefined || apis.length > 1 ? {} : { place: { file: first.contract.file } };
	const message = `there is no operation ${JSON.stringify(name)}`;
	const names = apis.flatMap(({ model }) => namesOf(model));
	throw new UserError([{ code: "unknown-operation", message, ...place, ...hintOf(name, names) }]);
}

function namesOf(model: Model): readonly string[] {
	return model.contract.operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
}
