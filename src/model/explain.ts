import { claimsOfOperation } from "./claim.ts";
import { type Effect, resourceActedOn } from "./effect.ts";
import { lawOf } from "./effect-laws.ts";
import { type FactRow, factRows, quote } from "./explain-facts.ts";
import { guardLawOf } from "./guard-laws.ts";
import type { Behaviour, Model } from "./model.ts";
import { lineage } from "./model.ts";
import { holdsMembers, type Resource } from "./resource.ts";

/**
 * Why the model believes what it believes: for each operation its resource, effect, guards and rivals, each with its
 * evidence, and the overlay lines that would declare otherwise.
 *
 * @param operation an `operationId` or `METHOD /path`; all operations when left out
 */
export function explain(model: Model, operation?: string): string {
	const chosen = [...model.behaviours.values()].filter(
		(behaviour) => operation === undefined || isNamed(behaviour, operation),
	);
	const texts = chosen.slice(0, EXPLAINED_MAX).map((behaviour) => explainOperation(model, behaviour));
	const more = chosen.length - texts.length;
	if (more > 0) texts.push(`and ${more.toLocaleString("en")} operations more; name one to see it\n`);
	return texts.join("\n");
}

/** Nobody reads more; the largest document that we know to be read by people has 1,223 operations. */
const EXPLAINED_MAX = 2_000;

function isNamed({ operation }: Behaviour, name: string): boolean {
	return operation.id === name || `${operation.method} ${operation.path}` === name;
}

const WIDTH = 11;

function explainOperation(model: Model, behaviour: Behaviour): string {
	const { operation } = behaviour;
	const lines = [
		`${operation.method} ${operation.path}   ${operation.id}`,
		...resourceLines(model, behaviour),
		...effectLines(model, behaviour),
		...guardLines(model, behaviour),
		...queryLines(model, behaviour),
		...rowsOf(factRows(model, behaviour)),
		...rivalLines(model, behaviour),
		...overlayLines(model, behaviour),
	];
	return `${lines.join("\n")}\n`;
}

/** Each fact in a row, its name in the first of several. */
function rowsOf(facts: readonly FactRow[]): readonly string[] {
	return facts.flatMap(({ name, texts }) => texts.map((text, index) => row(index === 0 ? name : "", text)));
}

function row(name: string, text: string): string {
	return `  ${name.padEnd(WIDTH)}${text}`;
}

function resourceLines(model: Model, { effect, answer }: Behaviour): readonly string[] {
	const name = resourceActedOn(effect);
	const resource = name === undefined ? undefined : model.resources.get(name);
	if (resource === undefined) return [];
	const parents = lineage(model, resource.name)
		.slice(0, -1)
		.map((parent) => parent.name);
	const inside = parents.length === 0 ? "" : ` within ${parents.join(" within ")}`;
	const [evidence] = resource.evidence;
	const shown =
		answer.shows === "nothing" || answer.shows === "other"
			? ""
			: `; the answer shows its ${answer.shows === "item" ? "item" : "content"}${answer.at === "" ? "" : ` at ${answer.at}`}`;
	return [
		row(
			"resource",
			`${resource.name}: a ${kindWords(resource)}${inside}${shown}   ${evidence === undefined ? "" : quote(model, evidence)}`,
		),
	];
}

function kindWords(resource: Resource): string {
	const fields = [...resource.fields.values()].filter(({ written }) => written).map(({ name }) => name);
	const key = resource.key?.property ?? (resource.key === undefined ? undefined : "its path");
	if (resource.kind === "collection") {
		const keyed = key === undefined ? "" : `, key ${key} made by the ${resource.key?.made}`;
		return `collection of items${keyed}${fields.length === 0 ? "" : `, fields ${fields.join(", ")}`}`;
	}
	return holdsMembers(resource) ? `${resource.kind} of plain values` : resource.kind;
}

function effectLines(model: Model, behaviour: Behaviour): readonly string[] {
	const { effect, evidence, reason } = behaviour;
	const sentence =
		effect.kind === "opaque"
			? `opaque: ${reason ?? "nothing says what it does"}`
			: `${effect.kind}: ${lawOf(effect).sentence(effect, model)}`;
	return [row("effect", sentence), ...evidence.map((one) => row("", quote(model, one)))];
}

function guardLines(model: Model, { guards }: Behaviour): readonly string[] {
	return guards.flatMap((guard, index) => [
		row(index === 0 ? "guards" : "", guardLawOf(guard).sentence(guard, model)),
		...guard.evidence.map((one) => row("", `  ${quote(model, one)}`)),
	]);
}

function queryLines(model: Model, { query }: Behaviour): readonly string[] {
	if (query === undefined) return [];
	const { pager, filters, sort, search } = query;
	const told = [
		pager?.total === undefined ? "" : `, total at ${pager.total}`,
		pager?.next === undefined ? "" : `, next at ${pager.next}`,
	].join("");
	return [
		...(pager === undefined
			? []
			: [
					row("pager", `${pager.style}: ${pager.parameters.join(", ")}${told}`),
					...pager.evidence.map((one) => row("", `  ${quote(model, one)}`)),
				]),
		...(filters.length === 0
			? []
			: [
					row(
						"filters",
						filters
							.map(({ parameter, field }) => (parameter === field ? field : `${parameter} on ${field}`))
							.join(", "),
					),
				]),
		...(sort === undefined ? [] : [row("sort", sort.parameters.join(", "))]),
		...(search === undefined ? [] : [row("search", search.parameters.join(", "))]),
	];
}

function rivalLines(model: Model, behaviour: Behaviour): readonly string[] {
	return claimsOfOperation(model, behaviour).map((claim, index) => {
		const names = [...new Set(claim.rivals.filter(({ lies }) => !lies).map(({ name }) => name))];
		return row(index === 0 ? "rivals" : "", `${claim.law}: ${names.length === 0 ? "none" : names.join(" · ")}`);
	});
}

/** Copied into an overlay, these lines change what the model believes. */
function overlayLines(model: Model, behaviour: Behaviour): readonly string[] {
	const found = overlayTarget(model, behaviour);
	if (found === undefined) {
		const { file } = behaviour.operation.source;
		return [`  to declare otherwise: an overlay cannot reach into ${file}; write x-holdfast there`];
	}
	return [
		"  to declare otherwise:",
		`    - target: ${quoteYaml(found.target)}`,
		`      update: { x-holdfast: { effect: ${found.effect} } }`,
	];
}

/** The JSONPath of an operation and another effect for it; undefined where an overlay cannot reach. */
export function overlayTarget(
	model: Model,
	{ operation, effect }: Behaviour,
): { readonly target: string; readonly effect: string } | undefined {
	const { file, pointer } = operation.source;
	return file === model.contract.file ? { target: pathOf(pointer), effect: otherEffect(model, effect) } : undefined;
}

/** What the operation might do instead: a rival that has a word of its own, else anything. */
function otherEffect(model: Model, effect: Effect): string {
	if (effect.kind === "opaque") return "none";
	const resource = model.resources.get(resourceActedOn(effect) ?? "");
	const other = resource !== undefined && holdsMembers(resource) ? OTHER_MEMBERS : OTHER_ITEM;
	return other[effect.kind] ?? "opaque";
}

const OTHER_MEMBERS: Readonly<Partial<Record<Effect["kind"], string>>> = { replace: "append", append: "replace" };
const OTHER_ITEM: Readonly<Partial<Record<Effect["kind"], string>>> = {
	create: "upsert",
	merge: "replace",
	replace: "merge",
	upsert: "replace",
};

/** A JSON Pointer as JSONPath (RFC 9535, section 2.3.1). */
function pathOf(pointer: string): string {
	const names = pointer.split("/").slice(1);
	return names.reduce((path, token) => {
		const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
		if (/^[A-Za-z_]\w*$/.test(name)) return `${path}.${name}`;
		return `${path}['${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
	}, "$");
}

/** A plain scalar of YAML holds neither of these. */
function quoteYaml(text: string): string {
	return /: | #|[\\"]/.test(text) ? JSON.stringify(text) : text;
}
