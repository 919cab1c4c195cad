import { basename, dirname, resolve } from "node:path";
import { UserError } from "../problem/problem.ts";
import type { ApiConfig } from "./config.ts";
import { type LoadedConfig, loadConfig, overlaysOf } from "./load-config.ts";
import type { TerminalIo } from "./terminal-io.ts";

/** What every command that reads documents takes. */
export interface ApiFlags {
	readonly overlay?: readonly string[];
	/** A file; false for `--no-config`. */
	readonly config?: string | boolean;
}

/** One API to work on: its configuration with the flags over it. */
export interface SelectedApi {
	readonly name: string;
	readonly api: ApiConfig;
	/** The configuration that it came from, for messages. */
	readonly file?: string;
}

/**
 * Finds out which APIs a command is about: the one whose document is named, with its entry in the configuration when it
 * has one, or all of the configuration.
 *
 * @throws UserError when there is neither a document nor a configuration.
 * @example await selectApis("openapi.yaml", {}, io) // [{ name: "openapi", api: { spec: "openapi.yaml" } }]
 */
export async function selectApis(
	spec: string | undefined,
	flags: ApiFlags,
	io: Pick<TerminalIo, "cwd">,
): Promise<readonly SelectedApi[]> {
	const named = typeof flags.config === "string" ? flags.config : undefined;
	const loaded = flags.config === false ? undefined : await loadConfig(io.cwd, named);
	const apis = spec === undefined ? allApis(loaded) : [apiOf(spec, loaded, io.cwd)];
	return apis.map((selected) => {
		const overlay = [...overlaysOf(selected.api.overlay), ...(flags.overlay ?? [])];
		return { ...selected, api: { ...selected.api, overlay } };
	});
}

function allApis(loaded: LoadedConfig | undefined): readonly SelectedApi[] {
	const apis = Object.entries(loaded?.config.apis ?? {});
	if (loaded === undefined || apis.length === 0) {
		throw new UserError([
			{
				code: "no-document",
				message:
					loaded === undefined
						? "no document is named, and there is no holdfast.config.ts here"
						: "the configuration has no API",
				...(loaded === undefined ? {} : { place: { file: loaded.file } }),
				hint: "name a document, like holdfast check openapi.yaml --target http://127.0.0.1:8080",
			},
		]);
	}
	return apis.map(([name, api]) => ({ name, api, file: loaded.file }));
}

function apiOf(spec: string, loaded: LoadedConfig | undefined, cwd: string): SelectedApi {
	const entry = Object.entries(loaded?.config.apis ?? {}).find(
		([, api]) => resolve(cwd, api.spec) === resolve(cwd, spec),
	);
	if (entry === undefined || loaded === undefined) return { name: nameOf(spec, cwd), api: { spec } };
	return { name: entry[0], api: entry[1], file: loaded.file };
}

/** `spec/gateway/openapi.yaml` is the gateway; `petstore.yaml` is the petstore. */
export function nameOf(spec: string, cwd: string): string {
	const path = resolve(cwd, spec);
	const stem = basename(path).replace(/\.[^.]+$/, "");
	const name = /^(?:openapi|swagger|api|index|spec)$/i.test(stem) ? basename(dirname(path)) : stem;
	return name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+/, "") || "api";
}
