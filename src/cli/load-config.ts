import { access } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../problem/problem.ts";
import { checkConfig } from "./check-config.ts";
import type { ApiConfig, Config } from "./config.ts";

/** The names that are looked for in the working directory, in this order. */
const FILE_NAMES: readonly string[] = [
	"holdfast.config.ts",
	"holdfast.config.mts",
	"holdfast.config.js",
	"holdfast.config.mjs",
];

export interface LoadedConfig {
	/** As shown to a person: relative to the working directory. */
	readonly file: string;
	/** Paths in it are relative to the working directory now. */
	readonly config: Config;
}

/**
 * Loads the configuration of the working directory; undefined when there is none. TypeScript is run as it stands, by the
 * type stripping of Node.js.
 *
 * @throws UserError when it does not run, or is no configuration.
 * @example const loaded = await loadConfig(process.cwd())
 */
export async function loadConfig(cwd: string, named?: string): Promise<LoadedConfig | undefined> {
	const path = named === undefined ? await findFile(cwd) : resolve(cwd, named);
	if (path === undefined) return undefined;
	const file = relative(cwd, path) || path;
	const value = await importDefault(path, file);
	const problems = checkConfig(value, file);
	if (problems.length > 0) throw new UserError(problems);
	return { file, config: rebase(value as Config, (text) => relative(cwd, resolve(dirname(path), text))) };
}

async function findFile(cwd: string): Promise<string | undefined> {
	for (const name of FILE_NAMES) {
		const path = resolve(cwd, name);
		if (await exists(path)) return path;
	}
	return undefined;
}

export async function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

async function importDefault(path: string, file: string): Promise<unknown> {
	if (!(await exists(path))) {
		throw new UserError([{ code: "config-not-found", message: `${file} does not exist` }]);
	}
	try {
		const loaded: { readonly default?: unknown } = await import(pathToFileURL(path).href);
		return loaded.default;
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
		throw new UserError(
			[{ code: "bad-config", message: `the configuration does not run: ${reason}`, place: { file } }],
			{
				cause,
			},
		);
	}
}

function rebase(config: Config, move: (path: string) => string): Config {
	const apis = Object.entries(config.apis).map(([name, api]): [string, ApiConfig] => {
		const { spec, overlay, scenario, ledger, pages } = api;
		const moved = {
			spec: isUrl(spec) ? spec : move(spec),
			...(overlay === undefined ? {} : { overlay: overlaysOf(overlay).map(move) }),
			...(scenario === undefined ? {} : { scenario: move(scenario) }),
			...(ledger === undefined ? {} : { ledger: move(ledger) }),
			...(pages === undefined ? {} : { pages: pages.map(move) }),
		};
		return [name, { ...api, ...moved }];
	});
	return { apis: Object.fromEntries(apis) };
}

export function overlaysOf(overlay: ApiConfig["overlay"]): readonly string[] {
	return overlay === undefined ? [] : typeof overlay === "string" ? [overlay] : overlay;
}

function isUrl(text: string): boolean {
	return /^https?:\/\//.test(text);
}
