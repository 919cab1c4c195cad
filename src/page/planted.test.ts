import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { loadContract } from "../contract/load.ts";
import type { Finding } from "../finding/finding.ts";
import { inferModel } from "../model/infer.ts";
import { docketOf, holdPages } from "./hold-pages.ts";
import { parsePage } from "./load-page.ts";
import { namesOf } from "./vocabulary.ts";

const FORMS = ["md", "html", "txt"] as const;
type Form = (typeof FORMS)[number];
type Each = string | Readonly<Record<Form, string>>;

/** One mistake: a text of the page, what stands there instead, and the finding that must come of it. */
interface Mistake {
	readonly name: string;
	readonly from: Each;
	readonly to: Each;
	/** What stands on the line that the finding names; what was put in when not given. */
	readonly at?: Each;
	readonly finds: string;
}

const row = (md: string, html: string, txt: string): Each => ({ md, html, txt });

/** Rule, operation, what it is about, the page's side and the document's. */
const MISTAKES: readonly Mistake[] = [
	{
		name: "a path with a letter too few",
		from: "/v1/books/:book_id/tags",
		to: "/v1/books/:book_id/tag",
		finds:
			"drift page-endpoint GET /v1/books/{book_id}/tag  | GET /v1/books/{book_id}/tag | GET /v1/books/{book_id}/tags",
	},
	{
		name: "another method",
		from: "PATCH",
		to: "POST",
		at: row(
			"| POST | `/v1/books/{book_id}` |",
			"<td>POST</td><td><code>/v1/books/{book_id}<",
			"POST | /v1/books/{book_id} |",
		),
		finds: "drift page-endpoint POST /v1/books/{book_id}  | POST | GET, PATCH, DELETE",
	},
	{
		name: "another name of a query parameter",
		from: row("| `limit` |", "<code>limit</code>", "\nlimit\n"),
		to: row("| `per_page` |", "<code>per_page</code>", "\nper_page\n"),
		at: "per_page",
		finds: "drift page-parameter GET /v1/books per_page | query parameter per_page | query parameter limit",
	},
	{
		name: "another name of a path parameter",
		from: "DELETE /v1/books/{book_id}",
		to: "DELETE /v1/books/{id}",
		finds: "surprise page-endpoint DELETE /v1/books/{book_id} id | {id} | {book_id}",
	},
	{
		name: "required in place of optional",
		from: row(
			"| `pages` | integer | optional |",
			"<code>pages</code></td><td>integer</td><td>optional",
			"pagesintegeroptional",
		),
		to: row(
			"| `pages` | integer | required |",
			"<code>pages</code></td><td>integer</td><td>required",
			"pagesintegerrequired",
		),
		finds: "drift page-field POST /v1/books pages | required | optional",
	},
	{
		name: "another type",
		from: row("| `genre` | string | — |", "<code>genre</code></td><td>string</td><td>&mdash;", "genre\nstring\n—"),
		to: row("| `genre` | integer | — |", "<code>genre</code></td><td>integer</td><td>&mdash;", "genre\ninteger\n—"),
		finds: "drift page-parameter GET /v1/books genre | integer | string",
	},
	{
		name: "another length",
		from: "at most 120 characters",
		to: "at most 100 characters",
		finds: "drift page-field POST /v1/books title | at most 100 characters | at most 120 characters",
	},
	{
		name: "another bound",
		from: row("Which page, ≥ 1.", "Which page, &ge; 1.", "Which page, ≥ 1."),
		to: row("Which page, ≥ 0.", "Which page, &ge; 0.", "Which page, ≥ 0."),
		at: row("| `page` |", "<code>page</code>", "page\ninteger"),
		finds: "drift page-parameter GET /v1/books page | at least 0 | at least 1",
	},
	{
		name: "another default",
		from: row("integer | 1 |", "<td>integer</td><td>1</td>", "page\ninteger\n1\n"),
		to: row("integer | 0 |", "<td>integer</td><td>0</td>", "page\ninteger\n0\n"),
		finds: "drift page-parameter GET /v1/books page | 0 by default | 1 by default",
	},
	{
		name: "another value of a list",
		from: "novel, poetry, science or travel",
		to: "novel, poetry, drama or travel",
		finds:
			"drift page-field POST /v1/books genre | one of novel, poetry, drama, travel | one of novel, poetry, science, travel",
	},
	{
		name: "another pattern",
		from: "^97[89][0-9]{10}$",
		to: "^978[0-9]{10}$",
		finds: "drift page-field POST /v1/books isbn | matches ^978[0-9]{10}$ | matches ^97[89][0-9]{10}$",
	},
	{
		name: "a required field left out",
		from: row(
			"| `author` | string | required | Who wrote it. |\n",
			"<tr><td><code>author</code></td><td>string</td><td>required</td><td>Who wrote it.</td></tr>\n",
			"authorstringrequiredWho wrote it.\n",
		),
		to: "",
		at: row("| Field |", "<th>Field</th>", "FieldType"),
		finds: "drift page-field POST /v1/books author | no field author | required",
	},
	{
		name: "another name of a header",
		from: row("| `X-Branch` |", "<code>X-Branch</code>", "X-Branchstring"),
		to: row("| `X-Branches` |", "<code>X-Branches</code>", "X-Branchesstring"),
		finds: "drift page-parameter ANY / X-Branches | header X-Branches | header X-Branch",
	},
	{
		name: "another status above an answer",
		from: "Response — 201 Created",
		to: "Response — 200 OK",
		finds: "drift page-status POST /v1/books 200 | 200 | 201",
	},
	{
		name: "a status that nothing answers",
		from: row("| 422 |", "<td>422</td>", "422\t"),
		to: row("| 410 |", "<td>410</td>", "410\t"),
		finds: "drift page-status POST /v1/books 410 | 410 | 401, 409, 422",
	},
	{
		name: "an answer of another type",
		from: '"pages": 312',
		to: '"pages": "312"',
		finds:
			"drift page-example GET /v1/books books[].pages | an example of the 200 answer | books[].pages must be an integer",
	},
	{
		name: "an example that breaks the page's own rule",
		from: '    cover: "https://pics.example.com/salt.png"',
		to: '    cover: "https://pics.example.com/covers/large/salt.png"',
		finds: "drift page-example POST /v1/books cover | an example of the request | cover must be at most 40 characters",
	},
	{
		name: "a misspelt query in a command",
		from: "?genre=poetry",
		to: "?genres=poetry",
		finds: "drift page-request GET /v1/books genres | query parameter genres | query parameter genre",
	},
	{
		name: "a request without a required field",
		from: '    isbn: "9780000000001",\n',
		to: "",
		at: "body: JSON.stringify({",
		finds: 'drift page-example POST /v1/books isbn | an example of the request | must have the property "isbn"',
	},
	{
		name: "a sentence that says otherwise",
		from: "Replaces the tags of the book.",
		to: "Appends to the existing tags of the book.",
		finds: "suggestion page-sentence PUT /v1/books/{book_id}/tags  | append | replace",
	},
];

const contract = await loadContract({ spec: "src/page/fixture/books.yaml" });
const model = inferModel(contract);
const pages = new Map<Form, string>();
for (const form of FORMS) pages.set(form, await readFile(`src/page/fixture/books.${form}`, "utf8"));

const textOf = (each: Each, form: Form): string => (typeof each === "string" ? each : each[form]);

async function hold(form: Form, text: string): Promise<readonly Finding[]> {
	const page = await parsePage(`books.${form}`, text, namesOf(contract));
	const options = { contract, model, api: "books", command: "holdfast docs", today: "2026-11-27" };
	return holdPages(docketOf([page], contract, model), options).findings;
}

function plant(text: string, form: Form, mistakes: readonly Mistake[]): string {
	return mistakes.reduce((page, { from, to, name }) => {
		const [before, ...after] = page.split(textOf(from, form));
		if (after.length !== 1) throw new Error(`"${name}" stands ${after.length} times in the ${form}`);
		return `${before}${textOf(to, form)}${after[0]}`;
	}, text);
}

const shown = ({ level, rule, operation, subject, documented, observed, source }: Finding): string =>
	`${level} ${rule} ${operation.method} ${operation.path} ${subject ?? ""} | ${documented} | ${observed} @${source.line}`;

function expected(text: string, form: Form, { to, at = to, finds }: Mistake): string {
	const wanted = textOf(at, form);
	const offset = text.indexOf(wanted) + (wanted.length - wanted.trimStart().length);
	return `${finds} @${text.slice(0, offset).split("\n").length}`;
}

describe.each(FORMS)("a page in %s", (form) => {
	const right = pages.get(form) ?? "";

	test("that is right in all gives no finding", async () => {
		expect((await hold(form, right)).map(shown)).toEqual([]);
	});

	test("with twenty mistakes gives these twenty findings", async () => {
		const text = plant(right, form, MISTAKES);
		const wanted = MISTAKES.map((mistake) => expected(text, form, mistake));
		expect((await hold(form, text)).map(shown).toSorted()).toEqual(wanted.toSorted());
		expect(wanted).toHaveLength(20);
	});

	test.each(MISTAKES)("with $name gives that finding alone", async (mistake) => {
		const text = plant(right, form, [mistake]);
		expect((await hold(form, text)).map(shown)).toEqual([expected(text, form, mistake)]);
	});
});
