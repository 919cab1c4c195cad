import type { MediaType, Operation, Response } from "../../src/contract/contract.ts";
import { jsonOf, type Received } from "./client.ts";
import type { Judge } from "./independent-document.ts";
import { isJsonName } from "./wire.ts";

/** What the document says of an answer. */
export interface Judgement {
	/** A success that the document names. */
	readonly isSuccess: boolean;
	/** The body was held against a schema. */
	readonly isBodyJudged: boolean;
	/**
	 * A client error that the document does not name. It need not (OpenAPI 3.1, Responses Object: "not necessarily
	 * expected to cover all possible HTTP response codes"), and whoever guesses ids gets some.
	 */
	readonly isUnnamedRefusal: boolean;
	/** What is wrong with it; empty for a valid answer. */
	readonly faults: readonly string[];
}

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6, 15.4.5). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** Holds an answer against what the document says of its status, its headers and its body. */
export function judgeAnswer(operation: Operation, received: Received, judge: Judge): Judgement {
	const { status } = received;
	const response = documented(operation, status);
	if (response === undefined) {
		const isUnnamedRefusal = status >= 400 && status < 500;
		const faults = isUnnamedRefusal ? [] : [`the status ${status} is not documented`];
		return { isSuccess: false, isBodyJudged: false, isUnnamedRefusal, faults };
	}
	const body = judgeBody(response, received, { operation, judge });
	return {
		isSuccess: isSuccess(operation, response, status),
		isBodyJudged: body.isJudged,
		isUnnamedRefusal: false,
		faults: [...judgeHeaders(response, received, judge), ...body.faults],
	};
}

/** Whether the document names anything that could be a success. */
export function documentsSuccess({ responses }: Operation): boolean {
	return responses.some(({ status }) => /^[23]|^default$/.test(status));
}

function documented({ responses }: Operation, status: number): Response | undefined {
	const family = `${Math.floor(status / 100)}XX`;
	return [String(status), family, "default"].flatMap((name) => responses.find((one) => one.status === name) ?? [])[0];
}

/** `default` is a success only where nothing else is. */
function isSuccess({ responses }: Operation, { status: name }: Response, status: number): boolean {
	if (status < 200 || status >= 400) return false;
	return name !== "default" || responses.every((one) => !/^[23]/.test(one.status));
}

function judgeHeaders(response: Response, { headers }: Received, judge: Judge): readonly string[] {
	return response.headers.flatMap(({ name, required, schema }) => {
		if (name.toLowerCase() === "content-type") return [];
		const text = headers[name.toLowerCase()];
		if (text === undefined) return required ? [`the header ${name} is missing`] : [];
		const faults = readings(text).map((value) => judge(schema, value));
		return faults.includes(undefined) ? [] : [`the header ${name}: ${faults[0]}`];
	});
}

/** What a header may mean: its text, or the number, boolean or list that it spells. */
function readings(text: string): readonly unknown[] {
	const scalar = /^-?\d+(?:\.\d+)?$/.test(text)
		? [Number(text)]
		: /^(?:true|false)$/.test(text)
			? [text === "true"]
			: [];
	const parts = text.split(/,\s*/);
	const pairs = text.includes("=")
		? parts.map((part) => part.split("=", 2))
		: parts.flatMap((part, at) => (at % 2 === 0 ? [[part, parts[at + 1] ?? ""]] : []));
	const numbers = parts.every((part) => /^-?\d+(?:\.\d+)?$/.test(part)) ? [parts.map(Number)] : [];
	const object = Object.fromEntries(
		pairs.map(([name = "", value = ""]) => [name, /^-?\d+$/.test(value) ? Number(value) : value]),
	);
	const json = /^[[{"]/.test(text) ? [jsonOf({ status: 0, headers: {}, body: Buffer.from(text) })] : [];
	return [text, ...scalar, ...json, parts, ...numbers, object];
}

interface Judged {
	readonly isJudged: boolean;
	readonly faults: readonly string[];
}

const NOTHING: Judged = { isJudged: false, faults: [] };

function judgeBody(
	response: Response,
	received: Received,
	{ operation, judge }: { operation: Operation; judge: Judge },
): Judged {
	const { status, headers, body } = received;
	if (response.content.length === 0 || BODILESS.has(status) || operation.method === "HEAD") return NOTHING;
	const given = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
	if (given === undefined)
		return { isJudged: true, faults: [body.length === 0 ? "the body is missing" : "the body has no Content-Type"] };
	const media = findMedia(response.content, given);
	if (media === undefined) return { isJudged: false, faults: [`the media type ${given} is not documented`] };
	if (media.schema === undefined) return NOTHING;
	const isJson = isJsonName(given);
	const value = isJson ? jsonOf(received) : body.toString();
	if (isJson && value === undefined) return { isJudged: true, faults: ["the body is not JSON"] };
	// Of what is neither JSON nor text nobody says how a value is written.
	if (!isJson && !isTextSchema(media)) return NOTHING;
	const fault = judge(media.schema, value);
	return { isJudged: true, faults: fault === undefined ? [] : [`the body: ${fault}`] };
}

function isTextSchema({ schema }: MediaType): boolean {
	const node = schema?.node;
	return typeof node === "object" && node !== null && "type" in node && node.type === "string";
}

function findMedia(content: readonly MediaType[], given: string): MediaType | undefined {
	const plain = (name: string): string => name.split(";")[0]?.trim() ?? "";
	return (
		content.find(({ name }) => plain(name) === given) ??
		content.find(
			({ name }) => plain(name).endsWith("/*") && given.startsWith(plain(name).slice(0, -1).replace("*/", "")),
		) ??
		content.find(({ name }) => !name.includes("/") || plain(name) === "*/*")
	);
}
