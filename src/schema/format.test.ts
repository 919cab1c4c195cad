import { expect, it } from "vitest";
import { FORMATS } from "./format.ts";

const CASES: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
	["date", ["2024-02-29"], ["2023-02-29", "2024-1-1"]],
	["date-time", ["2024-01-01T00:00:00Z", "2024-01-01t00:00:00.123+02:00"], ["2024-01-01T00:00:00", "2024-01-01"]],
	["uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567"]],
	["email", ["a@example.com", '"a b"@example.com', "a@[192.0.2.1]"], ["a", "a@", "@example.com", "a b@example.com"]],
	["ipv4", ["192.0.2.1"], ["192.0.2", "192.0.2.256"]],
	["ipv6", ["2001:db8::1"], ["2001:db8:::1"]],
	["uri", ["https://example.com/a?b#c"], ["/relative", "https://exa mple.com"]],
	["hostname", ["a.example.com"], ["-a", "a".repeat(2_000)]],
	["byte", ["YQ==", "YQ", "YWJj\nYWJj", "-_-_"], ["ä", "Y=Q"]],
	["int32", [2 ** 31 - 1, -(2 ** 31)], [2 ** 31, 1.5]],
	["int64", [2 ** 63, 1e15], [1e19, 0.5]],
	["uint64", [0, 2 ** 64], [-1]],
	["double", [0.1], [Number.NaN]],
	["password", ["anything"], []],
	[
		"iri",
		["https://bücher.example/ä?ö#ü", "https://例え.example/🦊"],
		["/ä", "https://bü cher.example", "x://a\u0080"],
	],
	["iri-reference", ["/ä", "ä/ö?ü"], ["\\\\ä", "ä#b#c"]],
	["idn-email", ["müller@bücher.example", "실례@실례.테스트"], ["müller", "ä@", "ä ö@bücher.example"]],
];

it.each(CASES)("%s admits %j and refuses %j", (format, admitted, refused) => {
	const test = FORMATS.get(format)?.test as (value: unknown) => boolean;
	expect(admitted.filter((value) => !test(value))).toEqual([]);
	expect(refused.filter(test)).toEqual([]);
});
