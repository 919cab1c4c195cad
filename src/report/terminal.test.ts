import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { AGREEING, DRIFT, KNOWN, SAMPLE, UNDECIDED } from "../finding/sample-run.ts";
import { renderTerminal } from "./terminal.ts";

const CLEAN = {
	...SAMPLE,
	claims: [AGREEING],
	findings: [],
	phases: SAMPLE.phases.slice(0, 2).map((phase) => ({ ...phase, findings: 0 })),
};

test("a clean run is a line per phase and two more", () => {
	expect(renderTerminal(CLEAN, { reports: ["reports/gateway.md"] })).toMatchInlineSnapshot(`
		"gateway admin API 1.0 · 2 operations · 1 claim · seed 4711

		  examples      18 exchanges    0.1 s   ✓
		  experiments   96 exchanges    0.3 s   ✓

		1 claim: 1 agree
		report: reports/gateway.md
		"
	`);
});

test("a drift shows both sides, its proof, and what to do", () => {
	expect(renderTerminal(SAMPLE)).toMatchInlineSnapshot(`
		"gateway admin API 1.0 · 2 operations · 2 claims (1 documented, 1 by convention) · seed 4711

		  examples      18 exchanges    0.1 s   ✓
		  experiments   96 exchanges    0.3 s   1 finding
		  sequences   not run: not asked for

		DRIFT  PUT /admin/apps/{app_id}/cids                                    effect · 3f9c1a
		  PUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.
		  documented  replace   spec/gateway/openapi.yaml:173  "Replace the allow-list"
		  observed    append

		      request                         docs predict   service shows
		    1 PUT /admin/apps/{app_id}/cids
		          ["1","2"]                   1 2            1 2
		    2 PUT /admin/apps/{app_id}/cids
		          ["2","3"]                   2 3            1 2 3
		                                                     ^ still there

		  mend the service: Let PUT replace the whole set.
		  mend the docs:
		    - target: $.paths['/admin/apps/{app_id}/cids'].put
		      update: { x-holdfast: { effect: append } }
		  replay: holdfast check --replay 3f9c1a

		2 claims: 0 agree · 1 drift · 1 undecided
		  undecided  GET /admin/apps/{app_id} refuses when there is no outbound capacity: nothing here can exhaust it
		"
	`);
});

test("a known drift shows its entry", () => {
	expect(renderTerminal({ ...SAMPLE, findings: [KNOWN] })).toMatchInlineSnapshot(`
		"gateway admin API 1.0 · 2 operations · 2 claims (1 documented, 1 by convention) · seed 4711

		  examples      18 exchanges    0.1 s   ✓
		  experiments   96 exchanges    0.3 s   1 finding
		  sequences   not run: not asked for

		DRIFT  PUT /admin/apps/{app_id}/cids                                    effect · 3f9c1a
		  PUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.
		  documented  replace   spec/gateway/openapi.yaml:173  "Replace the allow-list"
		  observed    append

		      request                         docs predict   service shows
		    1 PUT /admin/apps/{app_id}/cids
		          ["1","2"]                   1 2            1 2
		    2 PUT /admin/apps/{app_id}/cids
		          ["2","3"]                   2 3            1 2 3
		                                                     ^ still there

		  known since 2026-11 · owner gateway team
		  reason: The handler only adds.
		  workaround: DELETE each number first
		  mend the service: Let PUT replace the whole set.
		  mend the docs:
		    - target: $.paths['/admin/apps/{app_id}/cids'].put
		      update: { x-holdfast: { effect: append } }
		  replay: holdfast check --replay 3f9c1a

		2 claims: 0 agree · 1 drift (known) · 1 undecided
		  undecided  GET /admin/apps/{app_id} refuses when there is no outbound capacity: nothing here can exhaust it
		"
	`);
});

test("a proof that fits no table is shown in blocks", () => {
	const [first] = DRIFT.evidence;
	const evidence = [
		{
			...(first as (typeof DRIFT.evidence)[0]),
			predicted: "a documented status, one of 200, 400, 401, 404 and 503",
			observed: "500 Internal Server Error",
			parts: true,
		},
	];
	expect(
		renderTerminal({ ...SAMPLE, findings: [{ ...DRIFT, rule: "not-a-server-error", evidence, suspects: [] }] }),
	).toMatchInlineSnapshot(`
		"gateway admin API 1.0 · 2 operations · 2 claims (1 documented, 1 by convention) · seed 4711

		  examples      18 exchanges    0.1 s   ✓
		  experiments   96 exchanges    0.3 s   1 finding
		  sequences   not run: not asked for

		DRIFT  PUT /admin/apps/{app_id}/cids                                    not-a-server-error · 3f9c1a
		  PUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.
		  documented  replace   spec/gateway/openapi.yaml:173  "Replace the allow-list"
		  observed    append

		    1 PUT /admin/apps/{app_id}/cids
		        ["1","2"]
		        docs predict   a documented status, one of 200, 400, 401, 404 and 503
		        service shows  500 Internal Server Error

		  mend the service: Let PUT replace the whole set.
		  mend the docs:
		    - target: $.paths['/admin/apps/{app_id}/cids'].put
		      update: { x-holdfast: { effect: append } }
		  replay: holdfast check --replay 3f9c1a

		2 claims: 0 agree · 1 drift · 1 undecided
		  undecided  GET /admin/apps/{app_id} refuses when there is no outbound capacity: nothing here can exhaust it
		"
	`);
});

test.each([
	["several suspects", { ...DRIFT, suspects: ["append", "merge"] }, "observed    one of append, merge"],
	["how often it came back", { ...DRIFT, flaky: { seen: 1, runs: 4 } }, "flaky: seen in 1 of 4 runs"],
	["what follows from it", { ...DRIFT, consequences: ["a list is too long"] }, "follows: a list is too long"],
	["what it is about", { ...DRIFT, subject: "body" }, "about       body"],
	["that it is a surprise", { ...DRIFT, level: "surprise" as const }, "SURPRISE  PUT"],
])("a finding tells %s", (_, finding, line) => {
	expect(renderTerminal({ ...SAMPLE, findings: [finding] })).toContain(line);
});

test("claims that share a reason are one line", () => {
	const claims = ["a", "b", "c", "d"].map((id) => ({ ...UNDECIDED, operation: { ...UNDECIDED.operation, id } }));
	expect(renderTerminal({ ...SAMPLE, claims })).toContain(
		"undecided  4 claims: nothing here can exhaust it (a, b, c and 1 more)",
	);
});

test("the ledger's notes name their place", () => {
	const ledger = [{ kind: "stale" as const, message: "remove this entry", file: "known-drift.yaml", line: 5 }];
	expect(renderTerminal({ ...CLEAN, ledger })).toContain("  stale  known-drift.yaml:5  remove this entry");
});

test("colours change nothing but the colour", () => {
	const coloured = renderTerminal(SAMPLE, { color: true });
	expect(coloured).not.toBe(renderTerminal(SAMPLE));
	expect(stripVTControlCharacters(coloured).replace(/ +$/gm, "")).toBe(renderTerminal(SAMPLE).replace(/ +$/gm, ""));
});
