import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import type { AnswerPattern, Credential, WitnessRequest } from "../fault/fault.ts";
import { GATEWAY_FAULTS } from "./faults.ts";
import { startGateway } from "./start.ts";

const ADMIN_KEY = "admin-key-of-the-witness";

describe("each planted fault", () => {
	test.each(GATEWAY_FAULTS)("$name shows in its witness, and only when it is on", async ({ name, witness }) => {
		const honest = await lastAnswer([], witness.requests);
		const faulty = await lastAnswer([name], witness.requests);
		expect.soft(shows(honest, witness.documented), `without fault: ${JSON.stringify(honest)}`).toBe(true);
		expect.soft(shows(honest, witness.observed), `without fault: ${JSON.stringify(honest)}`).toBe(false);
		expect.soft(shows(faulty, witness.observed), `with fault: ${JSON.stringify(faulty)}`).toBe(true);
		expect.soft(shows(faulty, witness.documented), `with fault: ${JSON.stringify(faulty)}`).toBe(false);
	});

	test("all of them together still answer in the documented form", async () => {
		const all = GATEWAY_FAULTS.map(({ name }) => name);
		const answer = await lastAnswer(all, [{ method: "GET", path: "/admin/apps/a b", credential: "admin" }]);
		expect(answer).toMatchObject({ status: 400, body: { success: false } });
	});

	test("is refused by a misspelt name with the right one", async () => {
		await expect(startGateway({ faults: ["list-drop-last"] })).rejects.toThrow('did you mean "list-drops-last"?');
	});
});

interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
}

async function lastAnswer(faults: readonly string[], requests: readonly WitnessRequest[]): Promise<Answer> {
	const { url, close } = await startGateway({ adminKey: ADMIN_KEY, cidsPut: "replace", faults });
	try {
		const answers: Answer[] = [];
		for (const request of requests) answers.push(await send(url, request));
		return answers.at(-1) as Answer;
	} finally {
		await close();
	}
}

async function send(url: string, { method, path, credential, body }: WitnessRequest): Promise<Answer> {
	const answer = await fetch(url + path, {
		method,
		headers: { ...credentialHeader(credential), ...(body === undefined ? {} : { "content-type": "application/json" }) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await answer.text();
	const json = answer.headers.get("content-type")?.startsWith("application/json");
	return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
}

function credentialHeader(credential: Credential): Record<string, string> {
	if (credential === "none") return {};
	if (credential === "admin") return { "x-admin-api-key": ADMIN_KEY };
	if (credential === "half-admin") return { "x-admin-api-key": ADMIN_KEY.slice(0, ADMIN_KEY.length / 2) };
	return { "x-api-key": credential.apiKey };
}

function shows(answer: Answer, pattern: AnswerPattern): boolean {
	const { status, mediaType, headers, body } = pattern;
	return (
		(status === undefined || status === answer.status) &&
		(mediaType === undefined || answer.headers.get("content-type")?.split(";")[0] === mediaType) &&
		Object.entries(headers ?? {}).every(([name, present]) => answer.headers.has(name) === present) &&
		(body === undefined || includes(answer.body, body))
	);
}

/** Objects may have further fields. */
function includes(actual: unknown, expected: unknown): boolean {
	if (typeof expected !== "object" || expected === null || Array.isArray(expected)) {
		return isDeepStrictEqual(actual, expected);
	}
	const fields = (actual ?? {}) as Readonly<Record<string, unknown>>;
	return Object.entries(expected).every(([name, value]) => isDeepStrictEqual(fields[name], value));
}
