import type { Contract, Operation } from "../../contract/contract.ts";
import type { Evidence } from "../evidence.ts";
import { type Per, type Rate, SHARED } from "../guard/rate.ts";
import { rateGuard } from "../override/guard.ts";
import type { Root } from "../override.ts";
import { sentencesIn } from "./words.ts";

/**
 * A limit that is told in so many words: how many, how long, and for whom. For all operations where the whole document
 * says it, for one where that one does and documents the refusal. What is declared takes its place.
 */
export function rateGuardsInWords(contract: Contract, operation: Operation, root: Root): readonly Rate[] {
	if (root.limits !== undefined) return [];
	if (!operation.responses.some(({ status }) => status === "429")) return [];
	const own = toldIn(`${operation.summary ?? ""}\n\n${operation.description ?? ""}`);
	const told = own ?? toldIn(contract.description ?? "");
	if (told === undefined) return [];
	const evidence: Evidence = {
		kind: "words",
		text: told.text,
		source: own === undefined ? { file: contract.file, pointer: "/info/description" } : operation.source,
	};
	const common = { statuses: ["429"], evidence: [evidence], enforced: true, leaks: "no" } as const;
	return [rateGuard(told, own === undefined ? `${SHARED}in words` : `${operation.id} in words`, common)];
}

interface Told {
	readonly limit: number;
	readonly window: string;
	readonly per: Per;
	readonly text: string;
}

const LIMIT =
	/\b(\d{1,3}(?:,\d{3})+|\d+) (?:requests|calls|api calls)(?: are allowed)? (?:per|a|an|each|every|\/) ?(?:(\d+) )?(second|minute|hour)s?,?(?: (?:and|per|for each|for every|by))? (api key|key|token|access token|user|client|tenant|organi[sz]ation|account|ip(?: address)?)\b/i;
const WINDOWS: Readonly<Record<string, string>> = { second: "s", minute: "m", hour: "h" };
const OPEN =
	/\b(?:may|approximately|about|around|roughly|default|burst|depending|varies|plan|except|unless|contact|up to you)\b/i;

/** Two limits, or one with a condition, leave it open. */
function toldIn(text: string): Told | undefined {
	const found = sentencesIn(text).filter((sentence) => LIMIT.test(sentence));
	const [sentence = ""] = found;
	const [, amount = "", span = "1", unit = "", whose = ""] = LIMIT.exec(sentence) ?? [];
	if (found.length !== 1 || OPEN.test(sentence)) return undefined;
	const window = `${span}${WINDOWS[unit.toLowerCase()] ?? "m"}`;
	return { limit: Number(amount.replaceAll(",", "")), window, per: perOf(whose), text: sentence };
}

function perOf(whose: string): Per {
	if (/^ip/i.test(whose)) return "address";
	if (/^(?:tenant|organi|account)/i.test(whose)) return "partition";
	return /^(?:user|client)/i.test(whose) ? "identity" : "credential";
}
