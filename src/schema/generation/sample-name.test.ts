import { expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { sampleName } from "./sample-name.ts";
import { sampleRange } from "./sample-number.ts";
import { wordsOf } from "./words.ts";

const LENGTH = { min: 0, max: 1_000 };

it.each([
	["email", /^[a-z.]+@example\.com$/],
	["billingEmail", /@example\.com$/],
	["first_name", /^[A-Z]/],
	["id", /^[0-9a-f]{8}-/],
	["userId", /^[0-9a-f]{8}-/],
	["created_at", /^\d{4}-\d\d-\d\dT/],
	["lastLoginTime", /^\d{4}-\d\d-\d\dT/],
	["birthDate", /^\d{4}-\d\d-\d\d$/],
	["last4", /^\w/],
	["website", /^https:\/\/example\.com\//],
	["webhookUrl", /^https:\/\/example\.com\//],
	["phoneNumber", /^\+1-\d{3}-555-01\d\d$/],
	["ip_address", /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/],
	["ipv6", /^2001:db8::/],
	["hostname", /\.example\.com$/],
	["currency", /^[A-Z]{3}$/],
	["timezone", /\/|UTC/],
	["api_key", /^[A-Za-z0-9]{24}$/],
	["version", /^\d+\.\d+\.\d+$/],
])("%s looks like %s", (name, pattern) => {
	for (let seed = 0; seed < 20; seed++) expect(sampleName(name, createRandom(`${seed}`), LENGTH)).toMatch(pattern);
});

it.each([
	["last4", /\d{4}-/],
	["duration", /T\d\d:/],
])("%s does not look like %s", (name, pattern) => {
	for (let seed = 0; seed < 20; seed++) expect(sampleName(name, createRandom(`${seed}`), LENGTH)).not.toMatch(pattern);
});

it("keeps to a length", () => {
	for (const [min, max] of [
		[0, 3],
		[40, 45],
		[1, 1],
		[500, 500],
	] as const) {
		const text = sampleName("description", createRandom("1"), { min, max });
		expect(text.length).toBeGreaterThanOrEqual(min);
		expect(text.length).toBeLessThanOrEqual(max);
	}
});

it.each([
	["createdAt_UTC", "created at utc"],
	["HTTPStatusCode", "http status code"],
	["x-request-id", "x request id"],
	["", ""],
])("%s is read as %j", (name, words) => {
	expect(wordsOf(name)).toBe(words);
});

it.each([
	["port", 1024, 49_151],
	["birth_year", 2020, 2026],
	["duration", 0, 1_000],
	["latitude", -80, 80],
])("%s lies from %d to %d", (name, min, max) => {
	expect(sampleRange(name)).toEqual({ min, max });
});
