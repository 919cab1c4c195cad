import { describe, expect, test } from "vitest";
import type { Finding } from "../finding/finding.ts";
import { SAMPLE } from "../finding/sample-run.ts";
import type { HttpAnswer } from "../http/exchange.ts";
import type { Model } from "../model/model.ts";
import { modelOf, sampleDocument, sampleObject, TEXT } from "../model/sample-model.ts";
import { renderOverlay } from "../report/repair-overlay.ts";
import { createValidation } from "../schema/validate.ts";
import { bodyOf } from "./answer-shape.ts";
import { conform } from "./conform.ts";
import { createFindings } from "./draft.ts";
import { ARTICLE_FAULTS } from "./fixture/article-faults.ts";
import { articles } from "./fixture/articles.ts";
import { checkMended, leftIn } from "./fixture/sample-mended.ts";
import { serve } from "./fixture/serve.ts";
import { TEAM_FAULTS } from "./fixture/team-faults.ts";
import { OPTIONS as TEAM_OPTIONS, teams } from "./fixture/teams.ts";

const PET = {
	type: "object",
	required: ["name", "born"],
	properties: {
		name: { type: "string", maxLength: 3 },
		kind: { enum: ["cat"] },
		born: { type: "integer" },
		tags: { type: "array", items: { type: "object", properties: { word: TEXT }, additionalProperties: false } },
	},
};
const DOCUMENT = sampleDocument(
	{ "GET /pets/{id}": { id: "readPet", answers: { 200: { $ref: "#/components/schemas/Pet" } } } },
	{ components: { schemas: { Pet: PET } } },
);
const GOOD = { name: "Tom", kind: "cat", born: 1, tags: [] };
const JSON_TYPE = { "content-type": "application/json" };

function findingsOf(model: Model, { status = 200, headers = JSON_TYPE, body }: Came): readonly Finding[] {
	const [operation] = model.contract.operations;
	if (operation === undefined) throw new Error("the document has no operation");
	const answer: HttpAnswer = { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
	const call = { operation: operation.id, path: {}, query: {}, header: {}, credentials: {}, flaws: [] };
	const exchange = { request: { method: "GET", path: "/pets/1", headers: {} }, answer, durationMs: 1 };
	const findings = createFindings(model);
	const turn = { call, exchange, curl: "", told: undefined, answer, body: bodyOf(answer) };
	for (const draft of conform(operation, turn, createValidation())) findings.add(draft);
	return findings.all();
}

interface Came {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: unknown;
}

describe("laid over the document, the overlay makes an answer conform", () => {
	test.each<[string, Came]>([
		["with a status that is not documented", { status: 409, body: "" }],
		["of another media type", { headers: { "content-type": "text/html" }, body: "<p>" }],
		["that is too long", { body: { ...GOOD, name: "Thomas" } }],
		["with a value that is not listed", { body: { ...GOOD, kind: "dog" } }],
		["of another type", { body: { ...GOOD, born: "1999" } }],
		["without what must be there", { body: { name: "Tom" } }],
		["with a field that no schema names", { body: { ...GOOD, owner: "me" } }],
		["with a field that must not be there, inside a list", { body: { ...GOOD, tags: [{ word: "a", weight: 1 }] } }],
	])("%s", async (_, came) => {
		const [finding, ...others] = findingsOf(await modelOf({ "openapi.yaml": DOCUMENT }), came);
		if (finding === undefined) throw new Error("the answer conforms already");
		expect(others).toEqual([]);
		const overlay = renderOverlay(SAMPLE, finding) ?? "";
		const mended = await modelOf({ "openapi.yaml": DOCUMENT, "repair.overlay.yaml": overlay });
		expect(mended.contract.problems).toEqual([]);
		expect(findingsOf(mended, came)).toEqual([]);
		// What was right before is right still.
		expect(findingsOf(mended, { body: GOOD })).toEqual([]);
	});

	test("with null where OpenAPI 3.0 has no type for it", async () => {
		const document = DOCUMENT.replace("3.1.0", "3.0.3");
		const came = { body: { ...GOOD, born: null } };
		const [finding] = findingsOf(await modelOf({ "openapi.yaml": document }), came);
		expect(finding?.repair.overlay).toContain("nullable: true");
		const overlay = renderOverlay(SAMPLE, finding as Finding) ?? "";
		expect(findingsOf(await modelOf({ "openapi.yaml": document, "repair.overlay.yaml": overlay }), came)).toEqual([]);
	});
});

test.each<[string, Came, string]>([
	["a server error", { status: 500, body: "" }, "a server error is a bug, and no document makes it right"],
	["an answer without a type", { headers: {}, body: GOOD }, "without a media type nothing can be documented"],
])("no overlay makes %s right, and it is said why", async (_, came, why) => {
	const [finding] = findingsOf(await modelOf({ "openapi.yaml": DOCUMENT }), came);
	expect(finding?.repair).toMatchObject({ why });
	expect(finding?.repair).not.toHaveProperty("overlay");
});

test("no overlay reaches into another file", async () => {
	const item = sampleObject({ "name!": TEXT });
	const openapi = sampleDocument({ "GET /pets/{id}": { answers: { 200: { $ref: "pet.yaml#/Pet" } } } });
	const model = await modelOf({ "openapi.yaml": openapi, "pet.yaml": JSON.stringify({ Pet: item }) });
	expect(findingsOf(model, { body: { name: 1 } })[0]?.repair).toMatchObject({
		why: expect.stringContaining("in another file"),
	});
});

const phases = ["values", "experiments"] as const;
/** Every fault of the fixtures is tried with `MEND_ALL=1`: it takes minutes. */
const CHOSEN =
	/PUT merges|succeeds|another default|never updated|tags are cut|not looked at|too long is accepted|another item/;
const isChosen = ([name]: readonly [string, unknown]): boolean => process.env.MEND_ALL === "1" || CHOSEN.test(name);

describe("laid over the document, the overlay of a finding makes the check agree", () => {
	test.each(Object.entries(ARTICLE_FAULTS).filter(isChosen))("articles: %s", async (_, { turn, found }) => {
		const [, operation = ""] = / of (\w+):/.exec(found) ?? [];
		const operations = [operation, "createArticle", "getArticle"];
		const { before, after } = await checkMended("articles.yaml", () => serve(articles(turn)), { phases, operations });
		for (const finding of before.findings) {
			const run = after.get(finding.fingerprint);
			expect(run === undefined ? [finding.repair.why] : leftIn(run, finding)).toEqual([]);
		}
		expect(before.findings.length).toBeGreaterThan(0);
	});

	test.each(Object.entries(TEAM_FAULTS).filter(isChosen))("teams: %s", async (_, { turn, found }) => {
		const [, operation = ""] = / of (\w+):/.exec(found) ?? [];
		const options = { ...TEAM_OPTIONS, phases, operations: [operation] };
		const { before, after } = await checkMended("teams.yaml", () => serve(teams(turn)), options);
		for (const finding of before.findings) {
			const run = after.get(finding.fingerprint);
			expect(run === undefined ? [finding.repair.why] : leftIn(run, finding)).toEqual([]);
		}
		expect(before.findings.length).toBeGreaterThan(0);
	});
});
