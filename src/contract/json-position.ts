import type { EntryEnd, Locator } from "./position.ts";

interface Entry {
	readonly key: number;
	readonly value: number;
}

/**
 * Finds parts in a text that `JSON.parse` accepted. Every container is scanned once, when somebody first asks for what
 * is inside it, so that a line of a 13 MB document costs one pass over the text and the next line next to nothing.
 */
export function createJsonLocator(text: string): Locator {
	const containers = new Map<number, ReadonlyMap<string, Entry>>();
	const start = skipSpace(text, 0);
	return (tokens, end) => {
		let entry: Entry = { key: start, value: start };
		for (const token of tokens) {
			let entries = containers.get(entry.value);
			if (entries === undefined) {
				entries = scanContainer(text, entry.value);
				containers.set(entry.value, entries);
			}
			const next = entries.get(token);
			if (next === undefined) return endOf(text, entry, "key");
			entry = next;
		}
		return endOf(text, entry, end);
	};
}

/** Unless the caller says which, a map or list is where its key stands and a plain value where it stands itself. */
function endOf(text: string, entry: Entry, end: EntryEnd | undefined): number {
	if (end !== undefined) return entry[end];
	return /[[{]/.test(text.charAt(entry.value)) ? entry.key : entry.value;
}

function scanContainer(text: string, offset: number): ReadonlyMap<string, Entry> {
	const entries = new Map<string, Entry>();
	const isMap = text[offset] === "{";
	if (!isMap && text[offset] !== "[") return entries;
	let at = skipSpace(text, offset + 1);
	// The text is valid, and every round moves on, so this ends with the container.
	for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index++) {
		const key = at;
		if (isMap) at = skipSpace(text, skipSpace(text, skipString(text, key)) + 1);
		const name = isMap ? String(JSON.parse(text.slice(key, skipString(text, key)))) : String(index);
		entries.set(name, { key, value: at });
		at = skipSpace(text, skipValue(text, at));
		if (text[at] === ",") at = skipSpace(text, at + 1);
	}
	return entries;
}

function skipSpace(text: string, offset: number): number {
	let at = offset;
	while (at < text.length && text.charCodeAt(at) <= 32) at++;
	return at;
}

/** The offset after a string that begins at this quote. */
function skipString(text: string, quote: number): number {
	for (let end = text.indexOf('"', quote + 1); end !== -1; end = text.indexOf('"', end + 1)) {
		let slashes = 0;
		while (text[end - 1 - slashes] === "\\") slashes++;
		if (slashes % 2 === 0) return end + 1;
	}
	return text.length;
}

/** The offset after a value: of a number or word where the container around it goes on, else its own end. */
function skipValue(text: string, offset: number): number {
	const first = text[offset];
	if (first === '"') return skipString(text, offset);
	if (first === "{" || first === "[") return skipContainer(text, offset);
	let at = offset;
	while (at < text.length && !/[,\]}\s]/.test(text.charAt(at))) at++;
	return at;
}

function skipContainer(text: string, offset: number): number {
	let depth = 0;
	for (let at = offset; at < text.length; at++) {
		const char = text[at];
		if (char === '"') at = skipString(text, at) - 1;
		else if (char === "{" || char === "[") depth++;
		else if ((char === "}" || char === "]") && --depth === 0) return at + 1;
	}
	return text.length;
}
