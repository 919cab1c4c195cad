import type { Operation, SecurityRequirement } from "../contract/contract.ts";
import { credentialField, holderOf, sentValue } from "./credential.ts";
import type { Model } from "./model.ts";
import type { Scene } from "./scene.ts";
import { counterPrefix, type Held, partIn } from "./state.ts";
import { isServerValue, propertyOf, type Value } from "./value.ts";

/** Somebody who calls: whose credentials were given, and not issued by the API itself. */
export interface Identity {
	/** `MAIN` for the caller that needs no name. */
	readonly name: string;
	/** The security schemes that it can satisfy. */
	readonly schemes: readonly string[];
	/** Undefined when nobody said which: then a refusal for want of a scope is no surprise, and a success is none either. */
	readonly scopes?: readonly string[];
	/** Callers of one tenant see the same items. */
	readonly tenant: string;
	/** Its credentials were right once. */
	readonly expired?: boolean;
	/** Its calls are not counted: no limit on how many in how much time holds for it. */
	readonly unlimited?: boolean;
}

/** The name of the caller whose credentials go with every request. */
export const MAIN = "";

/** On whose behalf a call is made. */
export interface Caller {
	/** Names its counters: those of an item that the API issued go when it goes. */
	readonly id: string;
	/** Undefined where nobody knows whose it is. */
	readonly tenant: string | undefined;
	readonly scopes: readonly string[] | "unknown";
	readonly unlimited?: boolean;
}

export function identityNamed({ identities }: Model, name: string = MAIN): Identity | undefined {
	return identities.find((identity) => identity.name === name);
}

/** Whether the main caller can satisfy a security scheme. */
export function isGiven(model: Model, scheme: string): boolean {
	return identityNamed(model)?.schemes.includes(scheme) === true;
}

/** Of the combinations of schemes that an operation takes, the first whose credentials are at hand: given, or issued. */
export function securityFor(model: Model, { security }: Operation): SecurityRequirement {
	const isAtHand = (scheme: string): boolean => isGiven(model, scheme) || credentialField(model, scheme) !== undefined;
	return security.find((all) => all.every(({ scheme }) => isAtHand(scheme))) ?? security[0] ?? [];
}

export function mainTenant(model: Model): string {
	return identityNamed(model)?.tenant ?? model.identities[0]?.tenant ?? MAIN;
}

/**
 * The caller of a call; undefined when it carries nothing that is somebody's. A credential that was spoilt is taken for
 * that of its owner: whoever accepts it takes it for that.
 */
export function callerIn(scene: Scene): Caller | undefined {
	for (const [scheme, sent] of Object.entries(scene.call.credentials)) {
		if (sent.kind !== "value") return givenCaller(scene.model, sent.as);
		const held =
			holderOf(scene.model, scene.view, { scheme, value: sentValue(sent) }) ??
			(sent.spoilt === undefined ? undefined : holderOf(scene.model, scene.view, { scheme, value: sent.value }));
		if (held !== undefined) return issuedCaller(scene.model, scheme, held);
	}
	return undefined;
}

function givenCaller(model: Model, name: string = MAIN): Caller {
	const identity = identityNamed(model, name);
	const tenant = identity?.tenant ?? (name === MAIN ? mainTenant(model) : name);
	const caller: Caller = { id: `given ${name}/`, tenant, scopes: identity?.scopes ?? "unknown" };
	return identity?.unlimited === true ? { ...caller, unlimited: true } : caller;
}

function issuedCaller(model: Model, scheme: string, { container, entry }: Held): Caller {
	const field = credentialField(model, scheme)?.scopes;
	return {
		id: counterPrefix(container, entry.key),
		tenant: partIn(container) ?? mainTenant(model),
		scopes: field === undefined ? "unknown" : scopesIn(propertyOf(entry.value, field)),
	};
}

/** A list of words, or one text with blanks or commas between them (RFC 6749, section 3.3). */
function scopesIn(value: Value | undefined): Caller["scopes"] {
	if (typeof value === "string") return value.split(/[\s,]+/).filter((word) => word !== "");
	// What was asked for and not kept is good for nothing.
	if (isServerValue(value) && value.not !== undefined) return [];
	const isWords = Array.isArray(value) && value.every((one: Value) => typeof one === "string");
	return isWords ? (value as readonly string[]) : "unknown";
}
