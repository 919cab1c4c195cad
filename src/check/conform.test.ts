import { describe, expect, test } from "vitest";
import type { HttpAnswer } from "../http/exchange.ts";
import { behaviourOf } from "../model/model.ts";
import { createValidation } from "../schema/validate.ts";
import { bodyOf } from "./answer-shape.ts";
import { conform } from "./conform.ts";
import { loadService } from "./fixture/check-service.ts";
import type { Turn } from "./session.ts";

const { model } = await loadService("files.yaml");
const validation = createValidation();
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const PROBLEM_TYPE = { "content-type": "application/problem+json" };
const FILE = { name: "a", text: "b" };

function judge(
	operation: string,
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = JSON_TYPE,
) {
	const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
	const answer: HttpAnswer = { status, headers, body: text };
	const call = { operation, path: {}, query: {}, header: {}, credentials: {}, flaws: [] };
	const request = { method: "GET", path: "/", headers: {} };
	const exchange = { request, answer, durationMs: 1 };
	const turn: Turn = { call, exchange, curl: "", told: undefined, answer, body: bodyOf(answer) };
	return conform(behaviourOf(model, operation).operation, turn, validation).map(
		({ rule, level, documented, observed }) => `${level} ${rule}: ${documented} · ${observed}`,
	);
}

describe("an answer conforms", () => {
	test.each<[string, string, number, unknown, Readonly<Record<string, string>>?]>([
		["as documented", "getFile", 200, FILE],
		["with a documented refusal", "getFile", 404, { title: "no", status: 404 }, PROBLEM_TYPE],
		["without a body where none is documented", "deleteFile", 204, undefined, {}],
		["of the transport, whatever is documented", "getFile", 405, "no", { "content-type": "text/plain" }],
		["with a required header", "getFile", 429, { title: "no", status: 429 }, { ...PROBLEM_TYPE, "retry-after": "3" }],
	])("%s", (_, operation, status, body, headers) => {
		expect(judge(operation, status, body, headers)).toEqual([]);
	});
});

describe("an answer does not conform", () => {
	test.each<[string, string, number, unknown, Readonly<Record<string, string>>, string]>([
		["failing", "getFile", 500, "", {}, "drift not-a-server-error: no server error · status 500"],
		["failing in a way of its own", "getFile", 502, "", {}, "drift not-a-server-error: no server error · status 502"],
		["with another success", "getFile", 206, FILE, JSON_TYPE, "surprise status-code-conformance: 200 · 206"],
		["with another refusal", "deleteFile", 418, "", {}, "surprise status-code-conformance: 401 or 429 · 418"],
		["redirecting", "getFile", 302, "", { location: "/" }, "surprise status-code-conformance: no such status · 302"],
		[
			"as text",
			"getFile",
			200,
			"a",
			{ "content-type": "text/html" },
			"drift content-type-conformance: application/json · text/html",
		],
		["without a type", "getFile", 200, FILE, {}, "drift content-type-conformance: application/json · no content type"],
		[
			"without a required header",
			"getFile",
			429,
			{ title: "no", status: 429 },
			PROBLEM_TYPE,
			"drift response-headers-conformance: Retry-After is present · missing",
		],
		[
			"with a bad header",
			"getFile",
			429,
			{ title: "no", status: 429 },
			{ ...PROBLEM_TYPE, "retry-after": "soon" },
			"drift response-headers-conformance: Retry-After must be an integer · invalid",
		],
		[
			"without a required property",
			"getFile",
			200,
			{ name: "a" },
			JSON_TYPE,
			'drift response-schema-conformance: must have the property "text" · invalid',
		],
		[
			"with a bad one inside a list",
			"listFiles",
			200,
			{ files: [FILE, { name: "a", text: 1 }], total: 2 },
			JSON_TYPE,
			"drift response-schema-conformance: must be a string · invalid",
		],
		[
			"with what is no JSON",
			"getFile",
			200,
			"{",
			JSON_TYPE,
			"drift response-schema-conformance: must be an object · invalid",
		],
		[
			"with a property that nobody documents",
			"getFile",
			200,
			{ ...FILE, extra: 1 },
			JSON_TYPE,
			"surprise undocumented-field: no such field · present",
		],
	])("%s", (_, operation, status, body, headers, expected) => {
		expect(judge(operation, status, body, headers)).toEqual([expected]);
	});

	test("twice for one cause, whichever of two operations shares its place in the document", () => {
		const twice = ["getFile", "deleteFile"].map((operation) => judge(operation, 429, { title: "x" }, PROBLEM_TYPE));
		expect(twice[0]).toEqual(twice[1]);
		expect(twice[0]).toHaveLength(2);
	});
});
