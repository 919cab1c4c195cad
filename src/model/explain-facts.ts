import { renderPlace } from "../problem/problem.ts";
import { resourceActedOn } from "./effect.ts";
import type { Evidence } from "./evidence.ts";
import type { Behaviour, Model } from "./model.ts";
import { type Field, holdsMembers } from "./resource.ts";

/** A fact of an operation, in as many lines as it takes. */
export interface FactRow {
	readonly name: string;
	readonly texts: readonly string[];
}

/** What `explain` tells of an operation besides its effect and its guards: envelope, visibility, atomicity, links. */
export function factRows(model: Model, behaviour: Behaviour): readonly FactRow[] {
	return [
		envelopeRow(behaviour),
		visibilityRow(model, behaviour),
		atomicRow(model, behaviour),
		linksRow(model, behaviour),
	];
}

/** Where the item or the list stands in the body and in the answer; nothing where both are bare. */
function envelopeRow({ takes, answer: { shows, at, key } }: Behaviour): FactRow {
	const isShown = shows !== "nothing" && shows !== "other";
	const texts = [
		...(takes === undefined ? [] : [`the body carries the item at ${takes}`]),
		...(isShown && at !== "" ? [`the answer carries the ${shows} at ${at}`] : []),
		...(key === undefined ? [] : [key === "" ? "the answer is the key" : `the answer names the key in ${key}`]),
	];
	return { name: "envelope", texts };
}

function visibilityRow(model: Model, behaviour: Behaviour): FactRow {
	const said = Object.entries(visibilityOf(model, behaviour)).map(([field, words]) => `${field} ${words}`);
	return { name: "visibility", texts: said.length === 0 ? [] : [said.join(" · ")] };
}

/** Of each field that is not simply written and read: who makes it, whether it is shown, what it is when nobody sets it. */
export function visibilityOf(model: Model, { effect }: Behaviour): Readonly<Record<string, string>> {
	const resource = model.resources.get(resourceActedOn(effect) ?? "");
	if (resource === undefined || holdsMembers(resource)) return {};
	const said = [...resource.fields.values()].map((field): [string, string] => [field.name, wordsFor(field)]);
	return Object.fromEntries(said.filter(([, words]) => words !== ""));
}

function wordsFor({ owner, writeOnly, written, reveal, credential, whenUnset }: Field): string {
	const words = [
		...(owner === "client" ? [] : [OWNERS[owner]]),
		...(reveal === "once" ? ["shown once"] : []),
		...(reveal === "never" || (writeOnly && written) ? ["never shown"] : []),
		...(credential === undefined ? [] : [`a credential of ${credential}`]),
		...(whenUnset.kind === "documented" ? [`default ${JSON.stringify(whenUnset.value)}`] : []),
	];
	return words.join(", ");
}

const OWNERS: Readonly<Record<Exclude<Field["owner"], "client">, string>> = {
	unique: "made by the server, never the same twice",
	stable: "made by the server and kept",
	volatile: "the server's, may change at any time",
	default: "the server's default",
};

function atomicRow(model: Model, { atomic = [] }: Behaviour): FactRow {
	const texts = atomic.flatMap((one) => ["happens as if nothing else were under way", `  ${quote(model, one)}`]);
	return { name: "atomic", texts };
}

function linksRow(model: Model, { leads = [] }: Behaviour): FactRow {
	const texts = leads.flatMap(({ name, to, hands, evidence }) => {
		const handed = Object.entries(hands).map(([parameter, pointer]) => `${parameter} from ${pointer}`);
		return [`${name}: ${to}${handed.length === 0 ? "" : ` with ${handed.join(", ")}`}`, `  ${quote(model, evidence)}`];
	});
	return { name: "links", texts };
}

/** What was said, or the fact in short, and where it stands. */
export function quote(model: Model, { kind, text, source }: Evidence): string {
	const place = source === undefined ? "" : ` (${renderPlace(model.contract.locate(source))})`;
	return kind === "words" ? `"${text}"${place}` : `${text}${place}`;
}
