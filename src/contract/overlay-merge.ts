import type { Source } from "../problem/source.ts";
import { extendPointer } from "../schema/reference.ts";
import { isObject, kindOf } from "./node.ts";
import type { OverlayProblem } from "./overlay.ts";
import type { Revision, Tokens } from "./revision.ts";

/** A value of an overlay with its place there. */
export interface Given {
	readonly value: unknown;
	readonly source: Source;
}

/**
 * Merges a value into the document at one place, by the steps of Overlay 1.1, section 4.4.3: maps recursively, lists
 * joined, plain values replaced, all else incompatible. A list takes a value that is none as one more item.
 */
export function mergeAt(revision: Revision, tokens: Tokens, given: Given): readonly OverlayProblem[] {
	const present = revision.at(tokens);
	if (Array.isArray(present)) return append(revision, { tokens, length: present.length }, given);
	return mergeInto(revision, tokens, given);
}

function mergeInto(revision: Revision, tokens: Tokens, given: Given): readonly OverlayProblem[] {
	const present = revision.at(tokens);
	if (isObject(present) && isObject(given.value)) return mergeMaps(revision, tokens, given);
	if (Array.isArray(present) && Array.isArray(given.value))
		return append(revision, { tokens, length: present.length }, given);
	if (isPlain(present) && isPlain(given.value)) {
		revision.set(tokens, given.value, given.source);
		return [];
	}
	const message = `${kindOf(given.value)} cannot be merged into ${kindOf(present)} at ${extendPointer("", tokens)}`;
	return [{ code: "overlay-incompatible", message, source: given.source }];
}

function mergeMaps(revision: Revision, tokens: Tokens, given: Given): readonly OverlayProblem[] {
	const present = revision.at(tokens) as object;
	return Object.entries(given.value as object).flatMap(([key, value]) => {
		const part = { value, source: { ...given.source, pointer: extendPointer(given.source.pointer, [key]) } };
		const place = [...tokens, key];
		if (Object.hasOwn(present, key)) return mergeInto(revision, place, part);
		revision.set(place, part.value, part.source);
		return [];
	});
}

function append(
	revision: Revision,
	list: { readonly tokens: Tokens; readonly length: number },
	{ value, source }: Given,
): readonly OverlayProblem[] {
	const items: readonly unknown[] = Array.isArray(value) ? value : [value];
	for (const [index, item] of items.entries()) {
		const pointer = Array.isArray(value) ? extendPointer(source.pointer, [index]) : source.pointer;
		revision.set([...list.tokens, list.length + index], item, { ...source, pointer });
	}
	return [];
}

function isPlain(value: unknown): boolean {
	return typeof value !== "object" || value === null;
}
