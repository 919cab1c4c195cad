import type { Form } from "../model/model.ts";
import type { Value } from "../model/value.ts";
import { annotation, items, type Property, typesOf } from "../schema/navigate.ts";

/** What a description gives as an example: `e.g. “www.example.com.”`. */
const FOR_EXAMPLE = /(?:e\.\s?g\.,?|for example,?|such as|like|i\.\s?e\.,?)\s*[“"'`‘]([^”"'`’\n]{1,80})[”"'`’]/gi;
/** Whatever it quotes: one of “A”, “B”. */
const QUOTED = /[“"'`‘]([^”"'`’\n]{1,40})[”"'`’]/g;

/** What texts of a kind look like that a schema without a format does not tell, by words of their name and description. */
const KNOWN: readonly (readonly [RegExp, readonly string[]])[] = [
	[/\bip(v4)? ?address|\bip$/, ["192.0.2.1"]],
	[/\b(dns|domain|host|server) ?names?\b|\bnameservers?\b|\bfqdn\b/, ["host.example.com", "host.example.com."]],
	[/\bbase ?64\b/, ["c2VjcmV0IHZhbHVl"]],
	[/\balgorithm\b/, ["HS256", "sha256", "hmac-sha256", "RS256", "ECDSAP256SHA256"]],
	[/\btime ?zone\b/, ["Europe/Berlin"]],
	[/\bcurrency\b/, ["EUR"]],
	[/\bcountry\b/, ["DE", "DEU"]],
	[/\b(language|locale)\b/, ["en", "en-US"]],
	[/\bcolou?r\b/, ["#336699"]],
	[/\b(cron|schedule)\b/, ["0 0 * * *"]],
	[/\b(url|uri|endpoint|link)\b/, ["https://example.com/"]],
	[/\bduration\b/, ["PT1H", "1h"]],
	[/\b(uuid|guid)\b/, ["00000000-0000-4000-8000-000000000001"]],
];

/**
 * Other looks that a text may be wanted in: what its description gives as an example, what it quotes, what is usual for
 * something of its name, and what the service has shown in a property of that name. A list is tried with one of them, and empty.
 */
export function likelyForms(
	{ name, schema }: Pick<Property, "name" | "schema">,
	seen: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Form[] {
	const types = typesOf(schema);
	if (types.includes("array") && !types.includes("string")) {
		const element = items(schema);
		const inner = element === undefined ? [] : likelyForms({ name, schema: element }, seen);
		const described = formsFromWords(name, schema);
		const listed = [...described, ...inner].map(({ kind, ...form }): Form => {
			const value = "text" in form ? form.text : form.value;
			return { kind: "value", value: [value as Value] };
		});
		return [...listed, { kind: "value", value: [] }];
	}
	if (types.length > 0 && !types.includes("string")) return [];
	const shown = [...(seen.get(name) ?? [])].map((value): Form => ({ kind: "value", value }));
	return [...formsFromWords(name, schema), ...shown];
}

function formsFromWords(name: string, schema: Property["schema"]): readonly Form[] {
	const description = String(annotation(schema, "description") ?? "");
	const given = textsOf(description, FOR_EXAMPLE);
	const quoted = textsOf(description, QUOTED).filter((text) => !given.includes(text));
	const words = `${name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").replaceAll(/[_-]+/g, " ")} ${description}`.toLowerCase();
	const known = KNOWN.filter(([pattern]) => pattern.test(words)).flatMap(([, texts]) => texts);
	return [
		...given.map((text): Form => ({ kind: "after", text })),
		...[...given, ...quoted, ...known].map((value): Form => ({ kind: "value", value })),
	];
}

function textsOf(description: string, pattern: RegExp): readonly string[] {
	return [...new Set([...description.matchAll(pattern)].flatMap(([, text]) => text ?? []))];
}
