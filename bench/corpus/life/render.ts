import type { LifeResult } from "./live-one.ts";
import { type Result, STEPS, type Step } from "./result.ts";

const REASON_CHARACTERS_MAX = 220;

export function countOf({ collections }: LifeResult, kind: Result["kind"], step?: Step): number {
	return collections.reduce(
		(all, { told }) =>
			all +
			Object.entries(told).filter(([name, one]) => one.kind === kind && (step === undefined || name === step)).length,
		0,
	);
}

/** The report as Markdown. */
export function renderLives(results: readonly LifeResult[]): string {
	const sum = (kind: Result["kind"], step?: Step): number =>
		results.reduce((all, one) => all + countOf(one, kind, step), 0);
	const collections = results.reduce((all, one) => all + one.collections.length, 0);
	const lines = [
		"# Lives of items in real documents",
		"",
		`An item of each of the ${collections} collections of ${results.length} documents is led through its life, by a client that knows nothing of the model: a collection is a path with a GET or POST that has another below it ending in one parameter of its own. Where the document has no POST there, an item of the list is taken. Whatever the document says of tenants, an overlay gives everything to the tenant of the caller, and a key to documents without credentials. Made by \`node bench/corpus/lifecycle.ts FOLDER --json FILE --report\`.`,
		"",
		"| step | good | bad | not applicable |",
		"|---|---|---|---|",
		...STEPS.map((step) => `| ${step} | ${sum("good", step)} | ${sum("bad", step)} | ${sum("not applicable", step)} |`),
		`| all | ${sum("good")} | ${sum("bad")} | ${sum("not applicable")} |`,
		"",
		"- *get*: what was created is read by the key that the answer shows, and shows what was sent.",
		"- *list*: shows the item. *page*: a length of one gives one item, and the next page another. *filter*: the item's own value shows it, and nothing with another value.",
		"- *replace*, *merge*: what was written is read afterwards; after a PATCH, what was not written is as it was.",
		"- *other tenant*: neither reads the item nor sees it in the list. *get again*: a client error, and the list shows it no longer.",
		"",
		"## Not applicable, by reason",
		"",
		...reasons(results),
		"",
		"## Steps that misbehave",
		"",
		...misbehaving(results),
		"",
		"| document | collections | good | bad | not applicable |",
		"|---|---|---|---|---|",
		...results.map((one) => {
			const counts = (["good", "bad", "not applicable"] as const).map((kind) => countOf(one, kind));
			return `| ${one.name} | ${one.failed ?? one.collections.length} | ${counts.join(" | ")} |`;
		}),
	];
	return `${lines.join("\n")}\n`;
}

function reasons(results: readonly LifeResult[]): readonly string[] {
	const counts = new Map<string, number>();
	for (const { told } of results.flatMap(({ collections }) => collections)) {
		for (const [step, one] of Object.entries(told)) {
			if (one.kind !== "not applicable") continue;
			const reason = `${step}: ${one.reason.replace(/^(no value for|no body of).*$/, "$1 what must be sent")}`;
			counts.set(reason, (counts.get(reason) ?? 0) + 1);
		}
	}
	return [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `- ${count} × ${reason}`);
}

function misbehaving(results: readonly LifeResult[]): readonly string[] {
	const lines = results.flatMap(({ name, collections }) =>
		collections.flatMap(({ path, told }) =>
			Object.entries(told).flatMap(([step, one]) =>
				one.kind === "bad"
					? [`- ${name}: ${step} \`${path}\`: \`${one.reason.replaceAll("`", "'").slice(0, REASON_CHARACTERS_MAX)}\``]
					: [],
			),
		),
	);
	return lines.length === 0 ? ["None."] : lines;
}
