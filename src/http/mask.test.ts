import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "./exchange.ts";
import { createMask } from "./mask.ts";

const SECRET = 'k3y/with+"signs" &é-0123456789';

function exchange(parts: Partial<Exchange["request"]> & { readonly answer?: string }): Exchange {
	const { answer = "", ...request } = parts;
	return {
		request: { method: "GET", path: "/", headers: {}, ...request },
		answer: {
			status: 200,
			headers: { "set-cookie": "sid=s1; Path=/, theme=dark; Expires=Wed, 21 Oct 2026" },
			body: answer,
		},
		durationMs: 1,
	};
}

describe("a secret", () => {
	test.each([
		["as it is", SECRET],
		["in JSON", JSON.stringify({ key: SECRET })],
		["in JSON with escaped slashes", JSON.stringify(SECRET).replaceAll("/", "\\/")],
		["in ASCII JSON", JSON.stringify(SECRET).replaceAll("é", "\\u00e9")],
		["percent-encoded", `/keys/${encodeURIComponent(SECRET)}`],
		["in a form", `key=${encodeURIComponent(SECRET).replaceAll("%20", "+")}`],
		["in base64", Buffer.from(SECRET).toString("base64")],
		["in base64url", Buffer.from(SECRET).toString("base64url")],
		["twice", `${SECRET} and ${SECRET}`],
	])("is masked %s", (_, text) => {
		const mask = createMask();
		mask.addSecret(` ${SECRET}\n`, "api key");
		const masked = mask.maskText(text);
		expect(masked).toContain("«api key»");
		expect(masked).not.toMatch(/signs|c2lnbnM|0123456789|zNDU2Nzg5/);
	});

	test("the longer of two is masked first", () => {
		const mask = createMask();
		mask.addSecret("abcdefgh", "short");
		mask.addSecret("abcdefghij", "long");
		expect(mask.maskText("abcdefghij abcdefgh")).toBe("«long» «short»");
	});

	test("keeps its first label", () => {
		const mask = createMask();
		mask.addSecret("abcdefgh", "first");
		mask.addSecret("abcdefgh", "second");
		expect(mask.maskText("abcdefgh")).toBe("«first»");
	});

	test.each([
		["abc", '{"code":"abc","text":"abc alphabet abcde"}', '{"code":"«s»","text":"abc alphabet abcde"}'],
		["test", "the latest test", "the latest «s»"],
		["", "nothing", "nothing"],
	])("%j blackens no ordinary text", (value, text, masked) => {
		const mask = createMask();
		mask.addSecret(value, "s");
		expect(mask.maskText(text)).toBe(masked);
	});

	test("never shows, whatever stands around it", () => {
		void assert(
			property(string({ minLength: 8 }), string(), string(), (value, before, after) => {
				const secret = `${value.trim()}-secret`;
				const mask = createMask();
				mask.addSecret(secret, "s");
				expect(mask.maskText(before + secret + after)).not.toContain(secret);
			}),
			{ numRuns: 200, seed: 1 },
		);
	});
});

describe("an exchange", () => {
	test("shows no credential, by the name under which it travels", () => {
		const mask = createMask({ headers: ["X-Api-Key"], query: ["token"] });
		const headers = { "x-api-key": "open-sesame", authorization: "Bearer abc.def", cookie: "sid=s1; theme=dark" };
		const masked = mask.maskExchange(exchange({ path: "/a?token=t0p&page=2", headers, answer: "echo" }));
		expect(masked.request.path).toBe("/a?token=«token»&page=2");
		expect(masked.request.headers).toEqual({
			"x-api-key": "«x-api-key»",
			authorization: "Bearer «authorization»",
			cookie: "sid=«sid»; theme=«theme»",
		});
		expect("headers" in masked.answer && masked.answer.headers["set-cookie"]).toBe(
			"sid=«sid»; Path=/, theme=«theme»; Expires=Wed, 21 Oct 2026",
		);
	});

	test("tells known credentials apart by their labels", () => {
		const mask = createMask({ headers: ["x-api-key"] });
		mask.addSecret("right-key-1234", "admin key");
		const shown = (value: string): string | undefined =>
			mask.maskExchange(exchange({ headers: { "x-api-key": value } })).request.headers["x-api-key"];
		expect(["right-key-1234", "right-key-12345", "wrong"].map(shown)).toEqual([
			"«admin key»",
			"«x-api-key»",
			"«x-api-key»",
		]);
	});

	test("masks a credential that the answer echoes", () => {
		const mask = createMask();
		const headers = { authorization: "Bearer abcdefghijklmnop" };
		const { answer } = mask.maskExchange(exchange({ headers, answer: "no such token: abcdefghijklmnop" }));
		expect(answer).toMatchObject({ body: "no such token: «authorization»" });
	});

	test("masks bytes that hold a secret and keeps those that do not", () => {
		const mask = createMask();
		mask.addSecret("abcdefgh", "s");
		const bytes = new Uint8Array([0, 255, 1]);
		expect(mask.maskExchange(exchange({ body: bytes })).request.body).toBe(bytes);
		expect(mask.maskExchange(exchange({ body: Buffer.from("x=abcdefgh") })).request.body).toBe("x=«s»");
	});
});

test("a thousand secrets cost no more than one look-up a character", () => {
	const mask = createMask();
	for (let index = 0; index < 1_000; index++) mask.addSecret(`secret-number-${index}`, "s");
	const text = "an ordinary answer that holds none of them ".repeat(1_000);
	const start = performance.now();
	mask.maskText(text);
	expect(performance.now() - start).toBeLessThan(200);
});
