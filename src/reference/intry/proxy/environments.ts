import type { Faults } from "../../fault/fault.ts";
import type { IntryFault } from "../faults.ts";
import { invalid, type Refusal } from "../http/refusal.ts";

/** The header that says which environment a request means. */
export const ENVIRONMENT_HEADER = "x-admin-env";

/** Name → base URL without a trailing slash. */
export type Environments = ReadonlyMap<string, string>;

/** The environment that a request means, or why it means none. */
export type Choice = { readonly name: string; readonly url: string } | { readonly refusal: Refusal };

/**
 * Chooses by the header alone, letter by letter: a guess would send a request to the wrong environment.
 *
 * @example chooseEnvironment(new Map([["PROD", "http://127.0.0.1:9000"]]), "PROD").name // "PROD"
 */
export function chooseEnvironment(environments: Environments, header: string | string[] | undefined): Choice {
	const known = [...environments.keys()].join(", ");
	if (header === undefined || header === "") {
		return { refusal: invalid(`X-Admin-Env is missing; it must be one of ${known}`) };
	}
	const name = String(header);
	const url = environments.get(name);
	if (url === undefined) return { refusal: invalid(`X-Admin-Env names no environment; it must be one of ${known}`) };
	return { name, url };
}

/** Chooses as the chosen faults make it. */
export function faultyChoice(faults: Faults<IntryFault>): typeof chooseEnvironment {
	if (!faults.has("prod-when-the-header-is-missing")) return chooseEnvironment;
	return (environments, header) => chooseEnvironment(environments, header ?? "PROD");
}
