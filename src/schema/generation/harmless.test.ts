import fc from "fast-check";
import { expect, it } from "vitest";
import { boundaries } from "../boundaries.ts";
import { generate } from "../generate.ts";
import { schemaFrom } from "../registry.ts";

const NAMES = [
	...["email", "reply_to", "recipient", "contactEmail", "phone", "mobileNumber", "fax", "msisdn", "sms", "whatsapp"],
	...["url", "webhookUrl", "callback_url", "avatar", "homepage", "redirect_uri", "jwks_uri", "endpoint", "link"],
	...[
		"host",
		"hostname",
		"domain",
		"server",
		"smtp_host",
		"nameserver",
		"ip",
		"ipAddress",
		"remote_addr",
		"ipv6",
		"cidr",
	],
	...["mac", "name", "id", "note", "origin", "proxy"],
];
const FORMATS = [
	...["email", "idn-email", "hostname", "idn-hostname", "host", "domain", "uri", "url", "iri", "uri-template"],
	...["ipv4", "ipv6", "ip", "cidr", "phone", "phone-number", "e164", "tel"],
];
const PATTERNS = [
	"^\\+[1-9]\\d{6,14}$",
	"^\\+[1-9]\\d{1,14}$",
	"^\\+49\\d{9,10}$",
	"^\\+44\\d{10}$",
	"^https?://.+",
	"^(https?|ftp)://[^\\s/$.?#].[^\\s]*$",
	"^wss?://.*$",
	"^[^@]+@[^@]+\\.[a-z]+$",
	"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$",
	"^(\\d{1,3}\\.){3}\\d{1,3}$",
	"^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$",
	"^([a-z0-9]+\\.)+[a-z]{2,6}$",
];

/** Names and numbers that nobody has (RFC 2606, RFC 5737, RFC 3849, telephone numbers kept for fiction). */
const HOST = /(^|\.)(example\.(com|net|org)|test|invalid|example|localhost)$/i;
const ADDRESS = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+/;
const PHONE =
	/^(\+?1)?[2-9]\d\d55501\d\d$|^55501\d\d$|^\+442079460\d{3}$|^\+493023125\d{3}$|^\+3319900\d{4}$|^\+614915701\d\d$/;

/** Why a text may reach somebody, or undefined. */
function stranger(text: string): string | undefined {
	const mail = /^[^@\s]+@([^@\s]+)$/.exec(text)?.[1];
	if (mail !== undefined && !HOST.test(mail)) return `mail to ${mail}`;
	const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(text)?.[1];
	if (host !== undefined && !HOST.test(host) && !ADDRESS.test(host)) return `a request to ${host}`;
	if (/^\d{1,3}(\.\d{1,3}){3}/.test(text) && !ADDRESS.test(text)) return `the address ${text}`;
	if (/^[0-9a-f]*:[0-9a-f:]*:/i.test(text) && !/^2001:db8:/i.test(text) && !/^02:00:5e:10:/.test(text))
		return `the address ${text}`;
	if (/^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(text) && !HOST.test(text) && !/\.(pdf|jpg|txt|csv)$/.test(text))
		return `the host ${text}`;
	const digits = text.replace(/[ ().-]/g, "");
	if (/^\+\d{7,}$/.test(digits) && !PHONE.test(digits)) return `a call to ${text}`;
	return undefined;
}

const text = fc.record(
	{
		format: fc.constantFrom(...FORMATS),
		minLength: fc.integer({ min: 0, max: 40 }),
		maxLength: fc.integer({ min: 40, max: 90 }),
	},
	{ requiredKeys: [] },
);
const pattern = fc.record({ pattern: fc.constantFrom(...PATTERNS) });
const schema = fc.oneof(text, pattern).map((keywords) => ({ type: "string", ...keywords }));

it("no text that is generated reaches a stranger, whatever its name, format, pattern and length", () => {
	fc.assert(
		fc.property(schema, fc.constantFrom(...NAMES), fc.nat({ max: 1_000 }), (node, name, seed) => {
			const generated = generate(schemaFrom(node), { seed, name, direction: "request" });
			if (generated.ok) expect(stranger(String(generated.value))).toBeUndefined();
		}),
		{ numRuns: 1_500, seed: 2606 },
	);
});

it("no boundary reaches a stranger either", () => {
	fc.assert(
		fc.property(text, fc.constantFrom(...NAMES), (keywords, name) => {
			for (const { value } of boundaries(schemaFrom({ type: "string", ...keywords }), { seed: 1, name }))
				expect(stranger(String(value))).toBeUndefined();
		}),
		{ numRuns: 150, seed: 5737 },
	);
});

it.each([
	["jane@corp.example.io", "mail"],
	["https://acme.io/x", "a request"],
	["8.8.8.8", "the address"],
	["2a00:1450::1", "the address"],
	["acme.io", "the host"],
	["+4930901820", "a call"],
])("the test itself would notice %s", (found, what) => {
	expect(stranger(found)).toContain(what);
});
