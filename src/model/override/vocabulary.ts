import { createRequire } from "node:module";
import type { ErrorObject } from "ajv/dist/2020.js";
import { lazy } from "../../contract/lazy.ts";
import type { Source } from "../../problem/source.ts";
import { escapePointer } from "../infer/shown.ts";
import type { Desk } from "../override.ts";
import vocabulary from "../vocabulary.json" with { type: "json" };
import { noteProblem, wordHint } from "./note.ts";

/** A part of `x-holdfast` with its place. */
export interface Declared {
	readonly value: unknown;
	readonly source: Source;
}

/** Most documents declare nothing, and to load and compile it takes a tenth of a start. */
const loadVocabulary = lazy(() => {
	const { Ajv2020 } = createRequire(import.meta.url)("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
	const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
	return ajv.addSchema(vocabulary);
});

/** The value when it keeps to the vocabulary; otherwise its mistakes are noted and it is left out. */
export function checkVocabulary(desk: Desk, part: string, declared: Declared): unknown {
	const validate = loadVocabulary().getSchema(`${vocabulary.$id}#/$defs/${part}`);
	if (validate === undefined) throw new Error(`the vocabulary has no part ${part}`);
	if (validate(declared.value) === true) return declared.value;
	for (const error of validate.errors ?? []) if (error.keyword !== "if") noteError(desk, declared, error);
	return undefined;
}

function noteError(desk: Desk, { source }: Declared, error: ErrorObject): void {
	const { word, at, message, known } = describe(error);
	const isKey = error.keyword === "additionalProperties";
	noteProblem(desk, {
		code: isKey ? "unknown-key" : "bad-declaration",
		message,
		source: { ...source, pointer: `${source.pointer}${at}` },
		...(isKey ? { end: "key" } : {}),
		hint: word === undefined ? explanationOf(error) : wordHint(word, known),
	});
}

/** What the vocabulary says of a text that is written in a way of its own. */
function explanationOf({ keyword, parentSchema }: ErrorObject): string | undefined {
	const { description } = (parentSchema ?? {}) as { description?: unknown };
	if (keyword !== "pattern" || typeof description !== "string") return undefined;
	return `it is ${description.charAt(0).toLowerCase()}${description.slice(1).replace(/\.$/, "")}`;
}

interface Described {
	readonly word?: string;
	readonly at: string;
	readonly message: string;
	readonly known: readonly string[];
}

function describe(error: ErrorObject): Described {
	const at = error.instancePath;
	const name = at === "" ? "x-holdfast" : at.slice(1).replaceAll("/", ".");
	if (error.keyword === "additionalProperties") {
		const word = String(error.params.additionalProperty);
		const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
		return { word, at: `${at}/${escapePointer(word)}`, message: `unknown key "${word}" in x-holdfast`, known };
	}
	if (error.keyword === "required")
		return { at, message: `${name} lacks "${String(error.params.missingProperty)}"`, known: [] };
	if (error.keyword !== "enum")
		return { at, message: `${name} ${error.message ?? "is not what it should be"}`, known: [] };
	const known = (error.params.allowedValues as readonly string[] | undefined) ?? [];
	const what = at.split("/").at(-1) ?? "value";
	if (typeof error.data === "string")
		return { word: error.data, at, message: `unknown ${what} "${error.data}"`, known };
	return { at, message: `${name} is one word: ${known.join(", ")}`, known };
}
