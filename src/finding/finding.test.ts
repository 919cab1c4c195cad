import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { applyLedger } from "./apply-ledger.ts";
import { exitCode } from "./exit-code.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Ledger } from "./ledger.ts";
import { loadLedger, parseLedger } from "./load-ledger.ts";
import { RULES } from "./rule.ts";
import { AGREEING, DRIFT, KNOWN, SAMPLE, UNDECIDED } from "./sample-run.ts";

describe("a fingerprint", () => {
	const identity = {
		rule: "effect",
		operation: { id: "replaceCids" },
		documented: "replace",
		observed: "append",
	} as const;

	test("is the same for the same drift, for ever", () => {
		expect(fingerprint(identity)).toMatchInlineSnapshot(`"7d3c12"`);
		expect(fingerprint({ ...identity, subject: "" })).toBe(fingerprint(identity));
	});

	test("changes with each part of the identity", () => {
		const others = [
			{ ...identity, rule: "guard" as const },
			{ ...identity, operation: { id: "removeCid" } },
			{ ...identity, subject: "number" },
			{ ...identity, documented: "append" },
			{ ...identity, observed: "ignore" },
		];
		expect(new Set([identity, ...others].map(fingerprint)).size).toBe(6);
	});
});

const ENTRY = `
  - rule: effect
    operation: replaceCids
    documented: replace
    observed: append
    reason: The handler only adds.
`;
const parse = (text: string): Ledger => parseLedger(text, "ledger.yaml");

describe("the ledger", () => {
	test("of the gateway can be read", async () => {
		const { entries } = await loadLedger("contracts/gateway/known-drift.yaml");
		expect(entries).toMatchObject([
			{ rule: "effect", operation: "replaceCids", documented: "replace", observed: "append" },
		]);
	});

	test("knows where each entry stands", () => {
		expect(parse(`known:${ENTRY}`).entries[0]).toEqual({
			rule: "effect",
			operation: "replaceCids",
			documented: "replace",
			observed: "append",
			reason: "The handler only adds.",
			source: { file: "ledger.yaml", line: 2, column: 5 },
		});
		expect(parse("known: []").entries).toEqual([]);
	});

	test.each([
		["a: [", /^ledger\.yaml:1:\d+ {2}/],
		["[]", "ledger.yaml:1:1  a ledger is an object with the list `known`"],
		["known:", "ledger.yaml:1:7  `known` must be a list; `known: []` is an empty ledger"],
		["known: []\nknow: 1", 'ledger.yaml:2:1  unknown key "know"; did you mean "known"?'],
		["known: [1]", "ledger.yaml:1:9  an entry is an object"],
		[`known:${ENTRY}    oberved: x`, 'ledger.yaml:7:5  unknown key "oberved"; did you mean "observed"?'],
		[`known:${ENTRY.replace("effect", "efect")}`, 'ledger.yaml:2:11  unknown rule "efect"; did you mean "effect"?'],
		[
			`known:${ENTRY}    since: 2026-02-30`,
			'ledger.yaml:7:12  since is no date: "2026-02-30"; write it like 2026-11-21 or 2026-11',
		],
		[
			`known:${ENTRY}    expires: soon`,
			'ledger.yaml:7:14  expires is no date: "soon"; write it like 2026-11-21 or 2026-11',
		],
		[`known:${ENTRY}    owner: ""`, "ledger.yaml:7:12  owner must be text"],
		[`known:${ENTRY}${ENTRY}`, "ledger.yaml:8:5  the same drift stands in line 2 already"],
		[
			"known:\n  - rule: effect\n    operation: x\n    documented: a\n    observed: b",
			"ledger.yaml:2:5  the entry has no reason",
		],
	])("refuses %j", (text, message) => {
		expect(() => parse(text)).toThrow(message);
	});

	test("tells all problems at once", () => {
		expect(() => parse("known:\n  - rule: x\n    sine: y")).toThrow(
			/unknown key(.|\n)*no operation(.|\n)*no reason(.|\n)*unknown rule/,
		);
	});

	test("that does not exist is the user's mistake", async () => {
		await expect(loadLedger("nowhere.yaml")).rejects.toThrow("cannot read the ledger nowhere.yaml");
	});
});

describe("applying the ledger", () => {
	const today = "2026-11-21";
	const kinds = (ledger: Ledger, claims = SAMPLE.claims, findings = [DRIFT]): readonly string[] =>
		applyLedger(findings, claims, ledger, today).notes.map((note) => note.kind);

	test.each(["replaceCids", "PUT /admin/apps/{app_id}/cids"])("marks what it knows by %s", (operation) => {
		const ledger = parse(`known:${ENTRY.replace("replaceCids", operation)}`);
		const { findings, notes } = applyLedger([DRIFT], SAMPLE.claims, ledger, today);
		expect(findings[0]?.known?.reason).toBe("The handler only adds.");
		expect(notes).toEqual([]);
	});

	test.each(["rule: guard", "operation: other", "documented: merge", "observed: ignore", "subject: name"])(
		"does not mark another drift: %s",
		(line) => {
			const key = line.split(":")[0];
			const without = ENTRY.replace(new RegExp(`${key}: .*\n`), `${line}\n`);
			const text = without.includes(line) ? without : `${ENTRY}    ${line}\n`;
			expect(applyLedger([DRIFT], [], parse(`known:${text}`), today).findings[0]?.known).toBeUndefined();
		},
	);

	test.each([
		["agrees", [AGREEING], [], ["stale"]],
		["is undecided", [{ ...AGREEING, verdict: "undecided", reason: "budget spent" }], [], ["undecided"]],
		["was not looked at", [UNDECIDED], [], ["undecided"]],
		["drifts otherwise", SAMPLE.claims, [{ ...DRIFT, observed: "ignore" }], ["undecided"]],
		["still drifts", SAMPLE.claims, [DRIFT], []],
		["says now what the service does", [{ ...AGREEING, law: "append", rivals: [] }], [], ["stale"]],
	] as const)("an entry whose claim %s", (_, claims, findings, expected) => {
		expect(kinds(parse(`known:${ENTRY}`), claims, [...findings])).toEqual(expected);
	});

	test.each([
		["2026-11-20", ["expired"]],
		["2026-11-21", []],
		["2026-11", []],
		["2026-10", ["expired"]],
	])("an entry that expires on %s: %j", (expires, expected) => {
		expect(kinds(parse(`known:${ENTRY}    expires: ${expires}`))).toEqual(expected);
	});
});

describe("the exit code", () => {
	const run = (findings: (typeof DRIFT)[], kind?: "stale" | "expired" | "undecided") => ({
		findings,
		ledger: kind === undefined ? [] : [{ kind, message: "m", file: "f" }],
	});
	const surprise = { ...DRIFT, level: "surprise" as const };
	const flaky = { seen: 1, runs: 4 };

	test.each([
		["nothing", run([]), 0, 0],
		["a new drift", run([DRIFT]), 1, 1],
		["a known drift", run([KNOWN]), 0, 0],
		["a surprise", run([surprise]), 0, 1],
		["a crash that is only a surprise", run([{ ...surprise, rule: "not-a-server-error" }]), 1, 1],
		["a drift that comes and goes", run([{ ...DRIFT, flaky }]), 0, 0],
		["a crash that comes and goes", run([{ ...DRIFT, rule: "not-a-server-error", flaky }]), 1, 1],
		["a race that comes and goes", run([{ ...DRIFT, rule: "race", flaky }]), 1, 1],
		["a stale entry", run([KNOWN], "stale"), 1, 1],
		["an expired entry", run([KNOWN], "expired"), 1, 1],
		["an entry that was not decided", run([], "undecided"), 0, 0],
	] as const)("of %s", (_, finished, lenient, strict) => {
		expect([exitCode(finished), exitCode(finished, { strict: true })]).toEqual([lenient, strict]);
	});
});

describe("the JSON Schema of a run", async () => {
	const schema = JSON.parse(await readFile("src/finding/run-schema.json", "utf8"));
	const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema);
	const full = {
		...SAMPLE,
		findings: [{ ...KNOWN, subject: "body", flaky: { seen: 1, runs: 4 } }],
		ledger: [{ kind: "stale", message: "m", file: "f", line: 3 }],
		notes: ["n"],
	};

	test("accepts runs, bare and full", () => {
		for (const run of [SAMPLE, full]) expect(validate(run) ? [] : validate.errors).toEqual([]);
	});

	test("has every rule, and no other", () => {
		expect(schema.$defs.finding.properties.rule.enum.toSorted()).toEqual(Object.keys(RULES).toSorted());
	});

	test.each([
		["an unknown key", { ...SAMPLE, extra: 1 }],
		["an unknown key inside a finding", { ...SAMPLE, findings: [{ ...DRIFT, extra: 1 }] }],
		["a missing list", { ...SAMPLE, claims: undefined }],
		["a fingerprint that is none", { ...SAMPLE, findings: [{ ...DRIFT, fingerprint: "xyz" }] }],
		["a phase that did not run and does not say why", { ...SAMPLE, phases: [{ ...SAMPLE.phases[2], why: undefined }] }],
	])("refuses %s", (_, run) => {
		expect(validate(JSON.parse(JSON.stringify(run)))).toBe(false);
	});
});
