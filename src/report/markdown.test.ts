import { describe, expect, test } from "vitest";
import type { Step } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { DRIFT, KNOWN, SAMPLE } from "../finding/sample-run.ts";
import { renderMarkdown } from "./markdown.ts";

test("shows drift with its proof, what was not decided, claims and coverage", () => {
	expect(renderMarkdown({ ...SAMPLE, findings: [KNOWN] })).toMatchInlineSnapshot(`
		"# gateway admin API 1.0: drift report

		What \`spec/gateway/openapi.yaml\` says (OpenAPI 3.1.0, 2 operations), and what the service does.

		| claims | agree | drift | undecided | new drift | known drift | surprises |
		| --- | --- | --- | --- | --- | --- | --- |
		| 2 | 0 | 1 | 1 | 0 | 1 | 0 |

		## Drift

		### \`PUT /admin/apps/{app_id}/cids\`: documented \`replace\`, observed \`append\`

		PUT /admin/apps/{app_id}/cids is documented to replace the set, and adds to it.

		- rule \`effect\`, fingerprint \`3f9c1a\`, replay with \`holdfast check --replay 3f9c1a\`
		- documented in \`spec/gateway/openapi.yaml:173\`: “Replace the allow-list”
		- **known** (since 2026-11, owner gateway team, \`contracts/gateway/known-drift.yaml\`): The handler only adds.
		- workaround: DELETE each number first

		|  | request | docs predict | service shows |
		| --- | --- | --- | --- |
		| 1 | \`PUT /admin/apps/{app_id}/cids\` \`["1","2"]\` | \`1 2\` | \`1 2\` |
		| 2 | \`PUT /admin/apps/{app_id}/cids\` \`["2","3"]\` | \`2 3\` | \`1 2 3\` ← **still there: 1** |

		\`\`\`sh
		curl -g -X PUT 'http://target/admin/apps/{app_id}/cids' -H 'x-admin-api-key: «admin key»' -H 'content-type: application/json' --data-raw '["1","2"]'
		curl -g -X PUT 'http://target/admin/apps/{app_id}/cids' -H 'x-admin-api-key: «admin key»' -H 'content-type: application/json' --data-raw '["2","3"]'
		\`\`\`

		<details><summary>The same as JSON</summary>

		\`\`\`json
		[
		  {
		    "request": {
		      "method": "PUT",
		      "path": "/admin/apps/{app_id}/cids",
		      "headers": {
		        "x-admin-api-key": "«admin key»",
		        "content-type": "application/json"
		      },
		      "body": "[\\"1\\",\\"2\\"]"
		    },
		    "status": 200,
		    "predicted": "1 2",
		    "observed": "1 2"
		  },
		  {
		    "request": {
		      "method": "PUT",
		      "path": "/admin/apps/{app_id}/cids",
		      "headers": {
		        "x-admin-api-key": "«admin key»",
		        "content-type": "application/json"
		      },
		      "body": "[\\"2\\",\\"3\\"]"
		    },
		    "status": 200,
		    "predicted": "2 3",
		    "observed": "1 2 3"
		  }
		]
		\`\`\`

		</details>

		**Mend the service.** Let PUT replace the whole set.

		**Mend the docs.**

		\`\`\`yaml
		- target: $.paths['/admin/apps/{app_id}/cids'].put
		  update: { x-holdfast: { effect: append } }
		\`\`\`

		## Not decided

		| operation | claim | why it was not decided |
		| --- | --- | --- |
		| \`GET /admin/apps/{app_id}\` | refuses when there is no outbound capacity | nothing here can exhaust it |

		## Claims

		### \`PUT /admin/apps/{app_id}/cids\`

		| claim | because | verdict | told apart from | not told apart from |
		| --- | --- | --- | --- | --- |
		| replaces the set | “Replace the allow-list” \`spec/gateway/openapi.yaml:173\` | **drift** | ignore | append |

		### \`GET /admin/apps/{app_id}\`

		| claim | because | verdict | told apart from | not told apart from |
		| --- | --- | --- | --- | --- |
		| refuses when there is no outbound capacity | convention: RFC 9110 15.6.4 | undecided |  |  |

		## Coverage

		| operation | statuses seen | documented, not seen | skipped because |
		| --- | --- | --- | --- |
		| \`PUT /admin/apps/{app_id}/cids\` | 200 | 500 |  |
		| \`GET /admin/apps/{app_id}\` |  |  | excluded by --exclude |

		## Notes

		- phase sequences did not run: not asked for
		"
	`);
});

describe("is the same text for the same drift", () => {
	/** The same run at another time, on another machine, with another random name. */
	const variant = (app: string, port: number, id: string): Run => {
		const steps = DRIFT.evidence.map((step): Step => {
			const { request } = step.exchange;
			const answer = {
				status: 200,
				headers: { date: String(port), "content-type": "application/json" },
				body: `{"app":"${app}","id":"${id}","self":"http://127.0.0.1:${port}/admin","at":"2026-11-0${(port % 9) + 1}T10:00:00Z"}`,
			};
			const exchange = { request: { ...request, path: `/admin/apps/${app}/cids` }, answer, durationMs: port };
			return { ...step, exchange, observed: `${step.observed} ${app}`, curl: `curl http://127.0.0.1:${port}` };
		});
		const phases = SAMPLE.phases.map((phase) => ({ ...phase, durationMs: port, exchanges: port }));
		return {
			...SAMPLE,
			phases,
			seed: port,
			target: `http://127.0.0.1:${port}`,
			findings: [{ ...DRIFT, evidence: steps }],
		};
	};

	test("whatever the time, the machine and the names", () => {
		const one = variant("hf-a1b2c3", 4011, "9b2d8a0e-5a4c-4f0e-9c8e-0123456789ab");
		const two = variant("hf-z9y8x7", 52317, "00000000-0000-4000-8000-000000000000");
		expect(renderMarkdown(one)).toBe(renderMarkdown(two));
		expect(renderMarkdown(one)).toContain("/admin/apps/{app_id}/cids");
	});

	test("whatever the order in which findings came", () => {
		const surprise = { ...DRIFT, level: "surprise" as const, fingerprint: "000000" };
		const guard = { ...DRIFT, rule: "guard" as const, fingerprint: "111111" };
		const one = renderMarkdown({ ...SAMPLE, findings: [surprise, guard, DRIFT] });
		expect(one).toBe(renderMarkdown({ ...SAMPLE, findings: [DRIFT, guard, surprise] }));
	});
});

test("a key that the proof sends as data keeps its value", () => {
	const [first] = DRIFT.evidence as [Step];
	const remove = { method: "DELETE", path: "/admin/apps/my-app/cids/527121102", headers: {} };
	const operation = { id: "removeCid", method: "DELETE", path: "/admin/apps/{app_id}/cids/{number}" };
	const evidence = [
		{
			...first,
			exchange: {
				...first.exchange,
				request: { ...first.exchange.request, path: "/admin/apps/my-app/cids", body: '["527121102"]' },
			},
		},
		{ ...first, operation: "removeCid", exchange: { ...first.exchange, request: remove } },
	];
	const text = renderMarkdown({
		...SAMPLE,
		findings: [{ ...DRIFT, operation, evidence }],
		coverage: { operations: [...SAMPLE.coverage.operations, { operation, exchanges: 1, statuses: [] }] },
	});
	expect(text).toContain("`DELETE /admin/apps/{app_id}/cids/527121102`");
	expect(text).not.toContain("my-app");
});

test("text from a document cannot break the page", () => {
	const text = renderMarkdown({
		...SAMPLE,
		notes: ["<script> | `x`"],
		findings: [{ ...DRIFT, because: "a\n# heading", message: "*a* [b](c)" }],
	});
	expect(text).toContain("- \\<script\\> | \\`x\\`");
	expect(text).toContain("\\*a\\* \\[b\\](c)");
});
