import { isDeepStrictEqual } from "node:util";
import type { AnswerPattern, WitnessRequest } from "./fault.ts";

/** One answer, its body parsed when it is JSON. */
export interface WitnessAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
}

/**
 * Sends the requests of a witness one after the other, with what earlier answers made up in its place.
 *
 * @param headersFor the headers of a credential
 */
export async function sendWitness(
	url: string,
	requests: readonly WitnessRequest[],
	headersFor: (credential: WitnessRequest["credential"]) => Readonly<Record<string, string>>,
): Promise<readonly WitnessAnswer[]> {
	const answers: WitnessAnswer[] = [];
	for (const request of requests) {
		const { method, path, credential, body, headers } = fillReferences(request, answers);
		const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
		const answer = await fetch(url + path, {
			method,
			headers: { ...headersFor(credential), ...headers, ...type },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
		answers.push({ status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text });
	}
	return answers;
}

/** Whether the last answer is as the pattern says. */
export function showsPattern(answers: readonly WitnessAnswer[], pattern: AnswerPattern): boolean {
	const answer = answers.at(-1);
	if (answer === undefined) return false;
	const { status, mediaType, headers, body, absent = [] } = pattern;
	return (
		(status === undefined || status === answer.status) &&
		(mediaType === undefined || answer.headers.get("content-type")?.split(";")[0] === mediaType) &&
		Object.entries(headers ?? {}).every(([name, wanted]) => {
			return (typeof wanted === "string" ? answer.headers.get(name) : answer.headers.has(name)) === wanted;
		}) &&
		(body === undefined || includes(answer.body, fillReferences(body, answers))) &&
		absent.every((pointer) => valueAt(answer.body, pointer) === undefined)
	);
}

const REFERENCE = /\{(\d+)(\/[^}]*)\}/g;

/** @throws when an answer has nothing where a reference leads. */
function fillReferences<T>(value: T, answers: readonly WitnessAnswer[]): T {
	const filled = JSON.stringify(value).replaceAll(REFERENCE, (reference, number: string, pointer: string) => {
		const found = valueAt(answers[Number(number) - 1]?.body, pointer);
		if (typeof found !== "string") throw new Error(`nothing stands at ${reference}: ${JSON.stringify(answers)}`);
		return JSON.stringify(found).slice(1, -1);
	});
	return JSON.parse(filled);
}

function valueAt(value: unknown, pointer: string): unknown {
	const tokens = pointer.split("/").slice(1);
	return tokens.reduce<unknown>(
		(inner, token) => (inner as Readonly<Record<string, unknown>> | undefined)?.[token],
		value,
	);
}

/** Objects may have further fields, at any depth; a list has exactly its elements. */
function includes(actual: unknown, expected: unknown): boolean {
	if (Array.isArray(expected)) {
		if (!Array.isArray(actual) || actual.length !== expected.length) return false;
		return expected.every((element, index) => includes(actual[index], element));
	}
	if (typeof expected !== "object" || expected === null) return isDeepStrictEqual(actual, expected);
	const fields = (actual ?? {}) as Readonly<Record<string, unknown>>;
	return Object.entries(expected).every(([name, value]) => includes(fields[name], value));
}
