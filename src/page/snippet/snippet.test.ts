import { describe, expect, test } from "vitest";
import { passageOf } from "../block.ts";
import { parseCurl } from "./parse-curl.ts";
import { parseFetch } from "./parse-fetch.ts";
import { parseHttp } from "./parse-http.ts";
import type { Snippet } from "./snippet.ts";

const linesOf = (text: string) => text.split("\n").map((line, index) => ({ text: line, line: index + 10 }));
const short = ({ method, path, headers, body, line }: Snippet) => ({
	request: `${method} ${path.host ?? ""}${path.path}`,
	query: path.query.map(({ name, value }) => `${name}=${value}`).join("&"),
	headers: headers.map(({ name, value, line: at }) => `${at} ${name}: ${value}`),
	body: body?.example?.value ?? body?.text,
	line,
});

describe("a curl command", () => {
	test.each([
		["curl https://a.example/pets", { request: "GET https://a.example/pets" }],
		["$ curl -sS -XDELETE 'https://a.example/pets/1' | jq .", { request: "DELETE https://a.example/pets/1" }],
		[
			"curl --request=PATCH --url https://a.example/p -d '{\"a\": 1}'",
			{ request: "PATCH https://a.example/p", body: { a: 1 } },
		],
		[
			"curl https://a.example/p --json '{\"a\": [true]}'",
			{ headers: ["10 Content-Type: application/json"], body: { a: [true] } },
		],
		["curl -G https://a.example/p -d a=1 -d b=2", { request: "GET https://a.example/p", query: "a=1&b=2" }],
		["curl -I https://a.example/p?x=*", { request: "HEAD https://a.example/p", query: "x=*" }],
		[
			'curl "$BASE/pets/$ID" \\\n  -H "X-Key: $KEY"',
			{
				request: expect.stringMatching(/^GET .*BASE.*\/pets\/\{ID\}$/),
				headers: [expect.stringMatching(/^11 X-Key: .*KEY/)],
			},
		],
		[
			"curl -u me:secret -o out.json a.example/pets",
			{ request: "GET https://a.example/pets", headers: ["10 Authorization: Basic …"] },
		],
		[
			"curl -X POST https://a.example/p \\\n -d '{\n  \"a\": 1\n }'",
			{ request: "POST https://a.example/p", body: { a: 1 } },
		],
	])("%j", (text, wanted) => {
		expect(short(parseCurl(passageOf(linesOf(text)))[0] as Snippet)).toMatchObject(wanted);
	});

	test("knows the line of each member of its body", () => {
		const [snippet] = parseCurl(
			passageOf(linesOf('curl -X POST https://a.example/p \\\n -d \'{\n  "a": 1,\n  "b": 2\n }\'')),
		);
		expect(snippet?.body?.example?.lineOf("/b")).toBe(13);
	});

	test("is one of several, or none", () => {
		expect(
			parseCurl(passageOf(linesOf("curl https://a.example/1\ncurl https://a.example/2"))).map(
				(one) => short(one).request,
			),
		).toEqual(["GET https://a.example/1", "GET https://a.example/2"]);
		expect(parseCurl(passageOf(linesOf("libcurl is a library")))).toEqual([]);
	});
});

describe("a call of fetch", () => {
	test.each([
		["fetch('https://a.example/p?q=1')", { request: "GET https://a.example/p", query: "q=1" }],
		["await window.fetch(base + '/pets/' + id, { method: 'put' })", { request: "PUT <base>/pets/…" }],
		[
			"const r = await fetch(url + '/p', { method: 'POST', headers: { 'X-Key': key }, body: JSON.stringify({ a: -1, b: [x, 'c'] }) });",
			{ request: "POST <base>/p", headers: ["10 X-Key: …"], body: { a: -1, b: ["…", "c"] } },
		],
	])("%j", (text, wanted) => {
		expect(short(parseFetch(passageOf(linesOf(text)))[0] as Snippet)).toMatchObject(wanted);
	});

	test.each(["fetch(", "fetch(url)", "fetch('/p', options)", "fetch('/p', { method })", "prefetch('/p')"])(
		"is not read where only running it would tell: %j",
		(text) => {
			expect(parseFetch(passageOf(linesOf(text)))).toEqual([]);
		},
	);
});

test("raw HTTP holds requests and answers", () => {
	const { requests, answers } = parseHttp(
		linesOf(
			'POST /p HTTP/1.1\nHost: a.example\nX-A: 1\n\n{"a": 1}\n\nHTTP/1.1 201 Created\nContent-Type: application/json\n\n{"id": 7}',
		),
	);
	expect(requests.map(short)).toEqual([
		{ request: "POST https://a.example/p", query: "", headers: ["12 X-A: 1"], body: { a: 1 }, line: 10 },
	]);
	expect(answers.map(({ status, example, line }) => [status, example?.value, line])).toEqual([["201", { id: 7 }, 16]]);
});
