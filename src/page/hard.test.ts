import { describe, expect, test } from "vitest";
import { loadContract } from "../contract/load.ts";
import { inferModel } from "../model/infer.ts";
import { docketOf, holdPages } from "./hold-pages.ts";
import { parsePage } from "./load-page.ts";
import { namesOf } from "./vocabulary.ts";

const contract = await loadContract({ spec: "src/page/fixture/books.yaml" });
const model = inferModel(contract);

async function hold(file: string, text: string): Promise<readonly string[]> {
	const page = await parsePage(file, text, namesOf(contract));
	const options = { contract, model, api: "books", command: "holdfast docs", today: "2026-11-27" };
	const { findings } = holdPages(docketOf([page], contract, model), options);
	return findings.map(
		({ level, rule, subject, observed, source }) => `${source.line} ${level} ${rule} ${subject ?? ""} ${observed}`,
	);
}

/** Each of these could be taken for a mistake by who reads too quickly. */
const HARMLESS: Readonly<Record<string, string>> = {
	"an empty page": "",
	"a page of another API":
		"# Pets\n\n## POST /pets\n\n| Field | Type |\n|---|---|\n| `name` | integer |\n\n## GET /pets/{id}\n",
	"a block of another API's code":
		"## GET /v1/books\n\n```sh\ncurl -X PUT https://api.other-library.dev/v1/books?colour=red -d '{\"a\":1}'\n```",
	"a table of something else":
		"## POST /v1/books\n\n| Field | Type | Required |\n|---|---|---|\n| `colour` | integer | yes |\n| `weight` | integer | yes |\n| `title` | integer | yes |",
	"an endpoint that is no longer there": "The former `GET /v1/book/{book_id}` was removed.",
	"an endpoint that is planned": "`POST /v1/books/{book_id}` is planned.",
	"what the page is not about":
		"Not covered here: `GET /v1/loans/{id}` and `/v1/branches/*`.\n\n## GET /v1/loans/{id}\n",
	placeholders:
		'## PATCH /v1/books/{book_id}\n\n### Request body\n\n```json\n{ "title": "...", "author": "<author>", "pages": "…" }\n```',
	"an example that is cut":
		'## GET /v1/books/{book_id}\n\n### Response 200\n\n```json\n{ "id": "bk_4f9c2a", ... }\n```',
	"a sketch of a shape":
		'## GET /v1/books\n\n### Response\n\n```json\n{ "books": [{ "id": "...", "title": "..." }], "total": 1 }\n```',
	"JSON that is none": '## GET /v1/books\n\n### Response\n\n```json\n{ "books": [ Book, Book ] }\n```',
	"an error as an answer": '## GET /v1/books/{book_id}\n\n### Response\n\n```json\n{ "error": "no such book" }\n```',
	"a number with a unit":
		"## POST /v1/books\n\n### Request body\n\n| Field | Type | Required | Description |\n|---|---|---|---|\n| `title` | string | yes | Max 2 KB on the wire, up to 10 per minute. |\n| `author` | string | yes | |\n| `isbn` | string | yes | |\n| `pages` | integer | no | Typically between 100 and 400. |\n| `genre` | string | no | |\n| `cover` | string | no | |",
	"a default that is only spoken of":
		"## GET /v1/books\n\n### Query parameters\n\n| Parameter | Type | Description |\n|---|---|---|\n| `limit` | integer | 0 is not allowed; the default (see below) is sensible. |\n| `page` | integer | |\n| `genre` | string | |",
	"required under a condition":
		"## POST /v1/books\n\n| Field | Required |\n|---|---|\n| `title` | yes |\n| `pages` | if `genre` is set |\n| `isbn` | required unless imported |\n| `author` | yes |\n| `genre` | no |\n| `cover` | no |",
	"another way to write a pattern":
		"## POST /v1/books\n\n| Field | Validations |\n|---|---|\n| `isbn` | Pattern: ^97(8\\|9)\\d{10}$ |\n| `title` | |",
	"a header of a proxy":
		"## GET /v1/books\n\n```sh\ncurl https://books.example.com/v1/books -H 'X-Library-Key: k1' -H 'X-Branch: north' -H 'X-Trace: 1'\n```",
	"a path that is written with its host's variable":
		'```sh\ncurl "$BASE/v1/books/bk_4f9c2a" -H "X-Library-Key: $KEY"\n```',
	"a status of all operations":
		"## Errors\n\n| Status | Meaning |\n|---|---|\n| 401 | no key |\n| 404 | not there |\n| 429 | slow down |\n",
	"a sentence with a number": "## GET /v1/books\n\nThe list returns 410 books at most, in 300 ms.",
	"a negated sentence": "## PUT /v1/books/{book_id}/tags\n\nIn the future it may append to the existing tags.",
	"a query that is left out": "## GET /v1/books?page=...&...\n",
};

describe.each(["page.md", "page.html"])("as %s", (file) => {
	test.each(Object.entries(HARMLESS))("%s is no mistake", async (_, markdown) => {
		const text = file.endsWith(".md") ? markdown : `<main><p>${markdown}`;
		const found = (await hold(file, text)).filter(
			(line) => !line.includes("surprise page-endpoint") && !line.includes("429"),
		);
		expect(found).toEqual([]);
	});
});

test("a table without its last tags, and cells that span, are read", async () => {
	const html = `<h2>POST /v1/books<table><tr><th>Field<th>Type<th>Required
<tr><td rowspan=2>title<td>string<td>yes
<tr><td>string<td>yes<tr><td colspan=2>isbn<td>no</table><h2>Else<p>never closed <b>at all`;
	expect(await hold("page.html", html)).toContain("3 drift page-field isbn required");
});

test("one line may hold a whole page", async () => {
	const html =
		`<h2>GET /v1/books</h2><pre>curl 'https://books.example.com/v1/books?genres=poetry' -H 'X-Library-Key: k' -H 'X-Branch: n1'</pre>`.repeat(
			2,
		);
	expect(await hold("page.html", html)).toEqual(["1 drift page-request genres query parameter genre"]);
});

test("windows line ends and a byte order mark change no line", async () => {
	const text = "\uFEFF## POST /v1/books\r\n\r\n### Response — 200 OK\r\n";
	expect(await hold("page.md", text)).toEqual(["3 drift page-status 200 201"]);
	expect(await hold("page.txt", text.replaceAll("#", "").replaceAll("\n ", "\n"))).toEqual([
		"3 drift page-status 200 201",
	]);
});

test("nothing of a page makes a pattern hang", async () => {
	const long = `${"a".repeat(40_000)} ${"/".repeat(20_000)} ${"GET ".repeat(5_000)} ${"{[".repeat(10_000)} ${"at least ".repeat(3_000)}`;
	const start = performance.now();
	for (const file of ["page.md", "page.html", "page.txt"]) {
		await hold(
			file,
			`## POST /v1/books\n\n| Field | Description |\n|---|---|\n| title | ${long} |\n\n${long}\n\n\`\`\`json\n${"[".repeat(3_000)}\n\`\`\`\n`,
		);
	}
	expect(performance.now() - start).toBeLessThan(20_000);
});

test("a page of a million characters is read in seconds", async () => {
	const section = `## GET /v1/books/{book_id}\n\nShows one book.\n\n| Parameter | Type |\n|---|---|\n| book_id | string |\n\n`;
	const start = performance.now();
	expect(await hold("page.txt", "A line of text that says nothing of interest.\n".repeat(22_000))).toEqual([]);
	expect(await hold("page.md", section.repeat(3_000))).toEqual([]);
	expect(performance.now() - start).toBeLessThan(30_000);
});
