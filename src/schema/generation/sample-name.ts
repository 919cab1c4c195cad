import type { Faker } from "@faker-js/faker";
import { fakerOf } from "./faker.ts";
import type { Random } from "./random.ts";
import { sampleFormat } from "./sample-format.ts";
import type { Length } from "./sample-pattern.ts";
import { byName } from "./words.ts";

type Sampler = (sample: { readonly faker: () => Faker; readonly random: Random; readonly length: Length }) => string;

const format =
	(name: string): Sampler =>
	({ random, length }) =>
		sampleFormat(name, random, length) ?? "";
const from =
	(take: (faker: Faker) => string): Sampler =>
	({ faker }) =>
		take(faker());
const oneOf =
	(...values: readonly string[]): Sampler =>
	({ random }) =>
		random.pick(values);
const token: Sampler = ({ random, length }) =>
	sampleFormat("password", random, { min: Math.max(length.min, Math.min(24, length.max)), max: length.max }) ?? "";

/** What a property is by how its name ends, most telling first. */
const KINDS: readonly (readonly [RegExp, Sampler])[] = [
	[/\be? ?mails?( address)?$/, format("email")],
	[/\b(uuid|guid)s?$/, format("uuid")],
	[/\bfirst ?names?$|\bgiven name$/, from((faker) => faker.person.firstName())],
	[/\b(last ?name|surname|family name)$/, from((faker) => faker.person.lastName())],
	[/\b(user ?name|login|nickname|handle)$/, from((faker) => faker.person.firstName().toLowerCase())],
	[
		/\b(full|display|contact|customer|owner|author|person|employee) ?name$|\b(author|owner|assignee|creator)$/,
		from((faker) => faker.person.fullName()),
	],
	[/\b(company|organi[sz]ation|vendor|manufacturer|employer)( name)?$/, from((faker) => faker.company.name())],
	[/\b(phone|mobile|telephone|tel|fax|msisdn)( number)?$/, format("phone")],
	[/\b(file ?name)$/, oneOf("report.pdf", "invoice-2024.pdf", "photo.jpg", "notes.txt")],
	[/\b(host ?name|host|domain|fqdn)( name)?$/, format("hostname")],
	[/\b(urls?|uri|href|link|website|homepage|webhook|callback|endpoint|avatar|image|picture|logo|icon)$/, format("uri")],
	[/\b(ip|ip address|ipv4|remote addr)$/, format("ipv4")],
	[/\bipv6$/, format("ipv6")],
	[/\bcidr$/, format("cidr")],
	[/\bmac( address)?$/, ({ random }) => `02:00:5e:10:00:${random.integer(16, 255).toString(16)}`],
	[/\b(street|address|address line ?1?|line1)( name)?$/, from((faker) => faker.location.streetAddress())],
	[/\b(line2|address line ?2)$/, from((faker) => faker.location.secondaryAddress())],
	[/\b(city|town)$/, from((faker) => faker.location.city())],
	[/\b(zip|zip code|post code|postal code|postcode)$/, from((faker) => faker.location.zipCode("#####"))],
	[
		/\bcountry( code)?$/,
		({ random, length }) =>
			length.max < 4
				? (sampleFormat("country", random, length) ?? "")
				: random.pick(["Germany", "France", "Japan", "Brazil", "Kenya"]),
	],
	[/\b(province|region)$/, from((faker) => faker.location.state())],
	[/\bcurrency( code)?$/, format("currency")],
	[/\b(locale|language|lang)$/, oneOf("en", "de", "fr", "es")],
	[/\b(time ?zone|tz)$/, oneOf("Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC")],
	[/\b(color|colour)$/, from((faker) => faker.color.human())],
	[/\b(mime|content|media) ?type$/, oneOf("application/json", "text/plain", "image/png")],
	[/\bversion$/, format("semver")],
	[/\b(password|passphrase|pwd)$/, token],
	[/\b(token|secret|api key|access key|private key|key|hash|signature|checksum|etag|nonce|cursor|session)$/, token],
	[/\bslug$/, from((faker) => faker.lorem.slug(2))],
	[/\b(date|day|birthday|birth date|dob|since|until)$/, format("date")],
	[/\b(created|updated|modified|deleted|expires|timestamp|(last )?\w+ (at|on|time|date))$/, format("date-time")],
	[/\b(title|subject|headline|caption)$/, from((faker) => capitalize(faker.lorem.words(3)))],
	[
		/\b(description|summary|comment|comments|note|notes|message|text|body|content|bio|about|reason|detail|details|instructions)$/,
		from((faker) => faker.hacker.phrase()),
	],
	[/\bproduct( name)?$/, from((faker) => faker.commerce.productName())],
	[/\b(name|label)$/, from((faker) => `${faker.word.adjective()} ${faker.word.noun()}`)],
	[/\b(path|file|directory|folder)$/, oneOf("/documents/report.pdf", "/images/photo.jpg", "/data/export.csv")],
	[/\bstate$|\bstatus$/, oneOf("active", "pending", "completed")],
	[/\b(tags?|category|categories|keywords?|group|groups|topic|type|kind)$/, from((faker) => faker.word.noun())],
	[
		/\bids?$/,
		({ random, length }) =>
			length.max >= 36 ? (sampleFormat("uuid", random, length) ?? "") : (sampleFormat("slug", random, length) ?? ""),
	],
];

/**
 * A text that fits the name of a property, and roughly the length. It looks real and reaches nobody.
 *
 * @example sampleName("billing_email", random, { min: 0, max: 100 }) // "alice.meyer@example.com"
 */
export function sampleName(name: string, random: Random, length: Length): string {
	return adapt(samplerOf(name)({ faker: () => fakerOf(random), random, length }), random, length);
}

const samplerOf = byName(
	(words) => KINDS.find(([pattern]) => pattern.test(words))?.[1] ?? from((faker) => faker.word.noun()),
);

/** Cuts a text that is too long, and goes on with words where it is too short. */
export function adapt(text: string, random: Random, { min, max }: Length): string {
	let longer = text;
	if ([...longer].length < min) {
		const faker = fakerOf(random);
		const words = [longer];
		for (let length = longer.length; length < min; ) {
			const word = faker.word.noun();
			words.push(word);
			length += word.length + 1;
		}
		longer = words.join(" ").trimStart();
		// A blank at the end would be trimmed by many a service.
		longer = [...longer].slice(0, Math.max(min, 1)).join("").replace(/ $/, "s");
	}
	const characters = [...longer];
	return characters.length > max ? characters.slice(0, max).join("").replace(/ $/, "s") : longer;
}

function capitalize(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
