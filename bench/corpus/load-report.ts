/** What loading one document of a corpus took and gave. */
export interface Loaded {
	readonly name: string;
	readonly openapi: string;
	readonly operations: number;
	/** Of `loadContract` alone: processor time, and time on the clock. */
	readonly loadMs: { readonly cpu: number; readonly wall: number };
	/** Of all parts and schemas, and of all references, in processor time. */
	readonly touchMs: number;
	readonly referencesMs: number;
	/** The most memory that the process ever held. */
	readonly memoryMb: number;
	readonly problems: readonly string[];
	readonly broken: readonly string[];
	/** Why it cannot be used at all. */
	readonly refused?: readonly string[];
	/** What swagger-parser says; undefined when it was not asked. */
	readonly judgement?: { readonly accepted: boolean; readonly message?: string };
}

export interface Limits {
	readonly loadMsMax: number;
	readonly memoryMbMax: number;
}

export function isOverLimit({ loadMs, memoryMb }: Loaded, { loadMsMax, memoryMbMax }: Limits): boolean {
	return loadMs.cpu > loadMsMax || memoryMb > memoryMbMax;
}

/** `LOAD.md`: what each document takes, our verdict, and swagger-parser's beside it. */
export function renderLoading(all: readonly Loaded[], limits: Limits): string {
	const loading = all.filter(({ refused }) => refused === undefined);
	const accepted = all.filter(({ judgement }) => judgement?.accepted === true);
	const over = all.filter((one) => isOverLimit(one, limits));
	return `${[
		"# Loading every document of the corpus",
		"",
		"Each in a process of its own, with every part, schema and reference looked at. Made by `node bench/corpus/load.ts FOLDER --judge`.",
		"",
		`- ${all.length} documents, of which ${loading.length} load; ${over.length} take more than ${limits.loadMsMax} ms of processor time to load or ${limits.memoryMbMax} MB in all.`,
		`- swagger-parser accepts ${accepted.length}. Why it refuses the others is explained in \`docs/contract.md\`, and the two are compared whenever this is made.`,
		"- Peak memory is that of the whole process with all parts made. Node 24, which takes the types out of TypeScript as it runs, holds about 95 MB of it before anything is loaded.",
		"- Times on the clock are of a machine of two cores that had other work.",
		"",
		"| document | OpenAPI | operations | load, CPU ms | load, clock ms | peak MB | Holdfast | swagger-parser |",
		"|---|---|---|---|---|---|---|---|",
		...all.map(row),
	].join("\n")}\n`;
}

function row(one: Loaded): string {
	const { name, openapi, operations, loadMs, memoryMb } = one;
	const cells = [name, openapi, operations, loadMs.cpu, loadMs.wall, memoryMb, ourVerdict(one), theirVerdict(one)];
	return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

function ourVerdict({ refused, problems, broken }: Loaded): string {
	if (refused !== undefined) return `refused: ${refused.join("; ")}`;
	const listed = problems.length + broken.length;
	return listed === 0 ? "loads" : `loads, ${listed} ${listed === 1 ? "problem" : "problems"} listed`;
}

const MESSAGE_MAX = 120;

function theirVerdict({ judgement }: Loaded): string {
	if (judgement === undefined) return "not asked";
	return judgement.accepted ? "accepts" : `refuses: ${withoutFolders(judgement.message ?? "").slice(0, MESSAGE_MAX)}`;
}

/** Where a corpus stands on the machine that measured it is of no interest to a reader. */
function withoutFolders(message: string): string {
	return message.replaceAll(/(?:\/[\w.-]+)+\/(?=[\w.-]+)/g, "");
}

/**
 * Holds the table that explains swagger-parser's refusals against what it really refuses.
 *
 * @param explanations the text of `docs/contract.md`
 * @returns a sentence for each refusal that nobody explains, and for each explanation that is no longer needed
 */
export function compareExplanations(all: readonly Loaded[], explanations: string): readonly string[] {
	const explained = namesExplained(explanations);
	return all.flatMap(({ name, judgement }) => {
		if (judgement === undefined || judgement.accepted !== explained.has(name)) return [];
		return judgement.accepted
			? [`docs/contract.md explains why swagger-parser refuses ${name}, and it accepts it`]
			: [`docs/contract.md does not say why swagger-parser refuses ${name}: ${judgement.message}`];
	});
}

/** The first cells of the table under the heading. */
function namesExplained(text: string): ReadonlySet<string> {
	const section = text.split(/^## /m).find((part) => part.startsWith("Where swagger-parser differs")) ?? "";
	const cells = [...section.matchAll(/^\| ([a-z0-9, -]+) \|/gm)].map(([, cell = ""]) => cell);
	return new Set(cells.flatMap((cell) => cell.split(", ")).filter((name) => name !== "document"));
}
