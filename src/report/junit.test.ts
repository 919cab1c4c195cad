import { readFile } from "node:fs/promises";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { expect, test } from "vitest";
import { AGREEING, DRIFT, KNOWN, SAMPLE } from "../finding/sample-run.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";

const schema = XsdValidator.fromDoc(XmlDocument.fromString(await readFile("src/report/junit.xsd", "utf8")));
const validate = (xml: string): void => schema.validate(XmlDocument.fromString(xml));

test("tells a failure with its proof, a skip with its reason", () => {
	expect(renderJunit(SAMPLE)).toMatchInlineSnapshot(`
		"<?xml version="1.0" encoding="UTF-8"?>
		<testsuites name="gateway" tests="3" failures="1" skipped="2" time="0.416">
		<testsuite name="PUT /admin/apps/{app_id}/cids" tests="1" failures="1" skipped="0" errors="0">
		  <testcase classname="gateway.replaceCids" name="replaces the set"><failure type="effect" message="documented replace, observed append (3f9c1a)">PUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.

		    request                         docs predict   service shows
		  1 PUT /admin/apps/{app_id}/cids
		        [&#34;1&#34;,&#34;2&#34;]                   1 2            1 2
		  2 PUT /admin/apps/{app_id}/cids
		        [&#34;2&#34;,&#34;3&#34;]                   2 3            1 2 3
		                                                   ^ still there

		holdfast check --replay 3f9c1a</failure></testcase>
		</testsuite>
		<testsuite name="GET /admin/apps/{app_id}" tests="1" failures="0" skipped="1" errors="0">
		  <testcase classname="gateway.readApp" name="refuses when there is no outbound capacity"><skipped message="nothing here can exhaust it"/></testcase>
		</testsuite>
		<testsuite name="phases that did not run" tests="1" failures="0" skipped="1" errors="0">
		  <testcase classname="phase" name="sequences"><skipped message="not asked for"/></testcase>
		</testsuite></testsuites>
		"
	`);
});

const surprise = { ...DRIFT, level: "surprise" as const };
test.each([
	["a clean run", { ...SAMPLE, claims: [AGREEING], findings: [] }, 0],
	["an empty run", { ...SAMPLE, claims: [], findings: [], phases: [] }, 0],
	["a new drift", SAMPLE, 1],
	["a known drift", { ...SAMPLE, findings: [KNOWN] }, 0],
	["a finding without a claim", { ...SAMPLE, claims: [] }, 1],
	["a surprise", { ...SAMPLE, findings: [surprise] }, 0],
	[
		"a stale entry",
		{ ...SAMPLE, findings: [], ledger: [{ kind: "stale" as const, message: "m", file: "f", line: 1 }] },
		1,
	],
	["signs that XML forbids", { ...SAMPLE, findings: [{ ...DRIFT, message: "\u0000 \ud800 <&>\"' ]]>" }] }, 1],
])("is valid for %s and counts %d failures", (_, run, failures) => {
	const xml = renderJunit(run);
	validate(xml);
	expect(Number(/<testsuites[^>]* failures="(\d+)"/.exec(xml)?.[1])).toBe(failures);
	expect(xml.match(/<failure /g)?.length ?? 0).toBe(failures);
});

test("a surprise fails when it is asked to", () => {
	expect(renderJunit({ ...SAMPLE, findings: [surprise] }, { strict: true })).toContain("<failure ");
});

test("the schema refuses what no CI system would read", () => {
	expect(() =>
		validate('<testsuites name="a" tests="1" failures="0" skipped="0" time="1"><case/></testsuites>'),
	).toThrow();
});

test("run.json is the run, and bytes are a data URL", () => {
	expect(JSON.parse(renderJson(SAMPLE))).toEqual(JSON.parse(JSON.stringify(SAMPLE)));
	const [step] = DRIFT.evidence as [(typeof DRIFT.evidence)[0]];
	for (const body of [new Uint8Array([0, 255]), Buffer.from([0, 255])]) {
		const evidence = [{ ...step, exchange: { ...step.exchange, request: { ...step.exchange.request, body } } }];
		expect(renderJson({ ...SAMPLE, findings: [{ ...DRIFT, evidence }] })).toContain(
			"data:application/octet-stream;base64,AP8=",
		);
	}
});
