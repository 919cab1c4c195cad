import { PAGE_RULES, type PageRule } from "./page-rule.ts";

/** The name of a rule. Those that Schemathesis has too bear the names that its users know. */
export type Rule =
	| "not-a-server-error"
	| "status-code-conformance"
	| "content-type-conformance"
	| "response-headers-conformance"
	| "response-schema-conformance"
	| "negative-data-rejection"
	| "positive-data-acceptance"
	| "missing-required-header"
	| "unsupported-method"
	| "allow-header-conformance"
	| "use-after-free"
	| "ensure-resource-availability"
	| "ignored-auth"
	| "effect"
	| "guard"
	| "paging"
	| "filter"
	| "sort"
	| "scope-ignored"
	| "tenant-leak"
	| "reveal-once"
	| "failed-write-changed-state"
	| "rate-limit"
	| "race"
	| "example-conformance"
	| "response-time"
	| "undocumented-field"
	| PageRule;

/** What a rule means to whoever meets it in a report. */
export interface RuleGuide {
	/** One sentence: what must hold. */
	readonly sentence: string;
	/** What a check sends and looks at, in a few sentences. */
	readonly looks: string;
	/** A finding of this rule, as a report prints it. */
	readonly example: { readonly operation: string; readonly documented: string; readonly observed: string };
	/** When it counts as drift, as a surprise, or as a suggestion. */
	readonly level: string;
	/** How to say that the service is right: a change of the document, or an overlay. */
	readonly otherwise: string;
	/** An overlay action that declares it, where one line does. */
	readonly overlay?: string;
}

const SAID = "Drift where the document or an overlay says so, a surprise where only a convention does.";
const DOCUMENTED = "Drift: the document says it.";
const CORRECT = "Correct the document, or lay an overlay over it that says what the service does.";

/** Every rule by its stable, kebab-case name; the pages in `docs/rules` are written from this. */
export const RULES: Readonly<Record<Rule, RuleGuide>> = {
	"not-a-server-error": {
		sentence: "The service answers no 5xx that is not documented for a reason the request gives.",
		looks:
			"Every answer of every phase. A 500 is never excused by being documented; it fails a run also when it does not come back.",
		example: { operation: "POST /articles", documented: "no server error", observed: "status 500" },
		level: "Drift, always.",
		otherwise:
			"There is none: a server error is a bug. A 503 that is documented (maintenance, a dependency that is down) is no finding.",
	},
	"status-code-conformance": {
		sentence: "Every status is documented for its operation.",
		looks:
			"The status of every answer. What a transport answers by itself (405, 406, 413, 414, 415, 431) needs no documentation.",
		example: { operation: "POST /zones", documented: "400 or 422", observed: "409" },
		level: "A surprise: a document is seldom a complete list of what may go wrong.",
		otherwise: "Document the status, or `default`.",
		overlay: `- target: $.paths['/zones'].post.responses
  update: { "409": { description: The zone exists already. } }`,
	},
	"content-type-conformance": {
		sentence: "The answer's media type is one that the document names for its status.",
		looks: "The Content-Type of every answer that has a body, ranges and suffixes (`application/*+json`) included.",
		example: { operation: "GET /articles/{id}", documented: "application/json", observed: "text/plain" },
		level: DOCUMENTED,
		otherwise: "Name the media type under `content` of the response.",
	},
	"response-headers-conformance": {
		sentence: "Documented headers are present when required, and valid.",
		looks:
			"Every documented header of the answer's status: that it is there when `required`, and that its value is valid against its schema.",
		example: { operation: "POST /files", documented: "Retry-After is present", observed: "missing" },
		level: DOCUMENTED,
		otherwise: "Take away `required`, or correct the header's schema.",
	},
	"response-schema-conformance": {
		sentence: "The body is valid against the schema of its status and media type.",
		looks:
			"Every body, by JSON Schema as the document's version means it: `nullable`, `readOnly`, `writeOnly` and discriminators included. One place in the document is one finding, whichever operations use it.",
		example: { operation: "GET /articles/{id}", documented: "must be string", observed: "invalid" },
		level: DOCUMENTED,
		otherwise: "Correct the schema.",
	},
	"negative-data-rejection": {
		sentence: "A request that breaks the documented input rules is refused.",
		looks:
			"Otherwise good requests in which exactly one documented rule is broken: one past each bound, a wrong type, a missing required property or parameter, a value that is not of the enumeration. A value that is another on the wire (every text is a text) is not sent.",
		example: { operation: "POST /articles", documented: "title is at most 80 characters", observed: "accepted" },
		level: "Drift where a refusal is documented, else a surprise.",
		otherwise: "Loosen the schema to what is accepted, or leave the refusal (400, 422) undocumented.",
	},
	"positive-data-acceptance": {
		sentence: "A request that keeps the documented input rules is not refused.",
		looks:
			"The document's own examples, and requests that differ from an accepted one only in a documented boundary or a member of an enumeration.",
		example: {
			operation: "POST /articles",
			documented: "title may be exactly 80 characters long",
			observed: "refused with 400",
		},
		level: DOCUMENTED,
		otherwise: "Write the stricter rule into the schema.",
	},
	"missing-required-header": {
		sentence: "A request without a required header is refused.",
		looks:
			"An otherwise good request, once for each required header parameter, without it. Accept, Content-Type and Authorization are said elsewhere in a document and are left out here.",
		example: { operation: "GET /report", documented: "X-Tenant is required", observed: "accepted" },
		level: "Drift where a refusal is documented, else a surprise.",
		otherwise: "Take away `required` from the parameter.",
	},
	"unsupported-method": {
		sentence: "A method that the document does not list for a path is refused.",
		looks:
			"Each path once with a method that is not documented for it. On a target that others use only items that the run itself made are touched.",
		example: { operation: "GET /articles/{id}", documented: "POST is refused", observed: "status 202" },
		level: "A surprise: no document says that there is nothing else.",
		otherwise: "Document the operation.",
	},
	"allow-header-conformance": {
		sentence: "A 405 names the allowed methods, and they are the documented ones.",
		looks: "The Allow header of a 405 (RFC 9110, section 15.5.6). HEAD and OPTIONS may always be there.",
		example: { operation: "GET /articles/{id}", documented: "GET, PUT, DELETE", observed: "lacks PUT" },
		level: "A surprise: HTTP asks for it, the document does not.",
		otherwise: "Document the methods that there are.",
	},
	"use-after-free": {
		sentence: "What was deleted is gone.",
		looks: "Items that the run made and deleted: read, listed, written to and deleted once more.",
		example: { operation: "DELETE /articles/{id}", documented: "remove", observed: "ignore" },
		level: SAID,
		otherwise: "Say what a removal leaves.",
		overlay: `- target: $.paths['/keys/{id}'].delete
  update: { x-holdfast: { effect: { remove: keys, keeps: { status: revoked } } } }`,
	},
	"ensure-resource-availability": {
		sentence: "What was created can be read.",
		looks: "Items that the run made: read by their key, and where the answer's Location leads.",
		example: { operation: "POST /articles", documented: "Location leads to the item", observed: "404" },
		level: SAID,
		otherwise: "Say that the operation makes nothing that can be read.",
		overlay: `- target: $.paths['/jobs'].post
  update: { x-holdfast: { effect: opaque } }`,
	},
	"ignored-auth": {
		sentence: "Credentials that are documented as needed are needed, and wrong ones are refused.",
		looks:
			"Otherwise good requests without credentials, with a wrong one, with one that is a letter short or long, and with one in another case. Each by itself.",
		example: {
			operation: "GET /admin/health",
			documented: "401 without the right credentials",
			observed: "a prefix is accepted",
		},
		level: DOCUMENTED,
		otherwise: "Write `security: []` where no credential is needed.",
	},
	effect: {
		sentence: "An operation does to its resource what the document says it does.",
		looks:
			"Short sequences of writes and reads on which the documented effect and each plausible other one must answer differently. What was observed is named only when every other explanation is excluded.",
		example: { operation: "PUT /apps/{id}/numbers", documented: "replace", observed: "append" },
		level: SAID,
		otherwise: "Declare the effect that the operation has.",
		overlay: `- target: $.paths['/apps/{id}/numbers'].put
  update: { x-holdfast: { effect: append } }`,
	},
	guard: {
		sentence: "A documented precondition is enforced, with its documented status.",
		looks:
			"Otherwise good requests that violate exactly one precondition: a parent or an item that is not there, a value that must be unique, a value that must be of a set.",
		example: { operation: "PUT /articles/{id}", documented: "404 unless the article exists", observed: "not enforced" },
		level: SAID,
		otherwise: "Take the status out of the responses, or declare the guards that there are.",
		overlay: `- target: $.paths['/articles/{id}'].put
  update: { x-holdfast: { effect: upsert } }`,
	},
	paging: {
		sentence: "Pages together show every item once, and totals are true.",
		looks:
			"Every page of a list of the run's own items: nothing twice, nothing missing, limits and offsets at their edges, the total against what is there. Judged only where nothing else moves.",
		example: {
			operation: "GET /users",
			documented: "pages show every item once",
			observed: "page 2 repeats the last item",
		},
		level: SAID,
		otherwise: "Describe the parameters as what they are, or declare the pager.",
	},
	filter: {
		sentence: "A filter shows all that match and nothing else.",
		looks:
			"Items of the run's own whose values are prefixes of each other, differ in case only, or not at all; the list is asked for each.",
		example: { operation: "GET /users", documented: "status shows those that match", observed: "ignored" },
		level: SAID,
		otherwise: "Describe what the parameter matches, or declare the filter.",
	},
	sort: {
		sentence: "A documented order is kept.",
		looks:
			"Lists of the run's own items, asked for in each documented order and direction. Without a documented order nothing is claimed.",
		example: { operation: "GET /users", documented: "newest first", observed: "reversed" },
		level: SAID,
		otherwise: "Take the order out of the description, or declare the one that is kept.",
	},
	"scope-ignored": {
		sentence: "A documented scope is needed.",
		looks:
			"Each scope of each operation, with callers whose scope is missing, another, or one that a careless comparison takes for it. It needs identities, or keys that the API itself issues with scopes.",
		example: { operation: "POST /users", documented: "403 without admin:users", observed: "compared by prefix" },
		level: DOCUMENTED,
		otherwise: "Correct the scopes in `security`.",
	},
	"tenant-leak": {
		sentence: "What belongs to one tenant is not seen by another.",
		looks: "Items of one identity, read, listed, filtered, written and deleted by another. It needs two identities.",
		example: {
			operation: "GET /projects",
			documented: "shows what belongs to the caller's tenant",
			observed: "shows every tenant's",
		},
		level: "Drift: an overlay declares what is separate.",
		otherwise: "Take the partition away, or say which resources are shared.",
	},
	"reveal-once": {
		sentence: "A secret is shown once and never again.",
		looks: "Every later answer that shows the item: it may mask the secret or leave it out.",
		example: { operation: "GET /keys/{id}", documented: "read", observed: "shows the secret again" },
		level: SAID,
		otherwise: "Take `reveal: once` away.",
		overlay: `- target: $.components.schemas.Key.properties.secret.x-holdfast
  remove: true`,
	},
	"failed-write-changed-state": {
		sentence: "A refused request changes nothing.",
		looks:
			"Everything that the request could have changed, after each refusal that an experiment provokes; also with a body of which only one part is wrong.",
		example: {
			operation: "PATCH /articles/{id}",
			documented: "a refused request changes nothing",
			observed: "applied in part",
		},
		level: SAID,
		otherwise: "There is none that a client could live with.",
	},
	"rate-limit": {
		sentence: "A documented rate limit is kept, per what it is documented for.",
		looks:
			"On a target of the run's own (`--disposable`): as many requests as are allowed, and one more; and whether another caller shares the count.",
		example: { operation: "POST /dial", documented: "429 after 100 requests in 60 s", observed: "off by one" },
		level: DOCUMENTED,
		otherwise: "Correct the number, or what it is counted for.",
	},
	race: {
		sentence: "Requests at the same time have an effect that some order of them explains.",
		looks:
			"Several clients at once on one item of the run's own; the answers are searched for an order in which each of them is admitted.",
		example: {
			operation: "DELETE /apps/{id}/numbers/{number}",
			documented: "some order explains the answers",
			observed: "lost update",
		},
		level: "Drift where an overlay or If-Match promises that writes are atomic, else a surprise.",
		otherwise: "Declare no atomicity: `atomic: false` at an operation whose resource promises it.",
		overlay: `- target: $.paths['/counters/{id}'].patch
  update: { x-holdfast: { atomic: false } }`,
	},
	"example-conformance": {
		sentence: "The document's own examples are valid.",
		looks: "Every example of a parameter, a request or a response, against its own schema. Nothing is sent for it.",
		example: {
			operation: "GET /tickets",
			documented: '/date must match format "date"',
			observed: "the example does not",
		},
		level: "A surprise: no service can mend it.",
		otherwise: CORRECT,
	},
	"response-time": {
		sentence: "Every operation answers within the time that is asked for.",
		looks:
			"Only on request, with `--max-response-time 200ms`: how long every answer of every phase takes. An operation that is late once is not told: that is the machine, as a rule.",
		example: { operation: "GET /reports", documented: "answered within 200 ms", observed: "later" },
		level:
			"Drift: whoever asks for a limit wants to know when it is not kept. Without the flag nothing is said of times.",
		otherwise: "Ask for more time, or leave the flag out.",
	},
	"undocumented-field": {
		sentence: "An answer has no field that its schema does not name.",
		looks:
			"Every JSON body, objects inside it included. A schema that allows additional properties on purpose (`additionalProperties: true` or a schema) is left alone.",
		example: { operation: "GET /zones", documented: "no such field", observed: "present" },
		level: "A surprise: most clients ignore what they do not know.",
		otherwise: "Name the field in the schema.",
	},
	...PAGE_RULES,
};
