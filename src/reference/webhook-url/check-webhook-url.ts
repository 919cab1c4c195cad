import { type AddressKind, judgeAddress } from "./address.ts";
import type { Resolve } from "./bounded-resolver.ts";
import { judgeReservedName } from "./reserved-name.ts";

export interface WebhookUrlRules {
	/** Lets `http` through, for development. */
	readonly allowHttp: boolean;
	/** Lets loopback hosts through, for development. Private ones stay refused. */
	readonly allowLocalhost: boolean;
	readonly resolve: Resolve;
}

/** Longest URL that is looked at. */
const URL_LENGTH_MAX = 2048;
/** A host, and the characters that a URI is written with (RFC 3986, section 2). */
const HTTP_URI = /^https?:\/\/(?!\/)(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

/**
 * Guards against server-side request forgery: tells why a webhook URL must not be called, or undefined when it may.
 * The URL is parsed as WHATWG URL does it, so that decimal, octal and hexadecimal spellings of an address are seen
 * as the address they are. A name that does not resolve is accepted: it harms nobody until it does, and whoever
 * delivers a webhook has to look again anyway.
 *
 * @example await refuseWebhookUrl("https://2130706433/", rules) // "the host is a loopback address"
 */
export async function refuseWebhookUrl(text: string, rules: WebhookUrlRules): Promise<string | undefined> {
	const url = parseWebhookUrl(text, rules);
	if (typeof url === "string") return url;
	const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
	const kind = judgeAddress(host) ?? judgeReservedName(host);
	if (kind !== undefined) return refuseKind(kind, rules, "is");
	const addresses = await rules.resolve(host);
	return addresses
		.map((address) => refuseKind(judgeAddress(address) ?? "private", rules, "resolves to"))
		.find((reason) => reason !== undefined);
}

function parseWebhookUrl(text: string, rules: WebhookUrlRules): URL | string {
	if (text.length > URL_LENGTH_MAX) return `longer than ${URL_LENGTH_MAX} characters`;
	if (!HTTP_URI.test(text) || !URL.canParse(text)) return "not an absolute http or https URL";
	const url = new URL(text);
	if (url.protocol === "http:" && !rules.allowHttp) return "https is required";
	if (url.username !== "" || url.password !== "") return "credentials are not allowed";
	return url;
}

function refuseKind(kind: AddressKind, rules: WebhookUrlRules, how: "is" | "resolves to"): string | undefined {
	if (kind === "public" || (kind === "loopback" && rules.allowLocalhost)) return undefined;
	return `the host ${how} a ${kind} address`;
}
