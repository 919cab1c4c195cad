import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Finding, Step } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { DRIFT, SAMPLE } from "../finding/sample-run.ts";
import { renderIssue } from "./repair-issue.ts";
import { renderOverlay } from "./repair-overlay.ts";
import { renderTest } from "./repair-test.ts";

const JSON_HEADERS = { "content-type": "application/json" };

interface Told {
	readonly method: string;
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly status: number;
	readonly answer?: unknown;
	readonly expects?: Step["expects"];
}

function step({ method, path, headers = {}, body, status, answer, expects }: Told): Step {
	const request = { method, path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
	const came = { status, headers: JSON_HEADERS, body: answer === undefined ? "" : JSON.stringify(answer) };
	return {
		operation: "x",
		exchange: { request, answer: came, durationMs: 1 },
		curl: `curl 'http://127.0.0.1:8080${path}'`,
		parts: expects !== undefined,
		...(expects === undefined ? {} : { expects }),
	};
}
const findingOf = (...told: readonly Told[]): Finding => ({ ...DRIFT, evidence: told.map(step) });
const run: Run = { ...SAMPLE, marker: "hf4711" };
const testOf = (...told: readonly Told[]): string => {
	const rendered = renderTest(run, findingOf(...told));
	if (rendered.kind === "none") throw new Error(rendered.why);
	return rendered.text;
};
/** Only the test itself, without its helpers. */
const bodyOf = (text: string): string => /\ntest\([\s\S]*?\n\}\);/.exec(text)?.[0] ?? "";

const MADE: Told = {
	method: "POST",
	path: "/users",
	headers: { authorization: "Bearer «token»" },
	body: { email: "a@hf4711.test" },
	status: 201,
	answer: { id: "u-12345678", email: "a@hf4711.test" },
};
const wrong = {
	statuses: ["200"],
	body: { kind: "object", members: { email: { kind: "value", value: "a@hf4711.test" } } },
} as const;

test("sends keys of its own, what the service has named, and credentials from the environment", () => {
	const read: Told = {
		method: "GET",
		path: "/users/u-12345678?q=a%20b",
		headers: { authorization: "Bearer «token»" },
		status: 200,
		answer: { email: "other" },
		expects: wrong,
	};
	expect(bodyOf(testOf(MADE, read))).toMatchInlineSnapshot(`
		"
		test("PUT /admin/apps/{app_id}/cids: replace", async () => {
			const answer1 = await send("POST", "/users", {
				headers: { authorization: \`Bearer \${TOKEN}\` },
				body: JSON.stringify({ email: \`a@\${RUN}.test\` }),
			});
			expect(answer1.status).toBe(201);
			const answer2 = await send("GET", \`/users/\${encodeURIComponent(answer1.body.id)}?q=a%20b\`, {
				headers: { authorization: \`Bearer \${TOKEN}\` },
			});
			expect([200]).toContain(answer2.status);
			expect(answer2.body?.email).toEqual(\`a@\${RUN}.test\`);
		});"
	`);
	expect(testOf(MADE, read)).toContain('const TOKEN = variable("TOKEN");');
	expect(testOf(MADE, read)).toContain('const RUN = fresh("hf4711");');
});

test("takes a revealed secret from the answer that reveals it, and makes up what a client chooses", () => {
	const issue: Told = {
		method: "POST",
		path: "/keys",
		body: { secret: "«secret»" },
		status: 201,
		answer: { key: "«api key»" },
	};
	const use: Told = {
		method: "GET",
		path: "/me",
		headers: { "x-api-key": "«api key»", "x-other": "«other»" },
		status: 401,
		expects: { statuses: ["2XX"] },
	};
	const text = testOf(issue, use);
	expect(text).toContain('"x-api-key": answer1.body.key');
	expect(text).toContain("JSON.stringify({ secret: SECRET_1 })");
	expect(text).toContain('"x-other": OTHER');
	expect(text).toContain('expect(["2XX"].some((status) => isStatus(answer2.status, status))');
});

test.each<[string, NonNullable<Step["expects"]>, unknown, readonly string[]]>([
	["a status", { statuses: ["404", "410"] }, undefined, ["expect([404, 410]).toContain(answer1.status);"]],
	[
		"a set",
		{
			statuses: ["200"],
			body: { kind: "list", items: [{ kind: "value", value: "b" }], ordered: false, complete: true, without: [] },
		},
		["a", "b"],
		['expect(answer1.body).toContainEqual("b");', "expect(answer1.body).toHaveLength(1);"],
	],
	[
		"an order",
		{
			statuses: ["200"],
			body: {
				kind: "list",
				items: [{ kind: "value", value: 2 }, { kind: "any" }],
				ordered: true,
				complete: true,
				without: [],
			},
		},
		[1, 2],
		["expect(answer1.body).toEqual([2, expect.anything()]);"],
	],
	[
		"what must not be there, in an envelope",
		{
			statuses: ["200"],
			body: {
				kind: "object",
				members: { "all items": { kind: "list", items: [], ordered: false, complete: false, without: [{ id: 1 }] } },
			},
		},
		{ "all items": [{ id: 1, x: 2 }] },
		['expect(answer1.body?.["all items"]).not.toContainEqual({ id: 1 });'],
	],
])("expects %s", (_, expects, answer, lines) => {
	const text = bodyOf(testOf({ method: "GET", path: "/a", status: 200, answer, expects }));
	for (const line of lines) expect(text).toContain(`\t${line}\n`);
});

test("holds the shape of an answer against the document itself", () => {
	const finding: Finding = {
		...DRIFT,
		rule: "response-schema-conformance",
		evidence: [step({ method: "GET", path: "/a", status: 200, answer: 1 })],
	};
	const overlaid = { ...run, contract: { ...run.contract, overlays: ["o.yaml"] } };
	const text = renderTest(overlaid, finding);
	expect(text).toMatchObject({ kind: "test", text: expect.stringContaining('import { faultsOf } from "holdfast";') });
	expect(text).toMatchObject({
		text: expect.stringContaining(
			'spec: "spec/gateway/openapi.yaml", overlays: ["o.yaml"], operation: "replaceCids", answer: answer1 }',
		),
	});
});

const broken = { statuses: ["204"] };
test.each<[string, Partial<Finding>, string]>([
	["nothing was sent", { evidence: [] }, "nothing was sent for it"],
	["it is about many requests", { rule: "rate-limit" }, "the number and the time of requests"],
	["it is about one moment", { rule: "race" }, "does not come back in a sequence"],
	["nothing is said of one answer", {}, "what is documented is no one answer"],
	[
		"the answer is as expected",
		{ evidence: [step({ method: "GET", path: "/a", status: 204, expects: broken })] },
		"only together with those before",
	],
	[
		"a limit is what is answered",
		{ rule: "response-headers-conformance", evidence: [step({ method: "GET", path: "/a", status: 429 })] },
		"the number and the time of requests",
	],
	[
		"the value is masked",
		{
			rule: "positive-data-acceptance",
			evidence: [step({ method: "POST", path: "/a", body: { key: "«key»" }, status: 400, expects: broken })],
		},
		"the value that it is about was masked",
	],
	[
		"an item was made before",
		{
			rule: "undocumented-field",
			evidence: [{ ...step({ method: "GET", path: "/admin/apps/a", status: 200 }), operation: "readApp" }],
		},
		"what it needs was made before",
	],
	["a page is to be mended", { repair: { first: "document", service: "s", page: "p" } }, "the page is to be mended"],
	[
		"a wrong credential is masked",
		{
			rule: "ignored-auth",
			evidence: [
				step({ method: "GET", path: "/a", headers: { authorization: "«wrong»" }, status: 200, expects: broken }),
			],
		},
		"was masked with it",
	],
])("there is no test where %s", (_, parts, why) => {
	expect(renderTest(run, { ...DRIFT, ...parts })).toEqual({ kind: "none", why: expect.stringContaining(why) });
});

test("no text of a finding breaks out of the code", () => {
	// biome-ignore lint/suspicious/noTemplateCurlyInString: that is what is tried.
	const evil = "*/ `${process.exit()}` \"\n'); //\u2028";
	const rendered = renderTest(run, {
		...findingOf({
			method: "GET",
			path: `/${encodeURIComponent(evil)}`,
			headers: { "x-a": evil },
			body: { [evil]: evil, __proto__: null },
			status: 200,
			expects: { statuses: ["404"] },
		}),
		documented: evil,
		because: evil,
		observed: evil,
	});
	const text = rendered.kind === "test" ? rendered.text : "";
	const head = text.slice(0, text.indexOf("import "));
	expect(head.split("\n").every((line) => line === "" || line.startsWith("//"))).toBe(true);
	expect(head).not.toContain("\u2028");
	const { program, errors } = parseSync("a.ts", text);
	expect(errors).toEqual([]);
	// It stands in strings, and is called nowhere.
	expect(JSON.stringify(program)).not.toContain('"name":"exit"');
	expect(JSON.stringify(program)).toContain("process.exit");
});

test("the overlay names the finding, and is one action or more", () => {
	const overlay = renderOverlay(SAMPLE, {
		...DRIFT,
		repair: { ...DRIFT.repair, overlay: "- target: $.info\n  remove: true\n" },
	});
	expect(overlay).toContain("documented replace, observed append (3f9c1a)");
	expect(parse(overlay ?? "")).toMatchObject({ overlay: "1.0.0", actions: [{ target: "$.info", remove: true }] });
	const { overlay: _, ...none } = DRIFT.repair;
	expect(renderOverlay(SAMPLE, { ...DRIFT, repair: none })).toBeUndefined();
});

test("the bug says what cannot be said in an overlay", () => {
	const { overlay: _, ...none } = DRIFT.repair;
	expect(renderIssue(run, { ...DRIFT, repair: { ...none, why: "it is a bug" } })).toContain(
		"No overlay can: it is a bug.",
	);
});
