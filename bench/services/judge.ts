import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { Reported } from "./report.ts";

/** What a person thinks of findings that the answer key does not have. */
interface Judgement {
	readonly tool: "holdfast" | "schemathesis";
	readonly service: string;
	/** The finding itself, or a rule with what such findings say: a regular expression over operation and text. */
	readonly id?: string;
	readonly rule?: string;
	readonly about?: string;
	readonly verdict: boolean;
	readonly why: string;
}

export interface Judged {
	readonly finding: Reported;
	/** Undefined as long as nobody has looked. */
	readonly verdict: boolean | undefined;
	readonly why: string;
}

export async function loadJudgements(): Promise<readonly Judgement[]> {
	const text = await readFile(new URL("judgements.yaml", import.meta.url), "utf8");
	return (parse(text) ?? []) as readonly Judgement[];
}

/** Each finding with the verdict of the first judgement that speaks of it; one by its id goes before. */
export function judgeFindings(
	findings: readonly Reported[],
	judgements: readonly Judgement[],
	{ tool, service }: Pick<Judgement, "tool" | "service">,
): readonly Judged[] {
	const own = judgements.filter((one) => one.tool === tool && one.service === service);
	return findings.map((finding) => {
		const judgement = own.find(({ id }) => id === finding.id) ?? own.find((one) => speaksOf(one, finding));
		return { finding, verdict: judgement?.verdict, why: judgement?.why ?? "not judged yet" };
	});
}

function speaksOf({ id, rule, about = "" }: Judgement, finding: Reported): boolean {
	if (id !== undefined || rule !== finding.rule) return false;
	return new RegExp(about, "i").test(`${finding.operations[0]} · ${finding.says}`);
}
