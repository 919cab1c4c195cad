import type { Finding, Level, Step } from "../finding/finding.ts";
import { fingerprint } from "../finding/fingerprint.ts";
import type { Rule } from "../finding/rule.ts";
import type { Model } from "../model/model.ts";
import { behaviourOf } from "../model/model.ts";
import type { Source } from "../problem/source.ts";
import { mend, renderActions } from "./mend.ts";
import type { BrokenKeyword } from "./mend-schema.ts";

/** A finding before it has a place in a file, a fingerprint and a replay. */
export interface Draft {
	readonly rule: Rule;
	readonly level: Level;
	/** `operationId`. */
	readonly operation: string;
	readonly subject?: string;
	readonly documented: string;
	readonly observed: string;
	readonly message: string;
	readonly because?: string;
	readonly source: Source;
	readonly evidence: readonly Step[];
	readonly suspects: readonly string[];
	/** Drafts with the same cause are one finding: what they share in the document, or the rival that explains them. */
	readonly cause: string;
	/** What was observed, as the end of a sentence that begins with "it". */
	readonly means?: string;
	/** True where the effect itself is what is contradicted, and not a field of it. */
	readonly ofClaim?: true;
	/** The keyword of a schema that does not hold. */
	readonly breaks?: BrokenKeyword | undefined;
	/** The object schema that does not name a field, and the field. */
	readonly shape?: { readonly source: Source; readonly name: string } | undefined;
	readonly flaky?: NonNullable<Finding["flaky"]>;
}

/** Gathers drafts; those with one cause become one finding, the first, with the others under it. */
export interface Findings {
	add(draft: Draft): boolean;
	/** Whether something of this cause is among them. */
	has(cause: string): boolean;
	all(): readonly Finding[];
}

export function createFindings(model: Model): Findings {
	const causes = new Map<string, { first: Draft; others: Set<string> }>();
	return {
		add: (draft) => {
			const known = causes.get(draft.cause);
			if (known === undefined) {
				causes.set(draft.cause, { first: draft, others: new Set() });
				return true;
			}
			if (draft.operation !== known.first.operation) known.others.add(draft.operation);
			return false;
		},
		has: (cause) => causes.has(cause),
		all: () => [...causes.values()].map(({ first, others }) => finish(model, first, [...others])),
	};
}

function finish(model: Model, draft: Draft, others: readonly string[]): Finding {
	const { operation } = behaviourOf(model, draft.operation);
	const name = { id: operation.id, method: operation.method, path: operation.path };
	const identity = {
		rule: draft.rule,
		operation: name,
		documented: draft.documented,
		observed: draft.observed,
		...(draft.subject === undefined ? {} : { subject: draft.subject }),
	};
	const print = fingerprint(identity);
	return {
		fingerprint: print,
		...identity,
		level: draft.level,
		suspects: draft.suspects,
		message: draft.message,
		...(draft.because === undefined ? {} : { because: draft.because }),
		source: model.contract.locate(draft.source),
		evidence: draft.evidence,
		consequences: others.map(
			(other) => `${behaviourOf(model, other).operation.method} ${behaviourOf(model, other).operation.path} too`,
		),
		...(draft.flaky === undefined ? {} : { flaky: draft.flaky }),
		replay: `holdfast check --replay ${print}`,
		repair: {
			// Whoever has the last word is right: the other side is mended first.
			first: model.authority === "document" ? "service" : "document",
			...repairOf(model, draft),
			service: `Let ${name.method} ${name.path} keep what is documented: ${draft.documented}.`,
		},
	};
}

function repairOf(model: Model, draft: Draft): Pick<Finding["repair"], "overlay" | "why"> {
	const mending = mend(model, draft);
	return mending.kind === "overlay" ? { overlay: renderActions(mending.actions) } : { why: mending.why };
}
