import type { Contract } from "../contract/contract.ts";
import { loadContract } from "../contract/load.ts";
import { inferModel } from "../model/infer.ts";
import type { Model } from "../model/model.ts";
import { type Problem, renderProblem, UserError } from "../problem/problem.ts";
import { overlaysOf } from "./load-config.ts";
import type { SelectedApi } from "./select-api.ts";
import type { TerminalIo } from "./terminal-io.ts";

export interface PreparedApi extends SelectedApi {
	readonly contract: Contract;
	readonly model: Model;
}

export interface PrepareOptions {
	readonly io: TerminalIo;
	readonly allowRemote: boolean;
	/** It is to be served, and not judged. */
	readonly isServed?: boolean;
}

/**
 * Loads the documents and infers their models.
 *
 * @throws UserError with the problems of all documents at once.
 */
export async function prepareApis(
	selected: readonly SelectedApi[],
	options: PrepareOptions,
): Promise<readonly PreparedApi[]> {
	return gatherProblems(selected, (each) => prepareApi(each, options));
}

export async function prepareApi(
	selected: SelectedApi,
	{ io, allowRemote, isServed = false }: PrepareOptions,
): Promise<PreparedApi> {
	const { spec, overlay } = selected.api;
	const contract = await loadContract({ spec, overlays: overlaysOf(overlay), allowRemote, cwd: io.cwd });
	const { length } = contract.operations;
	if (length > OPERATIONS_READ_AT_ONCE) {
		io.err(`${spec} has ${length.toLocaleString("en")} operations, and all are read first: this takes a few seconds\n`);
	}
	return { ...selected, contract, model: inferModel(contract, { guesses: isServed }) };
}

/** So many are understood within a second. */
const OPERATIONS_READ_AT_ONCE = 5_000;

/** Does the same for several things, and tells the problems of all of them. */
export async function gatherProblems<Item, Result>(
	items: readonly Item[],
	work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
	const problems: Problem[] = [];
	const results: Result[] = [];
	for (const item of items) {
		try {
			results.push(await work(item));
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			problems.push(...error.problems);
		}
	}
	if (problems.length > 0) throw new UserError(problems);
	return results;
}

const WARNINGS_MAX = 20;

/** What is broken in a document although the rest of it works. */
export function warnOf(contract: Contract, io: TerminalIo): void {
	const shown = contract.problems.slice(0, WARNINGS_MAX).map((problem) => `  ! ${renderProblem(problem)}`);
	const rest = contract.problems.length - shown.length;
	for (const line of rest > 0 ? [...shown, `  ! and ${rest} more`] : shown) io.err(`${line}\n`);
}
