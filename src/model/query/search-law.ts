import { resourceActedOn } from "../effect.ts";
import type { QueryLaw } from "../query-law.ts";
import { addressOf } from "../scene.ts";
import { propertyOf } from "../value.ts";
import type { Search } from "./search.ts";

/** Shows the items that hold a text. */
export const search: QueryLaw<Search> = {
	kind: "search",
	rule: "filter",
	sentence: ({ parameter, fields }) =>
		`shows only items that hold the text of ${parameter}${fields === undefined ? "" : ` in ${fields.join(" or ")}`}`,
	documented: ({ parameter }) => `items that hold ${parameter}`,
	fields: ({ fields, candidates }) => fields ?? candidates.slice(0, 1),
	rivals: (asking) => [
		{ name: "ignores the search", asking: { ...asking, does: "ignored" } },
		{ name: "finds nothing", asking: { ...asking, does: "nothing" } },
		...(asking.caseless ? [{ name: "heeds case", asking: { ...asking, does: "case-sensitive" } } as const] : []),
		...(asking.partial ? [{ name: "finds prefixes only", asking: { ...asking, does: "prefix-only" } } as const] : []),
	],
	tries: (asking, scene) => {
		const { container } = addressOf(scene, resourceActedOn(scene.behaviour.effect) ?? "");
		const [name = ""] = asking.fields ?? asking.candidates;
		const texts = scene.view.entries(container).flatMap(({ value }) => {
			const held = propertyOf(value, name);
			return typeof held === "string" && held.length >= TERM_LENGTH_MIN ? [held] : [];
		});
		const isOurs = (text: string): boolean => scene.planning?.isOurs?.(text) === true;
		const known = [...new Set(texts)].toSorted((a, b) => Number(isOurs(b)) - Number(isOurs(a)));
		const terms = known.slice(0, TERMS_MAX).flatMap((text) => [text, text.slice(1), swapCase(text)]);
		return [...new Set(terms)].map((term) => {
			const first = { ...scene.call, query: { ...scene.call.query, [asking.parameter]: term } };
			return { first: isOurs(term) ? { ...first, ours: [asking.parameter] } : first, follows: false };
		});
	},
};

const TERMS_MAX = 2;
const TERM_LENGTH_MIN = 5;

function swapCase(text: string): string {
	return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
