import type { Evidence } from "../evidence.ts";
import { isObject, isServerValue, type Value } from "../value.ts";
import type { Verdict } from "./filter.ts";

/** A parameter that chooses items by a text that they hold. */
export interface Search {
	readonly kind: "search";
	readonly parameters: readonly string[];
	readonly parameter: string;
	/** The fields that are searched, where the document says which. */
	readonly fields?: readonly string[];
	/** Text fields, where it does not; those that name the item come first. */
	readonly candidates: readonly string[];
	/** Another case matches as well: said, or not. */
	readonly caseless: boolean;
	/** A part of a text matches: said, or not. */
	readonly partial: boolean;
	/** What is only like the text may match. */
	readonly fuzzy: boolean;
	readonly does: "as-documented" | "ignored" | "case-sensitive" | "prefix-only" | "nothing" | "misses-field";
	/** The field that a rival does not look into. */
	readonly missed?: string;
	readonly evidence: readonly Evidence[];
}

/** A shorter text may stand in what only the server knows: an id, a time. */
const TELLING_LENGTH_MIN = 4;

/** Whether a search for a text finds an item. */
export function finds(search: Search, item: Value, term: string): Verdict {
	if (term === "" || search.does === "ignored") return { isShown: term === "" ? undefined : true, served: true };
	if (search.does === "nothing") return { isShown: false, served: false };
	const names = search.fields ?? search.candidates;
	const texts = isObject(item) ? names.flatMap((name) => textIn(item[name])) : textIn(item);
	const served = texts.some((text) => text.toLowerCase().includes(term.toLowerCase()));
	switch (search.does) {
		case "misses-field": {
			const others = names.filter((name) => name !== search.missed);
			const held = isObject(item) ? others.flatMap((name) => textIn(item[name])) : [];
			return sharp(held.some((text) => text.toLowerCase().includes(term.toLowerCase())));
		}
		case "case-sensitive":
			return sharp(texts.some((text) => text.includes(term)));
		case "prefix-only":
			return sharp(texts.some((text) => text.toLowerCase().startsWith(term.toLowerCase())));
		case "as-documented":
			return { isShown: isFound(search, item, { term, texts, served }), served };
	}
}

function sharp(isShown: boolean): Verdict {
	return { isShown, served: isShown };
}

interface Looked {
	readonly term: string;
	readonly texts: readonly string[];
	readonly served: boolean;
}

function isFound(search: Search, item: Value, { term, texts, served }: Looked): boolean | undefined {
	const known = search.fields === undefined ? texts.slice(0, 1) : texts;
	const same = known.some((text) => (search.caseless ? text.toLowerCase() === term.toLowerCase() : text === term));
	if (same) return true;
	const part = search.fields !== undefined && search.partial;
	const includes = texts.some((text) =>
		search.caseless ? text.toLowerCase().includes(term.toLowerCase()) : text.includes(term),
	);
	if (part && includes) return true;
	const isNowhere = !served && !allText(item).includes(term.toLowerCase());
	const tells = term.length >= TELLING_LENGTH_MIN && !search.fuzzy && /[g-z]/i.test(term);
	return isNowhere && tells ? false : undefined;
}

function textIn(value: Value | undefined): readonly string[] {
	return typeof value === "string" ? [value] : [];
}

/** Everything that is known of an item, in lower case. */
function allText(value: Value): string {
	if (isServerValue(value)) return "";
	return (JSON.stringify(value) ?? "").toLowerCase();
}
