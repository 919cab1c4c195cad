import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { type Problem, UserError } from "../problem/problem.ts";
import type { Run } from "./run.ts";
import schema from "./run-schema.json" with { type: "json" };

const PROBLEMS_MAX = 10;
let validate: ValidateFunction<Run> | undefined;

/**
 * Reads one run, or an array of runs, as `run.json` holds them.
 *
 * @throws UserError when the text is no JSON or no run; each problem names the JSON Pointer.
 * @example parseRuns(await readFile("reports/gateway/run.json", "utf8"), "reports/gateway/run.json")[0].findings
 */
export function parseRuns(text: string, file: string): readonly Run[] {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new UserError([{ code: "bad-run", message: `is no JSON: ${reason}`, place: { file } }], { cause });
	}
	const runs = Array.isArray(value) ? value : [value];
	const problems = runs.flatMap((run: unknown, index) =>
		findProblems(run, file, Array.isArray(value) ? `/${index}` : ""),
	);
	if (problems.length > 0) throw new UserError(problems.slice(0, PROBLEMS_MAX));
	return runs as readonly Run[];
}

function findProblems(run: unknown, file: string, at: string): readonly Problem[] {
	validate ??= new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile<Run>(schema);
	if (validate(run)) return [];
	return (validate.errors ?? []).map((error) => toProblem(error, file, at));
}

function toProblem(error: ErrorObject, file: string, at: string): Problem {
	const pointer = `${at}${error.instancePath}`;
	const name = error.params.additionalProperty ?? error.params.missingProperty;
	const detail = typeof name === "string" && error.keyword === "additionalProperties" ? ` (${name})` : "";
	return {
		code: "bad-run",
		message: `${pointer === "" ? "the run" : pointer} ${error.message ?? "is wrong"}${detail}`,
		place: { file, pointer },
		hint: "only files that holdfast wrote can be read",
	};
}
