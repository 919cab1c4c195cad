import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { UserError } from "../problem/problem.ts";
import type { IdentityFlags } from "./flag.ts";
import { type ConfigIdentity, IDENTITY_WANTED, isIdentity } from "./identity.ts";
import { type Environment, substitute } from "./substitute.ts";

export type ConfigIdentities = Readonly<Record<string, ConfigIdentity>>;

/**
 * The callers that the command line names, those of its files first. A file is YAML or JSON, by name what
 * `identities` of the configuration holds; `${NAME}` is taken from the environment.
 *
 * @throws UserError when a file cannot be read, or holds something else
 * @example loadIdentities({ files: ["callers.yaml"], given: {} }, { cwd, environment }) // { other: { headers: … } }
 */
export function loadIdentities(
	flags: IdentityFlags | undefined,
	{ cwd, environment }: { readonly cwd: string; readonly environment: Environment },
): ConfigIdentities {
	const { files = [], given = {} } = flags ?? {};
	const loaded = files.map((file) => loadFile(file, { cwd, environment }));
	return { ...Object.assign({}, ...loaded), ...given };
}

function loadFile(file: string, at: { readonly cwd: string; readonly environment: Environment }): ConfigIdentities {
	const value = parseFile(file, resolve(at.cwd, file));
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw broken(file, "it must hold an object: the name of each caller, and what makes it one");
	for (const [name, one] of Object.entries(value))
		if (!isIdentity(one)) throw broken(file, `"${name}" must be ${IDENTITY_WANTED}`);
	return substitute(value as ConfigIdentities, at.environment, { at: "identities", file });
}

function parseFile(file: string, path: string): unknown {
	try {
		return parse(readFileSync(path, "utf8"));
	} catch (error) {
		if (error instanceof YAMLParseError) throw broken(file, error.message.split("\n")[0] ?? "it is no YAML");
		const code = (error as NodeJS.ErrnoException).code;
		throw broken(file, code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`);
	}
}

function broken(file: string, message: string): UserError {
	const hint = "a caller is written like other: { X-API-Key: '${OTHER_KEY}' }";
	return new UserError([{ code: "bad-identities", message, place: { file }, hint }]);
}
