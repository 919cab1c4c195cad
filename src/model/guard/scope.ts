import type { Call, Credential } from "../call.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, type GuardRival, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { callerIn } from "../identity.ts";
import type { Behaviour } from "../model.ts";
import type { Scene } from "../scene.ts";

/** What the caller's credential is good for is what the operation asks for. */
export interface Scope extends GuardCommon {
	readonly kind: "scope";
	readonly alternatives: readonly Needed[];
	/** All scopes of the API. */
	readonly known: readonly string[];
	/** Scopes that the document describes as containing others: nobody knows which. */
	readonly broad: readonly string[];
	readonly compares: "exactly" | "some" | "beginning" | "longer" | "within" | "any" | "reading" | "admin";
	/** The status is declared, and no other one means this. */
	readonly strict: boolean;
}

/** Scopes that are needed together, of a credential of these schemes; no scheme: of whichever it is. */
export interface Needed {
	readonly schemes: readonly string[];
	readonly scopes: readonly string[];
}

export const scope: GuardLaw<Scope> = {
	kind: "scope",
	sentence: (guard) => `${refusalWords(guard.statuses)} without the scope ${words(guard)}`,
	documented: (guard) => `${statusWords(guard.statuses)} without the scope ${words(guard)}`,
	holds: (guard, scene) => {
		const granted = guard.enforced ? grantedIn(scene) : undefined;
		if (granted === undefined) return "yes";
		const able = guard.alternatives.filter(({ schemes }) => schemes.every((one) => one in scene.call.credentials));
		const isMet = ({ scopes }: Needed): boolean =>
			guard.compares === "some"
				? scopes.some((one) => granted.includes(one))
				: scopes.every((one) => isCovered(guard, granted, one));
		if (able.some(isMet)) return "yes";
		return granted.some((one) => isBroad(guard, one)) ? "unknown" : "no";
	},
	rivals: (guard, behaviour) => rivals(guard, behaviour),
	violate: (guard, scene) => violations(guard, scene),
};

function words({ alternatives }: Scope): string {
	const distinct = new Set(alternatives.map(({ scopes }) => scopes.join(" and ")));
	return [...distinct].join(" or ");
}

/** Undefined where nobody calls, or nobody said what the caller may do. */
function grantedIn(scene: Scene): readonly string[] | undefined {
	const scopes = callerIn(scene)?.scopes;
	return scopes === "unknown" ? undefined : scopes;
}

function isCovered(guard: Scope, granted: readonly string[], needed: string): boolean {
	if (granted.includes(needed)) return true;
	switch (guard.compares) {
		case "exactly":
		case "some":
			return false;
		case "beginning":
			return granted.some((one) => one !== "" && needed.startsWith(one));
		case "longer":
			return granted.some((one) => one.startsWith(needed));
		case "within":
			return granted.some((one) => one.includes(needed));
		case "any":
			return granted.some((one) => guard.known.includes(one));
		case "reading":
			return readingOf(needed).some((one) => granted.includes(one));
		case "admin":
			return granted.some(isAdmin);
	}
}

/** A scope with a star, or one that the document describes as containing others, may contain this one. */
function isBroad({ broad }: Scope, granted: string): boolean {
	return granted.includes("*") || broad.includes(granted);
}

const ADMIN = /(?:^|[^a-z])(?:admin|root|super|owner|all)(?:$|[^a-z])/i;

function isAdmin(scope: string): boolean {
	return ADMIN.test(scope);
}

const WRITING = /\b(?:write|manage|create|update|delete|edit|modify|admin)\b/i;

/** `users:write` → `users:read`. */
function readingOf(needed: string): readonly string[] {
	return WRITING.test(needed) ? ["read", "view"].map((word) => needed.replace(WRITING, word)) : [];
}

function rivals(guard: Scope, { effect }: Behaviour): readonly GuardRival[] {
	const comparing = (name: string, compares: Scope["compares"]): GuardRival => {
		return { name, guard: { ...guard, compares }, rule: "scope-ignored" };
	};
	const needed = guard.alternatives.flatMap(({ scopes }) => scopes);
	return [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "scope-ignored" },
		...(guard.alternatives.some(({ scopes }) => scopes.length > 1)
			? [comparing("one of the scopes is enough", "some")]
			: []),
		comparing("compares by prefix", "beginning"),
		comparing("compares by prefix", "longer"),
		comparing("compares by substring", "within"),
		...(guard.known.length > needed.length ? [comparing("any scope is enough", "any")] : []),
		...(needed.some((one) => readingOf(one).length > 0) ? [comparing("a scope for reading is enough", "reading")] : []),
		...(guard.known.some((one) => isAdmin(one) && !needed.includes(one))
			? [comparing("an admin scope is enough", "admin")]
			: []),
		...(lawOf(effect).writes ? leakRivals(guard, ["all"]) : []),
	];
}

/** More keys than this are not issued for one operation. */
const TEMPTATIONS_MAX = 9;

/** The call with credentials that lack what is needed: of identities that were given, and such as the API issues for it. */
function violations(guard: Scope, scene: Scene): readonly Call[] {
	const { model, call, planning } = scene;
	const schemes = Object.keys(call.credentials);
	const [scheme] = schemes;
	if (scheme === undefined || schemes.length > 1) return [];
	const own = callerIn(scene)?.tenant;
	// Where no item is named, it does not matter whose items the caller may see.
	const isForAll = scene.behaviour.keys.size === 0;
	const given = model.identities.flatMap((one): readonly Credential[] =>
		one.schemes.includes(scheme) && one.scopes !== undefined && one.expired !== true && (isForAll || one.tenant === own)
			? [{ kind: "right", as: one.name }]
			: [],
	);
	const issued = temptations(guard).flatMap((scopes) => planning?.issue?.(scheme, scopes) ?? []);
	const asking = (credential: Credential): Call => ({ ...call, credentials: { [scheme]: credential } });
	const lacking = given.map(asking).filter((one) => scope.holds(guard, { ...scene, call: one }) === "no");
	return [...issued.map(asking), ...lacking];
}

/** Scopes that a careless comparison takes for what is needed, and such as have nothing to do with it. */
function temptations(guard: Scope): readonly (readonly string[])[] {
	const needed = guard.alternatives[0]?.scopes ?? [];
	const [first] = needed;
	if (first === undefined) return [];
	const others = guard.known.filter((one) => !guard.alternatives.some(({ scopes }) => scopes.includes(one)));
	const single = [
		`${first}x`,
		`x${first}`,
		first.slice(0, -1),
		first.split(/[:./]/)[0] ?? "",
		...readingOf(first).filter((one) => guard.known.includes(one)),
		...others.filter(isAdmin),
		...others,
	].filter((one) => one !== "" && !needed.includes(one) && !isBroad(guard, one));
	const sets = [...new Set(single)].map((one) => [one]);
	const tooSmall = needed.length > 1 ? needed.map((one) => needed.filter((other) => other !== one)) : [];
	return [...tooSmall, ...sets].slice(0, TEMPTATIONS_MAX);
}
