import type { Contract } from "../contract/contract.ts";
import { type Identity, MAIN } from "../model/identity.ts";
import { createKeyring, type Keyring } from "./keyring.ts";

/** A further caller of a check: what makes a request one of its, and what is known of it. */
export interface CheckIdentity {
	/** Credentials and other headers that go with its requests. */
	readonly headers: Readonly<Record<string, string>>;
	/** Its own name when none is named: then it is of another tenant than everybody else. */
	readonly tenant?: string;
	/** What its credential is good for; nothing is claimed of it when that is not said. */
	readonly scopes?: readonly string[];
	/** Its credential was right once and must be refused. */
	readonly expired?: boolean;
}

export type CheckIdentities = Readonly<Record<string, CheckIdentity>>;

/** This name describes the caller whose headers go with every request. */
const MAIN_NAME = "main";

/** Everybody who calls: their credentials, and what the model must know of them. */
export interface Callers {
	readonly keyring: Keyring;
	readonly identities: readonly Identity[];
}

/**
 * Sorts what was given for the main caller and the others.
 *
 * @example callersOf(contract, { "x-key": "a" }, { other: { headers: { "x-key": "b" } } }).identities[1]?.tenant // "other"
 */
export function callersOf(
	contract: Contract,
	headers: Readonly<Record<string, string>>,
	given: CheckIdentities = {},
): Callers {
	const { [MAIN_NAME]: main, ...others } = given;
	const headersOf = Object.entries(others).map(([name, { headers: own }]) => [name, own] as const);
	const keyring = createKeyring(contract, { ...headers, ...main?.headers }, Object.fromEntries(headersOf));
	const identities = Object.entries(others).map(([name, one]) =>
		identityOf(name, one, [...(keyring.others.get(name)?.right.keys() ?? [])]),
	);
	return { keyring, identities: [identityOf(MAIN, main, [...keyring.right.keys()]), ...identities] };
}

function identityOf(name: string, given: CheckIdentity | undefined, schemes: readonly string[]): Identity {
	const { tenant = name, scopes, expired } = given ?? {};
	return {
		name,
		schemes,
		tenant,
		...(scopes === undefined ? {} : { scopes }),
		...(expired === undefined ? {} : { expired }),
	};
}

/** Identities that no experiment can use, each with the reason. */
export function unusedIdentities({ identities }: Callers, isParted: boolean): readonly string[] {
	return identities.flatMap(({ name, schemes, scopes, expired }) => {
		if (name === MAIN) return [];
		if (schemes.length === 0) return [`the identity ${name} has no credential of a documented security scheme`];
		if (isParted || scopes !== undefined || expired === true) return [];
		return [`the identity ${name} was not needed: no \`partition\` is declared, and its scopes are not said`];
	});
}
