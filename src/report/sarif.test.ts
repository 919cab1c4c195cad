import { readFile } from "node:fs/promises";
import Ajv from "ajv-draft-04";
import { expect, test } from "vitest";
import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { AGREEING, DRIFT, KNOWN, SAMPLE } from "../finding/sample-run.ts";
import { manyRun } from "./sample-many.ts";
import { renderSarif, type SarifOptions } from "./sarif.ts";

// The schema of the standard as Microsoft's SARIF SDK carries it (MIT licence), unchanged.
const schema = JSON.parse(await readFile("src/report/sarif-2.1.0.json", "utf8"));
const ajv = new Ajv.default({
	strict: false,
	unicodeRegExp: false,
	allErrors: true,
	formats: { uri: isUri, "uri-reference": isReference, "date-time": true },
});
const validate = ajv.compile(schema);

function isUri(text: string): boolean {
	return URL.canParse(text);
}
function isReference(text: string): boolean {
	return URL.canParse(text, "file:///root/") && !/[\s<>"{}|\\^`]/.test(text);
}

interface Log {
	readonly runs: readonly [{ readonly results: readonly Readonly<Record<string, unknown>>[] }];
}
function resultsOf(run: Run, options?: SarifOptions): Log["runs"][0]["results"] {
	const log: unknown = JSON.parse(renderSarif(run, options));
	expect(validate(log) ? [] : validate.errors).toEqual([]);
	return (log as Log).runs[0].results;
}

test("tells a finding at the line of the document", () => {
	expect(resultsOf(SAMPLE)).toMatchInlineSnapshot(`
		[
		  {
		    "codeFlows": [
		      {
		        "threadFlows": [
		          {
		            "locations": [
		              {
		                "importance": "important",
		                "location": {
		                  "message": {
		                    "text": "PUT /admin/apps/{app_id}/cids ["1","2"] · docs predict 1 2 · service shows 1 2",
		                  },
		                },
		              },
		              {
		                "importance": "essential",
		                "location": {
		                  "message": {
		                    "text": "PUT /admin/apps/{app_id}/cids ["2","3"] · docs predict 2 3 · service shows 1 2 3",
		                  },
		                },
		              },
		            ],
		          },
		        ],
		      },
		    ],
		    "level": "error",
		    "locations": [
		      {
		        "logicalLocations": [
		          {
		            "fullyQualifiedName": "PUT /admin/apps/{app_id}/cids",
		            "kind": "function",
		            "name": "replaceCids",
		          },
		        ],
		        "physicalLocation": {
		          "artifactLocation": {
		            "uri": "spec/gateway/openapi.yaml",
		            "uriBaseId": "%SRCROOT%",
		          },
		          "region": {
		            "startLine": 173,
		          },
		        },
		      },
		    ],
		    "message": {
		      "text": "PUT /admin/apps/{app_id}/cids: documented replace, observed append. PUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.",
		    },
		    "partialFingerprints": {
		      "holdfast/v1": "3f9c1a",
		    },
		    "properties": {
		      "documented": "replace",
		      "observed": "append",
		      "replay": "holdfast check --replay 3f9c1a",
		      "suspects": [
		        "append",
		      ],
		    },
		    "ruleId": "effect",
		    "ruleIndex": 0,
		  },
		]
	`);
});

const surprise: Finding = { ...DRIFT, level: "surprise" };
test.each<[string, Finding, SarifOptions, unknown]>([
	["a new drift is an error", DRIFT, {}, { level: "error" }],
	["a surprise is a warning", surprise, {}, { level: "warning" }],
	["a surprise is an error when it shall be", surprise, { strict: true }, { level: "error" }],
	[
		"a known drift is suppressed with its reason",
		KNOWN,
		{},
		{ level: "note", suppressions: [{ justification: "The handler only adds." }] },
	],
	["what was not there is new", DRIFT, { since: [{ ...SAMPLE, findings: [] }] }, { baselineState: "new" }],
	["what was there is unchanged", DRIFT, { since: [SAMPLE] }, { baselineState: "unchanged" }],
	[
		"what shows otherwise is updated",
		{ ...DRIFT, observed: "ignore", fingerprint: "aaaaaa" },
		{ since: [SAMPLE] },
		{ baselineState: "updated" },
	],
	[
		"a file outside says where it is",
		{ ...DRIFT, source: { file: "/a b/c.yaml" } },
		{},
		{ locations: [{ physicalLocation: { artifactLocation: { uri: "file:///a%20b/c.yaml" } } }] },
	],
	[
		"a document of the network is at its address",
		{ ...DRIFT, source: { file: "https://x.test/a.yaml" } },
		{},
		{ locations: [{ physicalLocation: { artifactLocation: { uri: "https://x.test/a.yaml" } } }] },
	],
	[
		"a path is encoded",
		{ ...DRIFT, source: { file: "spec/a #1.yaml", line: 2 } },
		{},
		{ locations: [{ physicalLocation: { artifactLocation: { uri: "spec/a%20%231.yaml" } } }] },
	],
])("%s", (_, finding, options, result) => {
	expect(resultsOf({ ...SAMPLE, findings: [finding] }, options)[0]).toMatchObject(result as object);
});

test("what is gone is absent", () => {
	const now = { ...SAMPLE, findings: [], claims: [AGREEING] };
	expect(resultsOf(now, { since: [SAMPLE] })).toMatchObject([{ baselineState: "absent", level: "none" }]);
});

test("is valid for every rule, and for a run without findings", () => {
	expect(resultsOf(manyRun({ operations: 40, findings: 120 }))).toHaveLength(120);
	expect(resultsOf({ ...SAMPLE, findings: [] })).toEqual([]);
});

test("the schema refuses what is no SARIF", () => {
	expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
});
