import { RULES, type Rule } from "../finding/rule.ts";
import { sidesOf } from "./sides.ts";

/** The page of one rule in the documentation, as Markdown. Everything in it stands in the rule itself. */
export function renderRulePage(rule: Rule): string {
	const { sentence, looks, example, level, otherwise, overlay } = RULES[rule];
	const page = rule.startsWith("page-") ? { page: "" } : {};
	const sides = sidesOf({ rule, repair: { first: "document", service: "", ...page } });
	return `# ${rule}

${sentence}

## What is looked at

${looks}

## What a finding looks like

\`\`\`
${example.operation}  ${rule}
  ${sides.documented.padEnd(10)}  ${example.documented}
  ${sides.observed.padEnd(10)}  ${example.observed}
\`\`\`

**Level.** ${level}

## When ${rule.startsWith("page-") && rule !== "page-answer" ? "the page" : "the service"} is right

${otherwise}
${overlay === undefined ? "" : `\n${overlayBlock(overlay)}\n`}
## When it is known

An entry in the ledger of the target marks the finding, and the run passes until the entry is out of date:

\`\`\`yaml
known:
  - rule: ${rule}
    operation: ${example.operation}
    documented: ${JSON.stringify(example.documented)}
    observed: ${JSON.stringify(example.observed)}
    reason: why the team lives with it
    expires: 2027-06-30
\`\`\`

To leave the rule out where it makes no sense, with a reason that the report shows:

\`\`\`ts
// holdfast.config.ts
off: [{ rule: "${rule}", operation: "${example.operation}", reason: "…" }]
\`\`\`
`;
}

function overlayBlock(action: string): string {
	const lines = action.split("\n").map((line) => `  ${line}`);
	return `\`\`\`yaml
overlay: 1.0.0
info: { title: What the service does, version: 1.0.0 }
actions:
${lines.join("\n")}
\`\`\``;
}

/** All rules with their sentence, each with a link to its page. */
export function renderRuleIndex(): string {
	const rows = Object.entries(RULES).map(([rule, { sentence }]) => `| [${rule}](${rule}.md) | ${sentence} |`);
	return `# The rules

A finding bears the name of one of these. The names are stable: ledgers, configurations and reports rely on them.

| rule | what must hold |
|---|---|
${rows.join("\n")}
`;
}
