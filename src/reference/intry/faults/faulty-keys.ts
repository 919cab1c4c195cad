import type { Faults } from "../../fault/fault.ts";
import type { Covers } from "../core/access.ts";
import type { ApiKey, Keyring } from "../core/keyring.ts";
import type { IntryFault } from "../faults.ts";

/** Finds keys as the chosen faults make it. */
export function faultyKeyring(honest: Keyring, keys: readonly ApiKey[], faults: Faults<IntryFault>): Keyring {
	if (!faults.has("half-a-key-is-enough")) return honest;
	return (sent) => honest(sent) ?? keys.find(({ key }) => sent.length > 4 && key.startsWith(sent));
}

/** Compares scopes as the chosen faults make it. */
export function faultyCovers(honest: Covers, faults: Faults<IntryFault>): Covers {
	if (faults.has("scopes-compared-by-prefix")) {
		return (scopes, needed) => scopes.some((scope) => needed.startsWith(scope));
	}
	if (faults.has("reading-is-enough-to-write")) {
		return (scopes, needed) => honest(scopes, needed) || scopes.includes(needed.replace(/:write$/, ":read"));
	}
	return honest;
}
