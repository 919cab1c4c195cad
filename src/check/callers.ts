import type { Contract } from "../contract/contract.ts";
import type { Headers } from "../http/exchange.ts";
import { type Identity, MAIN } from "../model/identity.ts";
import { createKeyring, type Keyring } from "./keyring.ts";
import { type LoggingIn, type Login, logIn } from "./login.ts";

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
	/** Its credential comes from an operation of the document. */
	readonly login?: Login;
}

export type CheckIdentities = Readonly<Record<string, CheckIdentity>>;

/** Everybody with a login, logged in: their headers carry what they were given. */
export async function logInAll(
	where: Omit<LoggingIn, "headers">,
	identities: CheckIdentities,
): Promise<CheckIdentities> {
	const all: [string, CheckIdentity][] = [];
	for (const [name, identity] of Object.entries(identities)) all.push([name, await loggedIn(where, name, identity)]);
	return Object.fromEntries(all);
}

async function loggedIn(
	where: Omit<LoggingIn, "headers">,
	name: string,
	identity: CheckIdentity,
): Promise<CheckIdentity> {
	const { login, headers } = identity;
	if (login === undefined) return identity;
	return { ...identity, headers: { ...headers, ...(await logIn({ ...where, headers }, login, name)) } };
}

/** Logs a caller in once more; undefined where it has no login. */
export type Renew = (caller: string) => Promise<Keyring | undefined>;

/** Renews one credential after the other: each keeps the others as they are by then. */
export function createRenewal(
	where: Omit<LoggingIn, "headers">,
	{ headers, given, fresh }: { headers: Headers; given: CheckIdentities; fresh: CheckIdentities },
): Renew {
	let now = fresh;
	return async (caller) => {
		const name = caller === MAIN ? MAIN_NAME : caller;
		const identity = given[name];
		if (identity?.login === undefined) return undefined;
		now = { ...now, [name]: await loggedIn(where, name, identity) };
		return callersOf(where.contract, headers, now).keyring;
	};
}

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
