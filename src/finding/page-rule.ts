import type { RuleGuide } from "./rule.ts";

/** The rules that `holdfast docs` holds pages to. */
export type PageRule =
	| "page-endpoint"
	| "page-parameter"
	| "page-field"
	| "page-status"
	| "page-example"
	| "page-request"
	| "page-answer"
	| "page-sentence";

const DRIFT = "Drift: page and document contradict each other.";
const OTHERWISE = "Correct the document: the page is then held to what it says.";
const OR_SILENT = `${DRIFT} A surprise where the document says nothing of it.`;

/** In these, `documented` is what the page says, and `observed` what the document says or the service shows. */
export const PAGE_RULES: Readonly<Record<PageRule, RuleGuide>> = {
	"page-endpoint": {
		sentence: "An endpoint that a page names is one of the document, and pages name all of them.",
		looks:
			"Methods and paths in titles, tables, running text and snippets. Paths may be written with the base path of a server or without, their parameters as `{id}`, `:id` or `<id>`. What a page says it does not cover stays out, and so does what is at another host. That an operation is on no page is told only where the pages name at least half of all.",
		example: { operation: "PUT /users/{id}", documented: "PUT", observed: "GET, PATCH, DELETE" },
		level:
			"Drift: who follows the page meets 404 or 405. A surprise when only the name of a path parameter differs, or when no page names an operation.",
		otherwise: OTHERWISE,
	},
	"page-parameter": {
		sentence: "A parameter or header that a page describes is there, and is as the page says.",
		looks:
			"Tables of path, query and header parameters, and queries in titles: names, whether they are required, types, bounds, patterns, defaults and listed values. A table of which too little is in the document is about something else.",
		example: { operation: "GET /users", documented: "at most 500", observed: "at most 100" },
		level: OR_SILENT,
		otherwise: OTHERWISE,
	},
	"page-field": {
		sentence: "A field that a page describes is there, and is as the page says.",
		looks:
			"Tables of the fields of requests and answers: names, whether they are required, types, bounds, patterns, formats, defaults and listed values; and whether a table of a request leaves out what must be sent.",
		example: { operation: "POST /users", documented: "optional", observed: "required" },
		level: OR_SILENT,
		otherwise: OTHERWISE,
	},
	"page-status": {
		sentence: "A status that a page names is documented for what it is named for.",
		looks:
			"Titles above answers (`404 Not Found`), tables of statuses and errors, and sentences such as `returns 404`. Where a page speaks of all endpoints, one of them must document it.",
		example: { operation: "POST /users", documented: "200", observed: "201" },
		level: "Drift in titles and tables; a surprise in running text, and for what any server may answer (429, 5xx).",
		otherwise: OTHERWISE,
	},
	"page-example": {
		sentence: "An example on a page is valid: by the document, and by the page's own tables.",
		looks:
			"JSON on the page, against the schema of the request or of the answer that it stands for. Placeholders (`...`, `<id>`, `YOUR_KEY`) and what is left out are not judged; an example of which nobody can tell what it is an example of is left alone.",
		example: {
			operation: "POST /apps/{app_id}",
			documented: "an example",
			observed: "api_key must be at least 16 characters long",
		},
		level: "Drift: who copies it is refused. A surprise when it has a field that the document does not name.",
		otherwise: OTHERWISE,
	},
	"page-request": {
		sentence: "A request that a page shows is one that the document admits.",
		looks:
			"`curl`, `fetch` and raw HTTP: the query, headers, credentials, media type and body of each request. Nothing is run for it.",
		example: { operation: "GET /users", documented: "query parameter org", observed: "query parameter org_id" },
		level: "Drift. A surprise when only the credential is left out.",
		otherwise: OTHERWISE,
	},
	"page-answer": {
		sentence: "The service answers a request of a page as the page shows it.",
		looks:
			"With `--target`: requests of the page that change nothing are sent; with `--disposable` also the others, in the order of the page. The answer is held against the status and the example that the page gives. What depends on items that are not there is not decided.",
		example: { operation: "GET /health", documented: "uptime is part of the answer", observed: "absent" },
		level: "Drift: the page promises what the service does not do.",
		otherwise: "Correct the page.",
	},
	"page-sentence": {
		sentence: "What a page says of behaviour is what the document says.",
		looks:
			"Sentences near an endpoint that say what it does to what is there: replaces, appends, overwrites, leaves unchanged, shows once, must exist. They are held against what `holdfast explain` shows.",
		example: { operation: "PUT /apps/{id}/numbers", documented: "append", observed: "replace" },
		level: "A suggestion, always: it never fails a run. `holdfast check` finds out what the service does.",
		otherwise: OTHERWISE,
	},
};
