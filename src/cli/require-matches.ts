import { hintOf } from "../contract/did-you-mean.ts";
import { namesOperation } from "../contract/names-operation.ts";
import { UserError } from "../problem/problem.ts";
import type { PreparedApi } from "./prepare-api.ts";

/**
 * Makes sure that each glob means an operation: a misspelt one would check nothing, and nothing is always green.
 *
 * @throws UserError with what was probably meant.
 */
export function requireMatches(apis: readonly PreparedApi[], globs: readonly string[]): void {
	const operations = apis.flatMap(({ contract }) => contract.operations);
	const names = operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
	const problems = globs
		.filter((glob) => !operations.some((operation) => namesOperation(glob, operation)))
		.map((glob) => ({
			code: "unknown-operation",
			message: `no operation matches ${JSON.stringify(glob)}`,
			...hintOf(glob, names),
		}));
	if (problems.length > 0) throw new UserError(problems);
}
