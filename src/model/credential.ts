import type { Credential, Spoiling } from "./call.ts";
import type { Model } from "./model.ts";
import type { Scene } from "./scene.ts";
import type { Held, View } from "./state.ts";
import { isServerValue, serverValue, type Value } from "./value.ts";

/** The value that is really sent; one that only the server knows becomes another that nobody knows. */
export function sentValue({ value, spoilt }: Extract<Credential, { kind: "value" }>): Value {
	if (spoilt === undefined || isSameText(spoilt)) return value;
	if (isServerValue(value)) return serverValue("unique", `${value.name} ${spoilt}`);
	return typeof value === "string" ? spoil(value, spoilt) : value;
}

/** Where and how it is sent is what is wrong, not its text. */
function isSameText(how: Spoiling): boolean {
	return how === "malformed" || how === "elsewhere" || how === "expired";
}

/** The item whose field satisfies a security scheme with this value. */
export function holderOf(model: Model, view: View, sought: { scheme: string; value: Value }): Held | undefined {
	const field = credentialField(model, sought.scheme);
	return field === undefined ? undefined : view.holder(field.resource, field.field, sought.value);
}

/** Where the API keeps the credentials that it issues itself. */
export interface CredentialField {
	readonly resource: string;
	readonly field: string;
	/** The field beside it that holds what it is good for. */
	readonly scopes?: string;
}

/** Which field of which resource the API's own credentials of a scheme are kept in. */
export function credentialField({ resources }: Model, scheme: string): CredentialField | undefined {
	const known = fieldsOfModel.get(resources) ?? new Map<string, CredentialField | undefined>();
	fieldsOfModel.set(resources, known);
	if (!known.has(scheme)) known.set(scheme, findField(resources, scheme));
	return known.get(scheme);
}

/** Asked for with every request. */
const fieldsOfModel = new WeakMap<Model["resources"], Map<string, CredentialField | undefined>>();

function findField(resources: Model["resources"], scheme: string): CredentialField | undefined {
	for (const resource of resources.values()) {
		for (const { name: field, credential, scopes } of resource.fields.values()) {
			if (credential === scheme) return { resource: resource.name, field, ...(scopes === undefined ? {} : { scopes }) };
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

/** The text of a wrong credential made from the right one: another one, but where only its place or its form is wrong. */
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
		case "malformed":
		case "elsewhere":
		case "expired":
			return token;
		case "other":
			return other(token);
	}
}

/** As long as the right one, and different from its first letter on. */
function other(token: string): string {
	return [...token].map((letter) => (letter === "z" ? "y" : "z")).join("") || "z";
}
