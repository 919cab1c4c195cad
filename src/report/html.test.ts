import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { AGREEING, DRIFT, KNOWN, SAMPLE } from "../finding/sample-run.ts";
import { anchor, escapeHtml, html } from "./html/markup.ts";
import { unpackPanels } from "./html/panel.ts";
import { renderHtml } from "./html.ts";
import { manyRun } from "./sample-many.ts";

test("the same run is the same page, byte for byte", () => {
	expect(renderHtml([SAMPLE])).toBe(renderHtml([JSON.parse(JSON.stringify(SAMPLE))]));
});

test("asks nobody for anything", () => {
	const page = renderHtml([SAMPLE, manyRun({ operations: 300, findings: 200 })]);
	expect(page.match(/<(?:link|img|iframe|object|embed|base|audio|video|source)\b/g)).toBeNull();
	expect(page.match(/\b(?:src|srcset|action|formaction|background|poster)\s*=/g)).toBeNull();
	expect(page.match(/@import|url\(/g)).toBeNull();
	expect([...page.matchAll(/href="([^"])/g)].every(([, first]) => first === "#")).toBe(true);
});

test("lets no script run but its own", () => {
	const page = renderHtml([SAMPLE]);
	const [, script = ""] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
	const digest = createHash("sha256").update(script).digest("base64");
	expect(page).toContain(`script-src &#39;sha256-${digest}&#39;`);
	expect(page).toContain("default-src &#39;none&#39;");
});

const EVIL = `"'><script>alert(1)</script><img src=x onerror=alert(1)>\`\${x}<!--</style>]]>&amp;\u0000\u2028`;

/** Every text of a run is somebody else's. */
function poison<Value>(value: Value, path = ""): Value {
	if (typeof value === "string") return (KEEP.test(path) ? value : `${value}${EVIL}`) as Value;
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map((item) => poison(item, path)) as Value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poison(item, `${path}.${key}`)])) as Value;
}
const KEEP = /\.(rule|level|verdict|kind|authority|name|first|in)$/;

test.each([10, 300])(
	"nothing that a document or a service says becomes markup, in a page of %d operations",
	(count) => {
		const poisoned = poison({ ...manyRun({ operations: count, findings: count }), notes: ["n"] });
		const ledger = [{ kind: "stale" as const, message: EVIL, file: EVIL, line: 1 }];
		const page = renderHtml([{ ...poisoned, ledger }], {
			since: [poison({ ...SAMPLE, findings: [{ ...DRIFT, rule: "race" as const }] })],
		});
		expect(page.match(/<script/g)).toHaveLength(count > 120 ? 2 : 1);
		expect(page.match(/<img|<!--(?!\s)|onerror=alert\(1\)>/g)).toBeNull();
		expect(page.match(/<\/style>/g)).toHaveLength(1);
		const [, kept] = /<script type="text\/plain" id="panels">([A-Za-z0-9+/=]*)<\/script>/.exec(page) ?? [];
		const panels = kept === undefined ? [] : unpackPanels(kept);
		expect(panels.length).toBe(count > 120 ? 2 * count : 0);
		for (const panel of panels) expect(panel).not.toMatch(/<script|<img/);
	},
);

test.each([
	[`<b a='"&`, "&lt;b a=&#39;&quot;&amp;"],
	["\u0000\u001b[31m", "\ufffd\ufffd[31m"],
	["\ud800", "\ufffd"],
	["line\n\ttab", "line\n\ttab"],
])("escapes %j", (text, escaped) => {
	expect(escapeHtml(text)).toBe(escaped);
	expect(html`<i title="${text}">${[text, html`<b>${text}</b>`]}</i>`.markup).toBe(
		`<i title="${escaped}">${escaped}<b>${escaped}</b></i>`,
	);
});

test("anchors of different operations differ, and need no escape", () => {
	const names = ["get /a b", "get /a-b", "get /a_b", "get /a%20b", "GET /a/ü"].map((name) => anchor("operation", name));
	expect(new Set(names).size).toBe(5);
	expect(names.every((name) => /^[A-Za-z0-9._-]+$/.test(name))).toBe(true);
});

const standing = (page: string): readonly string[] =>
	[...page.matchAll(/data-standing="(\w+)" data-rule/g)].map(([, one]) => one ?? "");

test("tells what is new, grown, known and as before, the newest first", () => {
	const other: Finding = {
		...DRIFT,
		rule: "guard",
		fingerprint: "aaaaaa",
		documented: "404",
		observed: "not enforced",
	};
	const wider: Finding = { ...DRIFT, rule: "filter", fingerprint: "bbbbbb", consequences: ["GET /x too"] };
	const flaky: Finding = { ...DRIFT, rule: "race", fingerprint: "cccccc", flaky: { seen: 1, runs: 4 } };
	const known: Finding = { ...KNOWN, rule: "sort", fingerprint: "dddddd" };
	const now: Run = { ...SAMPLE, findings: [known, flaky, DRIFT, wider, other] };
	const main: Run = {
		...SAMPLE,
		findings: [DRIFT, { ...wider, consequences: [] }, { ...DRIFT, rule: "paging", fingerprint: "eeeeee" }],
	};
	expect(standing(renderHtml([now]))).toEqual(["new", "new", "new", "flaky", "known"]);
	const compared = renderHtml([now], { since: [main] });
	expect(standing(compared)).toEqual(["new", "grown", "standing", "flaky", "known"]);
	expect(compared).toContain("reaches further: GET /x too");
	expect(compared).toContain("Not found any more");
});

test("says that there is nothing where there is nothing", () => {
	const page = renderHtml([{ ...SAMPLE, claims: [AGREEING], findings: [] }]);
	expect(page).toContain("Nothing was found. 1 of 1 claim agree, 0 undecided.");
	expect(page).toContain("Every claim was decided.");
	expect(renderHtml([])).toContain("no run");
});
