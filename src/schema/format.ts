import { fullFormats } from "ajv-formats/dist/formats.js";

/** Judges a value of the type that its format speaks about. */
export type FormatCheck =
	| { readonly type: "string"; readonly test: (text: string) => boolean }
	| { readonly type: "number"; readonly test: (value: number) => boolean };

/** No address or name is longer; their expressions are quadratic and must not see more (RFC 5321, section 4.5.3.1). */
const NAME_MAX = 1_000;
/** Longer texts are not judged by expressions that may take long. */
const TEXT_MAX = 10_000;

/** A local part, quoted or not, which the library's expression knows only unquoted (RFC 5321, section 4.1.2). */
const LOCAL_PART = /^("(?:[^"\\]|\\.)+"|[^\s"@]+)@/;

const STRICT = [
	"date",
	"date-time",
	"time",
	"duration",
	"ipv4",
	"ipv6",
	"uuid",
	"json-pointer",
	"relative-json-pointer",
];
const LOOSE = ["uri", "uri-reference", "uri-template", "url", "regex", "json-pointer-uri-fragment"];
const NAMES = ["hostname"];
const EMAIL = fullFormats.email as RegExp;

/** A whole number within bits; the largest 64-bit ones arrive rounded, so the bound itself is admitted. */
function whole(min: number, max: number): FormatCheck {
	return { type: "number", test: (value) => Number.isInteger(value) && value >= min && value <= max };
}

const anyText: FormatCheck = { type: "string", test: () => true };

/**
 * The formats that are asserted, and those that are known to say nothing a machine can check.
 * Sources: JSON Schema 2020-12 Validation, section 7.3; the OpenAPI Format Registry.
 */
export const FORMATS: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
	...STRICT.map((name) => [name, fromLibrary(name, Number.POSITIVE_INFINITY, true)] as const),
	...LOOSE.map((name) => [name, fromLibrary(name, TEXT_MAX, true)] as const),
	...NAMES.map((name) => [name, fromLibrary(name, NAME_MAX, false)] as const),
	["email", { type: "string", test: isEmail }],
	["byte", { type: "string", test: isBase64 }],
	["int8", whole(-128, 127)],
	["uint8", whole(0, 255)],
	["int16", whole(-32_768, 32_767)],
	["uint16", whole(0, 65_535)],
	["int32", whole(-(2 ** 31), 2 ** 31 - 1)],
	["uint32", whole(0, 2 ** 32 - 1)],
	["int64", whole(-(2 ** 63), 2 ** 63)],
	["uint64", whole(0, 2 ** 64)],
	["float", { type: "number", test: Number.isFinite }],
	["double", { type: "number", test: Number.isFinite }],
	["binary", anyText],
	["password", anyText],
	["idn-email", { type: "string", test: (text) => isEmail(inAscii(text)) }],
	["idn-hostname", anyText],
	["iri", asUri("uri")],
	["iri-reference", asUri("uri-reference")],
]);

/** An IRI is a URI once what is beyond ASCII is escaped (RFC 3987, section 3.1); long texts are not looked through. */
function asUri(name: "uri" | "uri-reference"): FormatCheck {
	const check = checkOf(fullFormats[name]);
	return { type: "string", test: (text) => text.length > TEXT_MAX || check(inAscii(text)) };
}

/** Each character beyond ASCII as a letter: where one may stand, the other may (RFC 3987, section 2.2; RFC 6531, section 3.3). */
function inAscii(text: string): string {
	return text.replace(/[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|[\u{10000}-\u{efffd}]/gu, "x");
}

/** Padding may be missing, as in base64url; what is no base64 alphabet at all is refused (RFC 4648, sections 4 and 5). */
function isBase64(text: string): boolean {
	return /^[A-Za-z0-9+/_-]*={0,2}$/.test(text.replace(/[\r\n]/g, ""));
}

function fromLibrary(name: string, lengthMax: number, beyond: boolean): FormatCheck {
	const format: unknown = (fullFormats as Record<string, unknown>)[name];
	const check = checkOf(format);
	return { type: "string", test: (text) => (text.length > lengthMax ? beyond : check(text)) };
}

function isEmail(text: string): boolean {
	if (text.length > NAME_MAX) return false;
	if (EMAIL.test(text)) return true;
	const local = LOCAL_PART.exec(text)?.[0];
	if (local === undefined) return false;
	const host = text.slice(local.length);
	const literal = /^\[(IPv6:)?(.+)\]$/i.exec(host);
	if (literal === null) return local.startsWith('"') && EMAIL.test(`name@${host}`);
	return checkOf(literal[1] === undefined ? fullFormats.ipv4 : fullFormats.ipv6)(literal[2] ?? "");
}

function checkOf(format: unknown): (text: string) => boolean {
	if (format instanceof RegExp) return (text) => format.test(text);
	if (typeof format === "function") return (text) => Boolean(format(text));
	return checkOf((format as { validate: unknown }).validate);
}
