import type { SecurityRequirement } from "../../contract/contract.ts";
import type { Call, Credential, Spoiling } from "../call.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, type Holds, leakRivals, refusalWords, statusWords } from "../guard.ts";
import type { Model } from "../model.ts";
import type { Scene } from "../scene.ts";
import type { Held, View } from "../state.ts";
import { propertyOf, type Value } from "../value.ts";

/** One of the documented combinations of security schemes is satisfied. */
export interface Credentials extends GuardCommon {
	readonly kind: "credentials";
	readonly alternatives: readonly SecurityRequirement[];
	/** How what is sent is compared with what is right. */
	readonly compares: "exactly" | "by-prefix" | "beginning" | "presence" | "ignoring-case";
}

export const credentials: GuardLaw<Credentials> = {
	kind: "credentials",
	sentence: (guard) => `${refusalWords(guard.statuses)} without ${schemeWords(guard)}`,
	documented: (guard) => `${statusWords(guard.statuses)} without ${schemeWords(guard)}`,
	holds: (guard, scene) =>
		guard.enforced ? bestOf(guard.alternatives.map((all) => allHold(guard, scene, all))) : "yes",
	rivals: (guard, behaviour) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "ignored-auth" },
		{ name: "any value is accepted", guard: { ...guard, compares: "presence" }, rule: "ignored-auth" },
		{ name: "a prefix is accepted", guard: { ...guard, compares: "by-prefix" }, rule: "ignored-auth" },
		{ name: "a longer value is accepted", guard: { ...guard, compares: "beginning" }, rule: "ignored-auth" },
		{ name: "case is ignored", guard: { ...guard, compares: "ignoring-case" }, rule: "ignored-auth" },
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	violate: (guard, scene) => violations(guard, scene.call),
};

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

function satisfies(
	guard: Credentials,
	scene: Scene,
	{ scheme, sent }: { scheme: string; sent: Credential | undefined },
): Holds {
	if (sent === undefined) return "no";
	if (sent.kind === "right") return "yes";
	if (guard.compares === "presence") return sent.kind === "wrong" && sent.how === "empty" ? "no" : "yes";
	if (sent.kind === "wrong") return accepts(guard, sent.how) ? "yes" : "no";
	const value = sentValue(sent);
	if (holderOf(scene.model, scene.view, { scheme, value }) !== undefined) return "yes";
	return isAlike(guard, scene, { scheme, value }) ? "yes" : "no";
}

/** The value that is really sent. */
export function sentValue({ value, spoilt }: Extract<Credential, { kind: "value" }>): Value {
	return spoilt === undefined || typeof value !== "string" ? value : spoil(value, spoilt);
}

/** Whether a rival takes a value for one that some item holds. */
function isAlike(
	guard: Credentials,
	{ model, view }: Scene,
	{ scheme, value }: { scheme: string; value: Value },
): boolean {
	const place = credentialField(model, scheme);
	if (guard.compares === "exactly" || place === undefined || typeof value !== "string") return false;
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

/** The item whose field satisfies a security scheme with this value. */
export function holderOf(model: Model, view: View, sought: { scheme: string; value: Value }): Held | undefined {
	const field = credentialField(model, sought.scheme);
	return field === undefined ? undefined : view.holder(field.resource, field.field, sought.value);
}

/** Which field of which resource the API's own credentials of a scheme are kept in. */
export function credentialField(model: Model, scheme: string): { resource: string; field: string } | undefined {
	for (const resource of model.resources.values()) {
		for (const field of resource.fields.values()) {
			if (field.credential === scheme) return { resource: resource.name, field: field.name };
		}
	}
	return undefined;
}

/** The item on whose behalf a call is made: the holder of the credential that it carries. */
export function callerOf(scene: Scene): Held | undefined {
	for (const [scheme, sent] of Object.entries(scene.call.credentials)) {
		if (sent.kind !== "value") continue;
		const held = holderOf(scene.model, scene.view, { scheme, value: sentValue(sent) });
		if (held !== undefined) return held;
	}
	return undefined;
}

const WRONG: readonly Spoiling[] = ["other", "prefix", "longer", "other-case"];

/** Each scheme left out, then each made wrong in every way, the others staying as they are. */
function violations(guard: Credentials, call: Call): readonly Call[] {
	if (guard.alternatives.some((all) => all.length === 0)) return [];
	return Object.keys(call.credentials).flatMap((scheme) => {
		const { [scheme]: right, ...others } = call.credentials;
		const wrong = wrongForms(right).map((form): Call => ({ ...call, credentials: { ...others, [scheme]: form } }));
		return [{ ...call, credentials: others }, ...wrong];
	});
}

/** A given credential is spoilt when it is sent; of one that the API keeps itself, the spoilt value is another value. */
function wrongForms(right: Credential | undefined): readonly Credential[] {
	if (right?.kind === "right") return WRONG.map((how) => ({ kind: "wrong", how }));
	if (right?.kind !== "value" || typeof right.value !== "string") return [];
	return WRONG.map((spoilt) => ({ kind: "value", value: right.value, spoilt }));
}

/** A wrong credential made from the right one. The result never equals it. */
export function spoil(token: string, how: Spoiling): string {
	switch (how) {
		case "empty":
			return "";
		case "prefix":
			return token.slice(0, -1) || other(token);
		case "longer":
			return `${token}x`;
		case "other-case": {
			const swapped = [...token].map((letter) =>
				letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
			);
			return swapped.join("") === token ? other(token) : swapped.join("");
		}
		case "other":
			return other(token);
	}
}

/** As long as the right one, and different from its first letter on. */
function other(token: string): string {
	return [...token].map((letter) => (letter === "z" ? "y" : "z")).join("") || "z";
}
