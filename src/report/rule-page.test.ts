import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES, type Rule } from "../finding/rule.ts";
import { modelOf, sampleDocument, sampleObject, TEXT } from "../model/sample-model.ts";
import { renderRuleIndex, renderRulePage } from "./rule-page.ts";

const PAGES = "../../docs/rules";
const rules = Object.keys(RULES) as readonly Rule[];

// `npx vitest run src/report/rule-page.test.ts -u` writes the pages.
test.each(rules)("docs/rules/%s.md says what the rule says", async (rule) => {
	await expect(renderRulePage(rule)).toMatchFileSnapshot(`${PAGES}/${rule}.md`);
});

test("docs/rules has an index of all rules, and no page of another", async () => {
	await expect(renderRuleIndex()).toMatchFileSnapshot(`${PAGES}/README.md`);
	const pages = readdirSync(new URL(PAGES, import.meta.url)).map((file) => file.replace(/\.md$/, ""));
	expect(pages.toSorted()).toEqual(["README", ...rules].toSorted());
});

test("the overlay of a page is one that the model takes", async () => {
	const item = sampleObject({ "name!": TEXT });
	const openapi = sampleDocument({
		"PUT /apps/{id}/numbers": {
			body: { type: "array", items: TEXT },
			answers: { 200: { type: "array", items: TEXT } },
		},
		"GET /apps/{id}/numbers": { answers: { 200: { type: "array", items: TEXT } } },
		"POST /jobs": { body: item, answers: { 202: item } },
		"PUT /articles/{id}": { body: item, answers: { 200: item, 404: null } },
	});
	for (const rule of ["effect", "ensure-resource-availability", "guard"] as const) {
		const [, overlay = ""] = /```yaml\n(overlay: [^`]*)```/.exec(renderRulePage(rule)) ?? [];
		await expect(modelOf({ "openapi.yaml": openapi, "page.overlay.yaml": overlay })).resolves.toBeDefined();
	}
});
