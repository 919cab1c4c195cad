import type { Credential } from "../../model/call.ts";
import { credentialField } from "../../model/credential.ts";
import { resourceActedOn } from "../../model/effect.ts";
import type { Identity } from "../../model/identity.ts";
import { behaviourOf, type Model } from "../../model/model.ts";

/** The callers that a mock knows: for each security scheme, the values that are right. */
export interface Identities {
	/** Tells what a value is that was sent for a scheme. */
	classify(scheme: string, value: string): Credential;
	/** Whether a value that came in another place or form may be one of the scheme's. */
	isKnown(scheme: string, value: string): boolean;
}

/** By security scheme: a key, a token, or `user:password`. */
export type GivenIdentities = Readonly<Record<string, string | readonly string[]>>;

/** Somebody who calls, as a scenario names it. */
export interface GivenCaller {
	readonly name: string;
	/** By security scheme. */
	readonly credentials: GivenIdentities;
	/** All when none are named. */
	readonly scopes?: readonly string[];
	/** Its own name when none is named: then nobody else sees what it sees. */
	readonly tenant?: string;
	/** Its credentials are refused as those that were right once. */
	readonly expired?: boolean;
	/** No limit on how many calls in how much time holds for it. */
	readonly unlimited?: boolean;
}

/** The callers of a scenario as the model knows them. */
export function identitiesOf(callers: readonly GivenCaller[]): readonly Identity[] {
	return callers.map(({ name, credentials, scopes, tenant = name, expired, unlimited }) => ({
		name,
		schemes: Object.keys(credentials),
		tenant,
		...(scopes === undefined ? {} : { scopes }),
		...(expired === undefined ? {} : { expired }),
		...(unlimited === undefined ? {} : { unlimited }),
	}));
}

/**
 * Where no identity is given for a scheme, the first value that is presented for it becomes the right one, and every
 * other is refused from then on: whoever points a client at a mock need not configure it, and a client that sends
 * something else than before is still noticed. Values that the API itself issues are looked up instead.
 *
 * @example createIdentities(model, { adminKey: "k" }).classify("adminKey", "x") // { kind: "wrong", how: "other" }
 */
export function createIdentities(
	model: Model,
	given: GivenIdentities,
	callers: readonly GivenCaller[] = [],
): Identities {
	const owners = ownersOf(callers);
	const right = new Map(Object.entries(given).map(([scheme, values]) => [scheme, [values].flat()]));
	const schemes = [...model.contract.securitySchemes.keys()];
	const issued = new Set(schemes.filter((scheme) => credentialField(model, scheme) !== undefined));
	const firstIsRight = new Set(schemes.filter((scheme) => !issued.has(scheme) || needsItself(model, scheme)));
	return {
		classify: (scheme, value) => {
			const known = right.get(scheme) ?? [];
			if (known.includes(value)) return { kind: "right" };
			const owned = owners.get(scheme);
			const owner = owned?.get(value);
			if (owner !== undefined) return owner;
			if (value === "") return { kind: "wrong", how: "empty" };
			if (known.length === 0 && owned === undefined && firstIsRight.has(scheme)) {
				right.set(scheme, [value]);
				return { kind: "right" };
			}
			const others = owned === undefined ? known : [...known, ...owned.keys()];
			return issued.has(scheme) ? { kind: "value", value } : { kind: "wrong", how: howWrong(others, value) };
		},
		isKnown: (scheme, value) =>
			right.get(scheme)?.includes(value) === true || owners.get(scheme)?.has(value) === true || issued.has(scheme),
	};
}

/** Scheme → value → whose it is. */
function ownersOf(callers: readonly GivenCaller[]): ReadonlyMap<string, ReadonlyMap<string, Credential>> {
	const owners = new Map<string, Map<string, Credential>>();
	for (const { name: as, credentials, expired } of callers) {
		for (const [scheme, values] of Object.entries(credentials)) {
			const owned = owners.get(scheme) ?? new Map<string, Credential>();
			owners.set(scheme, owned);
			const credential: Credential = expired === true ? { kind: "wrong", how: "expired", as } : { kind: "right", as };
			for (const value of [values].flat()) owned.set(value, credential);
		}
	}
	return owners;
}

/** Whether the API issues values of a scheme only to who has one already: then the first must come from elsewhere. */
function needsItself(model: Model, scheme: string): boolean {
	const field = credentialField(model, scheme);
	const makers = [...model.behaviours.values()].filter(
		({ effect }) =>
			["create", "upsert", "replace"].includes(effect.kind) && resourceActedOn(effect) === field?.resource,
	);
	return makers.every(({ operation }) => {
		const { security } = behaviourOf(model, operation.id).operation;
		return security.length > 0 && security.every((all) => all.some((one) => one.scheme === scheme));
	});
}

const WAYS: readonly (readonly [
	Extract<Credential, { kind: "wrong" }>["how"],
	(right: string, value: string) => boolean,
])[] = [
	["other-case", (right, value) => right.toLowerCase() === value.toLowerCase()],
	["prefix", (right, value) => right.startsWith(value)],
	["longer", (right, value) => value.startsWith(right)],
];

function howWrong(known: readonly string[], value: string): Extract<Credential, { kind: "wrong" }>["how"] {
	for (const [how, is] of WAYS) if (known.some((right) => is(right, value))) return how;
	return "other";
}
