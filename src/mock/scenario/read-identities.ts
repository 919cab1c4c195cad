import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from "yaml";
import { hintOf } from "../../contract/did-you-mean.ts";
import type { GivenCaller, GivenIdentities } from "../request/identities.ts";
import { nameOf, type ScenarioReader } from "./scenario-reader.ts";

const CALLER_KEYS = ["name", "credentials", "scopes", "tenant", "expired", "unlimited"];

/** Identities that have a name: a list of objects with credentials by security scheme, scopes and a tenant. */
export function readCallers(list: YAMLSeq, reader: ScenarioReader): readonly GivenCaller[] {
	const callers = list.items.flatMap((node) => readCaller(node, reader) ?? []);
	refuseTwins(list, callers, reader);
	return callers;
}

function readCaller(node: unknown, reader: ScenarioReader): GivenCaller | undefined {
	if (!isMap(node)) {
		reader.complain("scenario-form", "an identity is an object with a name and credentials", node);
		return undefined;
	}
	for (const { key } of node.items) {
		const word = nameOf(key);
		if (!CALLER_KEYS.includes(word))
			reader.complain("unknown-key", `unknown key "${word}" of an identity`, key, hintOf(word, CALLER_KEYS));
	}
	const name = textAt(node, "name", reader);
	const tenant = textAt(node, "tenant", reader);
	const expired = flagAt(node, "expired", reader);
	const unlimited = flagAt(node, "unlimited", reader);
	if (name === undefined) reader.complain("bad-identity", "an identity has a name", node);
	if (!node.has("credentials")) reader.complain("bad-identity", "an identity has credentials by security scheme", node);
	const scopes = scopesAt(node, reader);
	return {
		name: name ?? "",
		credentials: readIdentities(node.get("credentials", true), reader),
		...(scopes === undefined ? {} : { scopes }),
		...(tenant === undefined ? {} : { tenant }),
		...(expired ? { expired } : {}),
		...(unlimited ? { unlimited } : {}),
	};
}

function flagAt(node: YAMLMap, word: string, reader: ScenarioReader): boolean {
	const value = node.get(word);
	if (value !== undefined && typeof value !== "boolean")
		reader.complain("bad-identity", `${word} is true or false`, node.get(word, true));
	return value === true;
}

function textAt(node: YAMLMap, word: string, reader: ScenarioReader): string | undefined {
	const value = node.get(word);
	if (value === undefined || (typeof value === "string" && value !== "")) return value as string | undefined;
	reader.complain("bad-identity", `${word} is text`, node.get(word, true));
	return undefined;
}

function scopesAt(node: YAMLMap, reader: ScenarioReader): readonly string[] | undefined {
	const value = node.get("scopes", true);
	if (value === undefined) return undefined;
	const known = knownScopes(reader);
	const scopes = isSeq(value) ? value.items : [value];
	return scopes.flatMap((one) => {
		const scope = isScalar(one) && typeof one.value === "string" ? one.value : undefined;
		if (scope === undefined) reader.complain("bad-identity", "scopes are a list of texts", value);
		else if (known.length > 0 && !known.includes(scope)) {
			const hint = { hint: `there are ${known.join(", ")}`, ...hintOf(scope, known) };
			reader.complain("unknown-scope", `no scope is called "${scope}"`, one, hint);
		}
		return scope ?? [];
	});
}

/** What the document knows; empty where it names no scope at all. */
function knownScopes({ model }: ScenarioReader): readonly string[] {
	const guards = [...model.behaviours.values()].flatMap((behaviour) => behaviour.guards);
	return guards.find((guard) => guard.kind === "scope")?.known ?? [];
}

/** A name and a value of a scheme are one identity's. */
function refuseTwins(list: YAMLSeq, callers: readonly GivenCaller[], reader: ScenarioReader): void {
	const seen = new Set<string>();
	for (const [index, { name, credentials }] of callers.entries()) {
		const values = Object.entries(credentials).flatMap(([scheme, all]) =>
			[all].flat().map((one) => `${scheme} ${one}`),
		);
		const node = list.items[index];
		if (seen.has(`name ${name}`)) reader.complain("duplicate-identity", `two identities are called "${name}"`, node);
		if (values.some((value) => seen.has(value)))
			reader.complain("duplicate-identity", `${name} has the credential of another identity`, node);
		for (const one of [`name ${name}`, ...values]) seen.add(one);
	}
}

/** The right values by security scheme. */
export function readIdentities(node: unknown, reader: ScenarioReader): GivenIdentities {
	if (node === undefined) return {};
	if (!isMap(node)) {
		reader.complain("scenario-form", "`identities` is an object of values by security scheme", node);
		return {};
	}
	const schemes = [...reader.model.contract.securitySchemes.keys()];
	const identities: [string, readonly string[]][] = [];
	for (const { key, value } of node.items) {
		const scheme = nameOf(key);
		if (!schemes.includes(scheme)) {
			const hint = { hint: `there are ${schemes.join(", ")}`, ...hintOf(scheme, schemes) };
			reader.complain("unknown-security-scheme", `no security scheme is called "${scheme}"`, key, hint);
		}
		const values = isSeq(value) ? value.items : [value];
		const texts = values.flatMap((one) =>
			isScalar(one) && typeof one.value === "string" && one.value !== "" ? [one.value] : [],
		);
		if (texts.length !== values.length || texts.length === 0) {
			reader.complain("bad-identity", `the identity of ${scheme} is text, or a list of texts`, value ?? key);
		}
		identities.push([scheme, texts]);
	}
	return Object.fromEntries(identities);
}
