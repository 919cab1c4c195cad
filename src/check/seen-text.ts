import type { Json } from "../http/exchange.ts";
import type { Turn } from "./session.ts";

/** Of each property so many texts are kept, and of each list so many items looked at. */
const TEXTS_MAX = 6;
const ITEMS_MAX = 20;
const DEPTH_MAX = 4;
/** A longer text is prose, and no word that a service knows. */
const LENGTH_MAX = 40;

/** Remembers which texts a success shows in which property. */
export function noteTexts(seen: Map<string, Set<string>>, { told, body }: Turn): void {
	if (told !== undefined && told.status >= 200 && told.status < 300) note(seen, body, 0);
}

function note(seen: Map<string, Set<string>>, value: Json | undefined, depth: number): void {
	if (depth > DEPTH_MAX || typeof value !== "object" || value === null) return;
	if (Array.isArray(value)) {
		for (const item of value.slice(0, ITEMS_MAX)) note(seen, item, depth + 1);
		return;
	}
	for (const [name, member] of Object.entries(value as Readonly<Record<string, Json>>)) {
		if (typeof member !== "string") note(seen, member, depth + 1);
		else if (member !== "" && member.length <= LENGTH_MAX) add(seen, name, member);
	}
}

function add(seen: Map<string, Set<string>>, name: string, text: string): void {
	const texts = seen.get(name) ?? new Set();
	if (texts.size < TEXTS_MAX) seen.set(name, texts.add(text));
}
