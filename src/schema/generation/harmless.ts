import type { Random } from "./random.ts";
import { sampleFormat } from "./sample-format.ts";
import type { Length } from "./sample-pattern.ts";
import { wordsOf } from "./words.ts";

/** What a text may be that a pattern alone has made, and the texts of that kind that reach nobody. */
interface Kind {
	readonly looks: RegExp;
	/** The kind is only thought of when the name says so too: ten digits are an account as well as a telephone. */
	readonly named?: RegExp;
	readonly instead: (sample: string, random: Random, length: Length) => readonly (string | undefined)[];
}

const PHONE_NAME = /\b(phone|mobile|telephone|tel|fax|msisdn|sms|whatsapp|cell|e ?164)\b/;

const KINDS: readonly Kind[] = [
	{
		looks: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
		instead: (_, random, length) => [sampleFormat("email", random, length), "a@example.com", "a@a.test"],
	},
	{
		looks: /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/i,
		instead: (sample, random) => urls(sample, random),
	},
	{
		looks: /^\d{1,3}(\.\d{1,3}){3}\b/,
		instead: (sample, random, length) => addresses(sample, random, length),
	},
	{ looks: /^\+\d[\d ().-]*$/, instead: (_, random) => phones(random) },
	{ looks: /^[\d ().-]{7,}$/, named: PHONE_NAME, instead: (_, random) => phones(random) },
	{
		looks: /^([a-z0-9-]+\.)+[a-z]{2,}$/i,
		instead: (_, random, length) => [sampleFormat("hostname", random, length), "example.com", "a.test"],
	},
];

/**
 * Texts to be tried in the place of one that a pattern has made, when that one may be somebody's: an address of mail or
 * of the web, a host, a telephone. Source: RFC 2606, RFC 5737, and the numbers that authorities keep for fiction.
 *
 * @example harmless("+4930123456", { name: "phone", random, length }) // ["+12125550142", …, "+493023125042"]
 */
export function harmless(
	sample: string,
	{ name, random, length }: { readonly name: string; readonly random: Random; readonly length: Length },
): readonly string[] {
	const kind = KINDS.find(({ looks, named }) => looks.test(sample) && (named?.test(wordsOf(name)) ?? true));
	return kind === undefined ? [] : kind.instead(sample, random, length).filter((one) => one !== undefined);
}

function urls(sample: string, random: Random): readonly string[] {
	const [, scheme = "https", rest = ""] = /^([^:]+):\/\/[^/?#]+(.*)$/s.exec(sample) ?? [];
	const word = sampleFormat("slug", random, { min: 0, max: 20 }) ?? "a";
	const hosts = ["example.com", `${word}.example.com`, "www.example.com", "a.test"];
	return [`/${word}`, rest, "", "/"].flatMap((end) => hosts.map((host) => `${scheme}://${host}${end}`));
}

function addresses(sample: string, random: Random, length: Length): readonly (string | undefined)[] {
	const rest = sample.replace(/^\d{1,3}(\.\d{1,3}){3}/, "");
	const address = sampleFormat("ipv4", random, length);
	return [address, `${address}${rest}`, sampleFormat("cidr", random, length)];
}

/** By country: North America, United Kingdom, Germany, France, Australia. */
function phones(random: Random): readonly string[] {
	const two = String(random.integer(0, 99)).padStart(2, "0");
	const american = [`+121255501${two}`, `+1-212-555-01${two}`, `+1 212 555 01${two}`, `+1 (212) 555-01${two}`];
	const national = [`21255501${two}`, `121255501${two}`, `212-555-01${two}`, `(212) 555-01${two}`, `212 555 01${two}`];
	const others = [
		`+4420794600${two}`,
		`+44 20 7946 00${two}`,
		`+493023125${two}0`,
		`+331990000${two}`,
		`+614915701${two}`,
	];
	return [...american, ...national, ...others, `555-01${two}`, `55501${two}`];
}
