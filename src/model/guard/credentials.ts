import type { Contract, SecurityRequirement, SecurityScheme } from "../../contract/contract.ts";
import type { Call, Credential, Spoiling } from "../call.ts";
import { credentialField, holderOf, sentValue } from "../credential.ts";
import { lawOf } from "../effect-laws.ts";
import {
	type GuardCommon,
	type GuardLaw,
	type GuardRival,
	type Holds,
	leakRivals,
	refusalWords,
	statusWords,
} from "../guard.ts";
import type { Model } from "../model.ts";
import type { Scene } from "../scene.ts";
import { isServerValue, propertyOf, type Value } from "../value.ts";

/** One of the documented combinations of security schemes is satisfied. */
export interface Credentials extends GuardCommon {
	readonly kind: "credentials";
	readonly alternatives: readonly SecurityRequirement[];
	/** How what is sent is compared with what is right. */
	readonly compares: "exactly" | "if-sent" | "by-prefix" | "beginning" | "presence" | "ignoring-case";
	/** What else a rival takes for right: of the wrong form, in the wrong place, out of date. */
	readonly pardons?: Pardoned;
}

type Pardoned = Extract<Spoiling, "malformed" | "elsewhere" | "expired">;

export const credentials: GuardLaw<Credentials> = {
	kind: "credentials",
	// A credential that the API issued goes with the item that holds it.
	isLocal: (_guard, { credentials: sent }) => Object.values(sent).every(({ kind }) => kind === "right"),
	sentence: (guard) => `${refusalWords(guard.statuses)} without ${schemeWords(guard)}`,
	documented: (guard) => `${statusWords(guard.statuses)} without ${schemeWords(guard)}`,
	holds: (guard, scene) =>
		guard.enforced ? bestOf(guard.alternatives.map((all) => allHold(guard, scene, all))) : "yes",
	rivals: (guard, behaviour, model) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "ignored-auth" },
		{ name: "a missing one is accepted", guard: { ...guard, compares: "if-sent" }, rule: "ignored-auth" },
		{ name: "any value is accepted", guard: { ...guard, compares: "presence" }, rule: "ignored-auth" },
		{ name: "a prefix is accepted", guard: { ...guard, compares: "by-prefix" }, rule: "ignored-auth" },
		{ name: "a longer value is accepted", guard: { ...guard, compares: "beginning" }, rule: "ignored-auth" },
		{ name: "case is ignored", guard: { ...guard, compares: "ignoring-case" }, rule: "ignored-auth" },
		...pardonable(guard, model).map(
			(pardons): GuardRival => ({ name: PARDONS[pardons], guard: { ...guard, pardons }, rule: "ignored-auth" }),
		),
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	violate: (guard, scene) => violations(guard, scene),
};

const PARDONS: Readonly<Record<Pardoned, string>> = {
	malformed: "the word of its scheme is not looked at",
	elsewhere: "it is accepted in another place",
	expired: "an expired one is accepted",
};

/** What can be wrong with a credential of these schemes besides its value. */
function pardonable({ alternatives }: Credentials, model: Model): readonly Pardoned[] {
	const schemes = new Set(alternatives.flat().map(({ scheme }) => scheme));
	return [...new Set([...schemes].flatMap((scheme) => flawsOfForm(scheme, model)))];
}

function flawsOfForm(scheme: string, { contract, identities }: Model): readonly Pardoned[] {
	const known = contract.securitySchemes.get(scheme);
	const isBearer = known?.kind === "oauth2" || known?.kind === "openid-connect" || known?.kind === "http";
	const isKey = known?.kind === "api-key" && known.in !== "cookie" && !hasTwin(contract, known);
	const isExpired = identities.some(({ expired, schemes }) => expired === true && schemes.includes(scheme));
	return [
		...(isBearer ? (["malformed"] as const) : []),
		...(isKey ? (["elsewhere"] as const) : []),
		...(isExpired ? (["expired"] as const) : []),
	];
}

/** The same key may go into the query as well as into a header, where the document has a scheme for each. */
function hasTwin({ securitySchemes }: Contract, { parameter, in: place }: ApiKey): boolean {
	return [...securitySchemes.values()].some(
		(other) =>
			other.kind === "api-key" && other.in !== place && other.parameter.toLowerCase() === parameter.toLowerCase(),
	);
}

type ApiKey = Extract<SecurityScheme, { kind: "api-key" }>;

function schemeWords(guard: Credentials): string {
	const names = guard.alternatives.map((all) => all.map(({ scheme }) => scheme).join(" and "));
	return names.filter((name) => name !== "").join(" or ");
}

function bestOf(answers: readonly Holds[]): Holds {
	if (answers.length === 0 || answers.includes("yes")) return "yes";
	return answers.includes("unknown") ? "unknown" : "no";
}

function allHold(guard: Credentials, scene: Scene, requirement: SecurityRequirement): Holds {
	const each = requirement.map(({ scheme }) =>
		satisfies(guard, scene, { scheme, sent: scene.call.credentials[scheme] }),
	);
	if (each.includes("no")) return "no";
	return each.includes("unknown") ? "unknown" : "yes";
}

interface Sent {
	readonly scheme: string;
	readonly sent: Credential | undefined;
}

function satisfies(guard: Credentials, scene: Scene, { scheme, sent }: Sent): Holds {
	if (sent === undefined) return guard.compares === "if-sent" ? "yes" : "no";
	if (sent.kind === "right") return "yes";
	const how = sent.kind === "wrong" ? sent.how : sent.spoilt;
	// Who takes any value takes what is there: in its place, and perhaps with whatever word in front.
	if (guard.compares === "presence" && how === "elsewhere") return "no";
	if (guard.compares === "presence" && how === "malformed") return "unknown";
	return (sent.kind === "wrong" ? isWrongAccepted(guard, sent.how) : isValueAccepted(guard, scene, { scheme, sent }))
		? "yes"
		: "no";
}

/** Made from a given credential. */
function isWrongAccepted(guard: Credentials, how: Spoiling): boolean {
	if (guard.compares === "presence") return how !== "empty";
	return isPardoned(how) ? guard.pardons === how : accepts(guard, how);
}

type SentValue = Extract<Credential, { kind: "value" }>;

function isValueAccepted(
	guard: Credentials,
	scene: Scene,
	{ scheme, sent }: { scheme: string; sent: SentValue },
): boolean {
	if (guard.compares === "presence") return true;
	const { spoilt, value } = sent;
	const isOwners = isHeld(scene, { scheme, value });
	if (spoilt !== undefined && isPardoned(spoilt)) return isOwners && guard.pardons === spoilt;
	if (isHeld(scene, { scheme, value: sentValue(sent) })) return true;
	if (spoilt !== undefined && isServerValue(value)) return isOwners && accepts(guard, spoilt);
	return isAlike(guard, scene, { scheme, value: sentValue(sent) });
}

function isPardoned(how: Spoiling): how is Pardoned {
	return how in PARDONS;
}

function isHeld({ model, view }: Scene, sought: { scheme: string; value: Value }): boolean {
	return holderOf(model, view, sought) !== undefined;
}

/** Whether a rival takes a value for one that some item holds. */
function isAlike(
	guard: Credentials,
	{ model, view }: Scene,
	{ scheme, value }: { scheme: string; value: Value },
): boolean {
	const place = credentialField(model, scheme);
	const isSharp = guard.compares === "exactly" || guard.compares === "if-sent";
	if (isSharp || place === undefined || typeof value !== "string") return false;
	return view.everywhere(place.resource).some((entry) => {
		const held = propertyOf(entry.value, place.field);
		if (typeof held !== "string") return false;
		if (guard.compares === "by-prefix") return held.startsWith(value);
		return guard.compares === "beginning" ? value.startsWith(held) : value.toLowerCase() === held.toLowerCase();
	});
}

function accepts(guard: Credentials, how: Spoiling): boolean {
	if (guard.compares === "by-prefix") return how === "prefix";
	if (guard.compares === "beginning") return how === "longer";
	return guard.compares === "ignoring-case" && how === "other-case";
}

const WRONG: readonly Spoiling[] = ["other", "prefix", "longer", "other-case"];

/** Each scheme left out, then each made wrong in every way, the others staying as they are. */
function violations(guard: Credentials, { call, model }: Scene): readonly Call[] {
	if (guard.alternatives.some((all) => all.length === 0)) return [];
	return Object.keys(call.credentials).flatMap((scheme) => {
		const { [scheme]: right, ...others } = call.credentials;
		const wrong = wrongForms(right, scheme, model).map(
			(form): Call => ({ ...call, credentials: { ...others, [scheme]: form } }),
		);
		return [{ ...call, credentials: others }, ...wrong];
	});
}

/** A given credential is spoilt when it is sent; of one that the API keeps itself, the spoilt value is another value. */
function wrongForms(right: Credential | undefined, scheme: string, model: Model): readonly Credential[] {
	const ways = flawsOfForm(scheme, model);
	if (right?.kind === "right") return [...WRONG, ...ways].map((how) => wrong(how, right, { scheme, model }));
	if (right?.kind !== "value") return [];
	if (typeof right.value !== "string" && !isServerValue(right.value)) return [];
	const forms = ways.filter((how) => how !== "expired");
	return [...WRONG, ...forms].map((spoilt) => ({ kind: "value", value: right.value, spoilt }));
}

function wrong(
	how: Spoiling,
	{ as }: Extract<Credential, { kind: "right" }>,
	{ scheme, model }: { scheme: string; model: Model },
): Credential {
	const expired = model.identities.find((one) => one.expired === true && one.schemes.includes(scheme))?.name;
	const whose = how === "expired" ? expired : as;
	return { kind: "wrong", how, ...(whose === undefined ? {} : { as: whose }) };
}
