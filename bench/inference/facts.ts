import { resourceActedOn } from "../../src/model/effect.ts";
import { type Evidence, levelOf } from "../../src/model/evidence.ts";
import type { Behaviour, Model } from "../../src/model/model.ts";
import type { Resource } from "../../src/model/resource.ts";

/** What a person says of one operation; several values mean that each of them is right. */
export interface Label {
	readonly document: string;
	/** `operationId`, or `METHOD path` where the document gives none. */
	readonly operation: string;
	readonly effect: string;
	readonly resource: string | null;
	readonly kind: string | readonly string[];
	readonly key: string | readonly string[] | null;
	readonly property: string | readonly string[] | null;
	readonly made?: "client" | "server" | "unknown";
	readonly pager: { readonly style: string; readonly parameters: readonly string[] } | null;
	readonly envelope: string | readonly string[] | null;
	readonly note?: string;
	readonly "second-pass"?: string;
	readonly corrected?: string;
}

export const FACTS = ["effect", "resource", "kind", "key", "property", "envelope", "pager"] as const;
export type FactName = (typeof FACTS)[number];

/** One fact of one operation, as a person and as the model have it; `undefined` where one of them says nothing. */
export interface Fact {
	readonly name: FactName;
	readonly labelled: readonly string[];
	readonly inferred: string | undefined;
	readonly level: "drift" | "surprise";
	readonly evidence: string;
	/**
	 * `silent` when neither says anything, `missed` when only the person does, `weaker` when what the model says is true
	 * but not all: that a reading operation changes nothing.
	 */
	readonly verdict: "right" | "wrong" | "weaker" | "missed" | "silent";
}

const READING: ReadonlySet<string> = new Set(["read", "list"]);

interface Read {
	readonly value: string | undefined;
	readonly evidence: readonly Evidence[];
}

/**
 * Compares what the model says of an operation with what a person says. Beyond the effect there is something to compare
 * only where both name a resource.
 *
 * @example compare(model, behaviour, label).filter(({ verdict }) => verdict === "wrong")
 */
export function compare(model: Model, behaviour: Behaviour, label: Label): readonly Fact[] {
	const effect = compareEffect(behaviour, label);
	const name = resourceActedOn(behaviour.effect);
	const resource = name === undefined ? undefined : model.resources.get(name);
	if (resource === undefined || label.resource === null) return [effect];
	const own = resource.evidence;
	return [
		effect,
		compareFact("resource", label.resource, { value: writtenName(resource, label.resource), evidence: own }),
		compareFact("kind", label.kind, { value: resource.kind, evidence: own }),
		compareFact("key", label.key, { value: behaviour.keys.get(resource.name), evidence: own }),
		compareFact("property", label.property, { value: resource.key?.property, evidence: own }),
		compareFact("envelope", label.envelope, envelopeOf(behaviour)),
		compareFact("pager", label.pager === null ? null : oneStyle(label.pager.style), pagerOf(behaviour)),
	];
}

/** That the model knows nothing of an operation is no claim; that it changes nothing is one. */
function compareEffect({ effect, evidence, reason }: Behaviour, label: Label): Fact {
	const value = effect.kind === "opaque" ? undefined : effect.kind;
	const why = evidence.length > 0 ? evidence : reasonAsEvidence(reason);
	const labelled = label.effect === "opaque" ? null : label.effect;
	const fact = compareFact("effect", labelled, { value, evidence: why });
	// Not to know that nothing is changed costs nothing.
	if (fact.verdict === "missed" && label.effect === "none") return { ...fact, verdict: "silent" };
	return value === "none" && READING.has(label.effect) ? { ...fact, verdict: "weaker" } : fact;
}

function reasonAsEvidence(reason: string | undefined): readonly Evidence[] {
	return reason === undefined ? [] : [{ kind: "convention", text: reason }];
}

function envelopeOf({ answer }: Behaviour): Read {
	const isShown = answer.shows !== "nothing" && answer.shows !== "other";
	return { value: isShown ? answer.at : undefined, evidence: answer.evidence };
}

function pagerOf({ query }: Behaviour): Read {
	const pager = query?.pager;
	return { value: pager === undefined ? undefined : oneStyle(pager.style), evidence: pager?.evidence ?? [] };
}

/** A token and a cursor count as the same way. */
function oneStyle(style: string): string {
	return style === "token" ? "cursor" : style;
}

function compareFact(name: FactName, label: string | readonly string[] | null, { value, evidence }: Read): Fact {
	const labelled = label === null ? [] : typeof label === "string" ? [label] : label;
	const text = evidence.map(({ kind, text: said }) => `${kind}: ${said}`).join("; ");
	return {
		...{ name, labelled, inferred: value, level: levelOf(evidence), evidence: text },
		verdict: verdictOf(labelled, value),
	};
}

function verdictOf(labelled: readonly string[], value: string | undefined): Fact["verdict"] {
	if (value === undefined) return labelled.length === 0 ? "silent" : "missed";
	return labelled.includes(value) ? "right" : "wrong";
}

/** The resource's name as its path writes it, or the labelled one where the two are the same word. */
function writtenName(resource: Resource, label: string): string {
	const literals = resource.path.split(/[/#?]/).filter((segment) => segment !== "" && !segment.startsWith("{"));
	const written = literals.at(-1) ?? resource.name;
	const spellings = [resource.name, resource.name.split(".").at(-1) ?? "", written, written.replace(/[&(.].*$/, "")];
	return spellings.some((spelling) => wordOf(spelling) === wordOf(label)) ? label : resource.name;
}

/** Without case, punctuation and the plural. */
function wordOf(name: string): string {
	const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "");
	return plain.replace(/ies$/, "y").replace(/s$/, "");
}
