import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { didYouMean } from "../../contract/did-you-mean.ts";
import type { Source } from "../../problem/source.ts";
import type { Desk } from "../override.ts";
import vocabulary from "../vocabulary.json" with { type: "json" };

/** A part of `x-holdfast` with its place. */
export interface Declared {
	readonly value: unknown;
	readonly source: Source;
}

/** Words of the vocabulary whose law is not there yet: accepting them and doing nothing would be a lie. */
const LATER = new Set(["partition", "limits", "refers", "records", "scope", "keep", "immutable", "rotate"]);

const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
ajv.addSchema(vocabulary);

/** The value when it keeps to the vocabulary; otherwise its mistakes are noted and it is left out. */
export function checkVocabulary(desk: Desk, part: string, declared: Declared): unknown {
	const validate = ajv.getSchema(`${vocabulary.$id}#/$defs/${part}`);
	if (validate === undefined) throw new Error(`the vocabulary has no part ${part}`);
	if (validate(declared.value) === true) return declared.value;
	for (const error of validate.errors ?? []) noteError(desk, declared, error);
	return undefined;
}

function noteError(desk: Desk, { source }: Declared, error: ErrorObject): void {
	const { word, at, message, known } = describe(error);
	const pointer = `${source.pointer}${at}`;
	const hint = word === undefined ? undefined : LATER.has(word) ? "its law is not built yet" : hintFor(word, known);
	desk.problems.push({
		code: error.keyword === "additionalProperties" ? "unknown-key" : "bad-declaration",
		message,
		place: desk.contract.locate({ ...source, pointer }),
		...(hint === undefined ? {} : { hint }),
	});
}

interface Described {
	readonly word?: string;
	readonly at: string;
	readonly message: string;
	readonly known: readonly string[];
}

function describe(error: ErrorObject): Described {
	if (error.keyword === "additionalProperties") {
		const word = String(error.params.additionalProperty);
		const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
		return { word, at: `${error.instancePath}/${word}`, message: `unknown key "${word}" in x-holdfast`, known };
	}
	if (error.keyword === "enum") {
		const word = String(error.data);
		const what = error.instancePath.split("/").at(-1) ?? "value";
		return {
			word,
			at: error.instancePath,
			message: `unknown ${what} "${word}"`,
			known: (error.params.allowedValues as readonly string[]) ?? [],
		};
	}
	const what = error.instancePath === "" ? "x-holdfast" : error.instancePath.slice(1).replaceAll("/", ".");
	return { at: error.instancePath, message: `${what} ${error.message ?? "is not what it should be"}`, known: [] };
}

/** Names the word that was probably meant, else all there are. */
export function hintFor(word: string, known: readonly string[]): string {
	const meant = didYouMean(word, known);
	return meant === undefined ? `there are ${known.join(", ")}` : `did you mean "${meant}"?`;
}
