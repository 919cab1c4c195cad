import { expect, test } from "vitest";
import { identityOf, isIdentity } from "./identity.ts";

test.each([
	[{ "X-Key": "a" }, { headers: { "x-key": "a" } }],
	[
		{ headers: { "X-Key": "a" }, tenant: "acme", scopes: ["read"] },
		{ headers: { "x-key": "a" }, tenant: "acme", scopes: ["read"] },
	],
	[
		{ headers: { "X-Key": "a" }, expired: true },
		{ headers: { "x-key": "a" }, expired: true },
	],
])("%j is an identity", (given, expected) => {
	expect(isIdentity(given)).toBe(true);
	expect(identityOf(given)).toEqual(expected);
});

test.each([
	["key"],
	[[]],
	[{ headers: "x", tenant: 1 }],
	[{ headers: {}, tenent: "x" }],
	[{ headers: {}, scopes: "x" }],
	[{ tenant: { a: 1 } }],
])("%j is none", (given) => {
	expect(isIdentity(given)).toBe(false);
});
