import { expect, test } from "vitest";
import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { AGREEING, DRIFT, KNOWN, SAMPLE } from "../finding/sample-run.ts";
import { renderAnnotations, renderStepSummary } from "./github.ts";
import { manyRun } from "./sample-many.ts";

const surprise: Finding = { ...DRIFT, level: "surprise" };
const stale = { kind: "stale" as const, message: "remove this entry", file: "known-drift.yaml", line: 5 };

test("annotates the document, and the ledger", () => {
	const run: Run = {
		...SAMPLE,
		findings: [DRIFT, KNOWN, { ...surprise, rule: "sort" }],
		ledger: [stale, { ...stale, kind: "undecided" }],
	};
	expect(renderAnnotations(run)).toMatchInlineSnapshot(`
		"::error file=known-drift.yaml,line=5,title=stale ledger entry::remove this entry
		::error file=spec/gateway/openapi.yaml,line=173,title=effect 3f9c1a::PUT /admin/apps/{app_id}/cids: documented replace, observed append%0APUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.%0Areplay: holdfast check --replay 3f9c1a
		::warning file=spec/gateway/openapi.yaml,line=173,title=sort 3f9c1a::PUT /admin/apps/{app_id}/cids: documented replace, observed append%0APUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.%0Areplay: holdfast check --replay 3f9c1a
		::notice file=spec/gateway/openapi.yaml,line=173,title=effect 3f9c1a::PUT /admin/apps/{app_id}/cids: documented replace, observed append%0APUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.%0Aknown: The handler only adds.%0Areplay: holdfast check --replay 3f9c1a
		"
	`);
});

test("strict runs fail for surprises", () => {
	const run = { ...SAMPLE, findings: [surprise] };
	expect([renderAnnotations(run), renderAnnotations(run, { strict: true })].map((text) => text.slice(0, 9))).toEqual([
		"::warning",
		"::error f",
	]);
});

/** Reads a line as the runner does (actions/runner, ActionCommand). */
function parseCommand(line: string): Readonly<Record<string, string>> {
	const [, head = "", data = ""] = /^::([^:]*)::(.*)$/s.exec(line) ?? [];
	const decode = (text: string, signs: Readonly<Record<string, string>>): string =>
		Object.entries(signs).reduce((all, [sign, escaped]) => all.replaceAll(escaped, sign), text);
	const [kind = "", properties = ""] = [head.slice(0, head.indexOf(" ")), head.slice(head.indexOf(" ") + 1)];
	const pairs = properties.split(",").map((pair): [string, string] => {
		const equals = pair.indexOf("=");
		return [
			pair.slice(0, equals),
			decode(pair.slice(equals + 1), { ":": "%3A", ",": "%2C", "\r": "%0D", "\n": "%0A", "%": "%25" }),
		];
	});
	return { kind, ...Object.fromEntries(pairs), data: decode(data, { "\r": "%0D", "\n": "%0A", "%": "%25" }) };
}

test("escapes what the runner would take for its own, so that it reads what was said", () => {
	const evil = "a,b:c::d%0A\r\n::error::gotcha";
	const finding = { ...DRIFT, message: evil, source: { file: evil, line: 1, column: 2 } };
	const text = renderAnnotations({ ...SAMPLE, findings: [finding] });
	expect(text.split("\n")).toHaveLength(2);
	expect(parseCommand(text.trimEnd())).toMatchObject({
		kind: "error",
		file: evil,
		line: "1",
		col: "2",
		title: "effect 3f9c1a",
		data: expect.stringContaining(`\n${evil}\n`),
	});
});

test("says how many more there are than a step shows", () => {
	const lines = renderAnnotations(manyRun({ operations: 40, findings: 120 }))
		.trimEnd()
		.split("\n");
	expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(10);
	expect(lines.filter((line) => line.startsWith("::warning"))).toHaveLength(10);
	expect(lines.at(9)).toMatch(/^::error::\d+ more findings: see the summary/);
});

test("the summary of a job tells what is new and what is gone", () => {
	const now: Run = {
		...SAMPLE,
		claims: [AGREEING],
		findings: [{ ...surprise, rule: "sort", fingerprint: "aaaaaa" }],
		ledger: [stale],
	};
	expect(renderStepSummary(now, { since: [SAMPLE] })).toMatchInlineSnapshot(`
		"## gateway admin API 1.0: drift report

		1 of 1 claim agree, 0 undecided. 1 finding.

		|  | operation | documented | observed | rule | place | fingerprint |
		| --- | --- | --- | --- | --- | --- | --- |
		| surprise | \`PUT /admin/apps/{app_id}/cids\` | replace | append | sort | \`spec/gateway/openapi.yaml:173\` | \`aaaaaa\` |

		- **gone** \`PUT /admin/apps/{app_id}/cids\` documented replace, observed append: the service does what is documented now

		- the ledger: **stale** remove this entry
		"
	`);
	expect(renderStepSummary({ ...SAMPLE, findings: [] })).not.toContain("|");
});

test("the summary stays below what is refused as a whole", () => {
	const text = "x".repeat(5_000);
	const many = manyRun({ operations: 100, findings: 200 });
	const long = { ...many, findings: many.findings.map((finding) => ({ ...finding, observed: text })) };
	expect(Buffer.byteLength(renderStepSummary(long))).toBeLessThan(1_048_576);
});
