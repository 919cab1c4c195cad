import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contract, SecurityScheme } from "../contract/contract.ts";
import type { Credential, Spoiling } from "../model/call.ts";
import { applyCredentials, createKeyring } from "./keyring.ts";

const source = { file: "openapi.yaml", pointer: "" };
const SCHEMES: readonly SecurityScheme[] = [
	{ kind: "api-key", in: "header", parameter: "X-Key", name: "header", source },
	{ kind: "api-key", in: "query", parameter: "key", name: "query", source },
	{ kind: "api-key", in: "cookie", parameter: "session", name: "cookie", source },
	{ kind: "http", scheme: "bearer", name: "bearer", source },
	{ kind: "http", scheme: "basic", name: "basic", source },
	{ kind: "oauth2", flows: [], name: "oauth", source },
];
const contract = { securitySchemes: new Map(SCHEMES.map((scheme) => [scheme.name, scheme])) } as unknown as Contract;

/** All that a request tells of a credential. */
function sent(scheme: string, credential: Credential | undefined, given: Readonly<Record<string, string>>): string {
	const credentials = credential === undefined ? {} : { [scheme]: credential };
	const call = { operation: "any", path: {}, query: {}, header: {}, credentials, flaws: [] };
	const { query, headers } = applyCredentials(
		{ path: "/", query: [], headers: {} },
		call,
		createKeyring(contract, given),
	);
	return JSON.stringify({ query: query.map(decodeURIComponent), headers });
}

const HOWS: readonly Spoiling[] = ["other", "prefix", "longer", "other-case", "empty"];
const token = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/);

describe("credentials", () => {
	test.each([
		["header", "x-key", "abcdefgh", '{"query":[],"headers":{"x-key":"abcdefgh"}}'],
		["cookie", "cookie", "session=abcdefgh", '{"query":[],"headers":{"cookie":"session=abcdefgh"}}'],
		["bearer", "authorization", "Bearer abcdefgh", '{"query":[],"headers":{"authorization":"Bearer abcdefgh"}}'],
		["basic", "authorization", "Basic abcdefgh", '{"query":[],"headers":{"authorization":"Basic abcdefgh"}}'],
		["oauth", "authorization", "Bearer abcdefgh", '{"query":[],"headers":{"authorization":"Bearer abcdefgh"}}'],
	])("of the kind %s go where their scheme puts them", (scheme, header, value, expected) => {
		expect(sent(scheme, { kind: "right" }, { [header]: value })).toBe(expected);
	});

	test("of Basic are spoilt as a name and a password, and not as their Base64", () => {
		const basic = `Basic ${btoa("me:password")}`;
		const wrong = sent("basic", { kind: "wrong", how: "prefix" }, { authorization: basic });
		expect(wrong).toContain(`Basic ${btoa("me:passwor")}`);
	});

	test("are not sent where none is asked for, and other headers always are", () => {
		expect(sent("header", undefined, { "X-Key": "abcdefgh", "X-Tenant": "one" })).toBe(
			'{"query":[],"headers":{"x-tenant":"one"}}',
		);
	});

	test("are never right where wrong ones are asked for", () => {
		fc.assert(
			fc.property(token, fc.constantFrom(...HOWS), (right, how) => {
				const wrong = sent("header", { kind: "wrong", how }, { "x-key": right });
				expect(wrong).not.toBe(sent("header", { kind: "right" }, { "x-key": right }));
				const bearer = sent("bearer", { kind: "wrong", how }, { authorization: `Bearer ${right}` });
				expect(bearer).not.toBe(sent("bearer", { kind: "right" }, { authorization: `Bearer ${right}` }));
				expect(bearer).toMatch(/"authorization":"Bearer /);
				const own = { kind: "value", value: right, spoilt: how } as const;
				expect(sent("query", own, {})).not.toContain(`key=${right}"`);
			}),
		);
	});

	test("that the API issued are sent as they are, and those that nobody gave are made up", () => {
		expect(sent("query", { kind: "value", value: "a b&c" }, {})).toBe('{"query":["key=a b&c"],"headers":{}}');
		expect(sent("header", { kind: "wrong", how: "other" }, {})).toMatch(/"x-key":"[^"]{8,}"/);
	});

	test("of another http scheme are not taken for these", () => {
		const keyring = createKeyring(contract, { authorization: "Basic abcdefgh" });
		expect([...keyring.right.keys()]).toEqual(["basic"]);
	});
});
