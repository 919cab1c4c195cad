import { type Problem, UserError } from "../problem/problem.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Puts the values of the environment in place of `${NAME}` and `${NAME:-default}`, everywhere in a value.
 * An empty variable counts as unset, as in a shell.
 *
 * @param at where the value stands, for the message: `apis.gateway`.
 * @throws UserError that names every variable that is not set, and where it is needed.
 * @example substitute({ key: "${KEY}" }, { KEY: "k" }, { at: "apis.shop", file: "holdfast.config.ts" }) // { key: "k" }
 */
export function substitute<Value>(
	value: Value,
	environment: Environment,
	{ at, file }: { readonly at: string; readonly file: string },
): Value {
	const problems: Problem[] = [];
	const visit = (node: unknown, path: string): unknown => {
		if (typeof node === "string") return replaceVariables(node, path);
		if (Array.isArray(node)) return node.map((item, index) => visit(item, `${path}[${index}]`));
		if (typeof node !== "object" || node === null) return node;
		return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, visit(item, `${path}.${key}`)]));
	};
	const replaceVariables = (text: string, path: string): string =>
		text.replace(VARIABLE, (_, name: string, fallback: string | undefined) => {
			const set = environment[name] || fallback;
			if (set === undefined) problems.push(unset(name, path, file));
			return set ?? "";
		});
	const substituted = visit(value, at) as Value;
	if (problems.length > 0) throw new UserError(problems);
	return substituted;
}

function unset(name: string, path: string, file: string): Problem {
	return {
		code: "unset-variable",
		message: `${path} needs the environment variable ${name}, which is not set`,
		place: { file },
		hint: `run it as ${name}=… holdfast …`,
	};
}
