import { fakerOf } from "./faker.ts";
import type { Random } from "./random.ts";
import type { Length } from "./sample-pattern.ts";

type Sampler = (random: Random, length: Length) => string;

/** Times lie in the years before this one, so that nothing depends on when it was made. */
const EPOCH_MS = Date.UTC(2023, 0, 1);
const SPAN_MS = 3 * 365 * 24 * 3600 * 1000;

/**
 * A text of a format that reaches nobody: names under example.com, .test and .invalid (RFC 2606), addresses for
 * documentation (RFC 5737, RFC 3849). Undefined for a format that we have no text for.
 *
 * @example sampleFormat("ipv4", random, { min: 0, max: 100 }) // "192.0.2.17"
 */
export function sampleFormat(format: string, random: Random, length: Length): string | undefined {
	return SAMPLERS[format]?.(random, length);
}

const isoTime = (random: Random): string => new Date(EPOCH_MS + Math.floor(random.next() * SPAN_MS)).toISOString();
const dateTime: Sampler = (random) => isoTime(random).replace(/\.\d+/, "");
const letters = (random: Random, count: number, alphabet = "abcdefghijklmnopqrstuvwxyz"): string =>
	Array.from({ length: count }, () => random.pick([...alphabet])).join("");
const hex = (random: Random, count: number): string => letters(random, count, "0123456789abcdef");

const uuid: Sampler = (random) => {
	const variant = random.pick([..."89ab"]);
	return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 12)}`;
};

/** Grows the part in the middle until the whole is long enough. */
function stretch(make: (middle: string) => string, random: Random, { min, max }: Length): string {
	const word = wordFor(random);
	const usual = make(word);
	if (usual.length > max) return make(letters(random, Math.max(1, max - make("").length)));
	return usual.length >= min ? usual : make(word + letters(random, min - usual.length));
}

const WORDS = ["orchid", "harbor", "maple", "quartz", "willow", "ember", "delta", "cobalt", "meadow", "summit"];
const wordFor = (random: Random): string => random.pick(WORDS);
const hostFor = (random: Random): string => `${wordFor(random)}.example.com`;

const email: Sampler = (random, length) => {
	const faker = fakerOf(random);
	const person = `${faker.person.firstName()}.${faker.person.lastName()}`.toLowerCase().replace(/[^a-z.]/g, "");
	const usual = `${person}@example.com`;
	if (usual.length >= length.min && usual.length <= length.max) return usual;
	const host = length.max >= 13 ? "example.com" : "a.test";
	if (length.min <= 60) return stretch((middle) => `${middle}@${host}`, random, length);
	// A local part ends at 64 characters (RFC 5321, section 4.5.3.1.1), the rest goes into labels of the host.
	return stretchLabels((labels) => `${letters(random, 8)}@${labels}example.com`, random, length);
};

function stretchLabels(make: (labels: string) => string, random: Random, { min }: Length): string {
	let labels = "";
	for (let missing = min - make("").length; missing > 0; missing = min - make(labels).length) {
		labels += `${letters(random, Math.min(50, Math.max(1, missing - 1)))}.`;
	}
	return make(labels);
}

const hostname: Sampler = (random, length) => {
	const usual = hostFor(random);
	if (usual.length >= length.min && usual.length <= length.max) return usual;
	if (usual.length < length.min) return stretchLabels((labels) => `${labels}example.com`, random, length);
	return length.max >= 11
		? "example.com"
		: length.max >= 6
			? `${letters(random, length.max - 5)}.test`
			: letters(random, length.max);
};

const uri: Sampler = (random, length) => {
	const short = `https://${letters(random, 1)}.test`;
	if (length.max < short.length) return `x:${letters(random, Math.max(1, length.max - 2))}`;
	if (length.max < 24)
		return short + (length.min > short.length ? `/${letters(random, length.min - short.length - 1)}` : "");
	return stretch((middle) => `https://example.com/${middle}`, random, length);
};

const byte: Sampler = (random, { min, max }) => {
	const blocks = Math.max(Math.ceil(min / 4), Math.min(Math.floor(max / 4), 4));
	return Buffer.from(letters(random, blocks * 3)).toString("base64");
};

const anyText: Sampler = (random, { min, max }) =>
	letters(random, Math.max(min, Math.min(max, 16)), "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789");

const digits: Sampler = (random, { min, max }) => {
	const count = Math.max(1, min, Math.min(max, 6));
	return letters(random, 1, "123456789") + letters(random, count - 1, "0123456789");
};

const SAMPLERS: Readonly<Record<string, Sampler>> = {
	"date-time": dateTime,
	date: (random) => isoTime(random).slice(0, 10),
	time: (random) => `${isoTime(random).slice(11, 19)}Z`,
	"iso-date-time": dateTime,
	"partial-date-time": (random) => isoTime(random).slice(0, 19),
	"local-time": (random) => isoTime(random).slice(11, 19),
	"unix-time": (random) => String(Math.floor(Date.parse(isoTime(random)) / 1000)),
	"http-date": (random) => new Date(isoTime(random)).toUTCString(),
	duration: (random) => random.pick(["PT30M", "PT1H", "P1D", "P7D", "PT90S", "P1M"]),
	uuid,
	guid: uuid,
	uuid4: uuid,
	uuidv4: uuid,
	email,
	"idn-email": email,
	hostname,
	"idn-hostname": hostname,
	host: hostname,
	domain: hostname,
	ipv4: (random) => `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${random.integer(1, 254)}`,
	ip: (random) => `192.0.2.${random.integer(1, 254)}`,
	ipv6: (random) => `2001:db8::${hex(random, 3).replace(/^0+(?=.)/, "")}`,
	cidr: (random) => `198.51.100.${random.integer(0, 15) * 16}/28`,
	uri,
	url: uri,
	"uri-reference": (random, length) => stretch((middle) => `/${middle}`, random, length),
	iri: uri,
	"iri-reference": (random, length) => stretch((middle) => `/${middle}`, random, length),
	"uri-template": (random, length) => stretch((middle) => `https://example.com/${middle}/{id}`, random, length),
	"json-pointer": (random, length) => stretch((middle) => `/${middle}`, random, length),
	"json-pointer-uri-fragment": (random, length) => stretch((middle) => `#/${middle}`, random, length),
	"relative-json-pointer": (random, length) => stretch((middle) => `1/${middle}`, random, length),
	regex: (random, length) => stretch((middle) => `^${middle}$`, random, length),
	byte,
	base64url: (random, length) => byte(random, length).replace(/=+$/, ""),
	binary: anyText,
	password: anyText,
	int32: digits,
	int64: digits,
	uint32: digits,
	uint64: digits,
	decimal: (random) => `${random.integer(1, 500)}.${random.integer(10, 99)}`,
	double: (random) => `${random.integer(1, 500)}.${random.integer(10, 99)}`,
	float: (random) => `${random.integer(1, 500)}.${random.integer(10, 99)}`,
	phone: phone,
	"phone-number": phone,
	e164: (random) => `+1212555${random.integer(100, 199).toString().padStart(4, "0")}`,
	color: (random) => `#${hex(random, 6)}`,
	country: (random) => random.pick(["DE", "FR", "US", "JP", "BR"]),
	currency: (random) => random.pick(["EUR", "USD", "GBP", "JPY"]),
	locale: (random) => random.pick(["en-US", "de-DE", "fr-FR"]),
	slug: (random, length) => stretch((middle) => middle, random, length),
	semver: (random) => `${random.integer(0, 4)}.${random.integer(0, 20)}.${random.integer(0, 9)}`,
};

/** The numbers 555-0100 to 555-0199 belong to nobody (North American Numbering Plan). */
function phone(random: Random): string {
	return `+1-${random.pick(["212", "312", "415", "617"])}-555-01${random.integer(0, 99).toString().padStart(2, "0")}`;
}
