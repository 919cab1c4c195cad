import { resourceActedOn } from "../effect.ts";
import type { QueryLaw, QueryRival } from "../query-law.ts";
import { addressOf, type Scene } from "../scene.ts";
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
		...missing(asking),
		...(asking.caseless ? [{ name: "heeds case", asking: { ...asking, does: "case-sensitive" } } as const] : []),
		...(asking.partial ? [{ name: "finds prefixes only", asking: { ...asking, does: "prefix-only" } } as const] : []),
	],
	tries: (asking, scene) => {
		const { container } = addressOf(scene, resourceActedOn(scene.behaviour.effect) ?? "");
		const isOurs = (text: string): boolean => scene.planning?.isOurs?.(text) === true;
		const names = asking.fields ?? asking.candidates.slice(0, 1);
		const terms = names.flatMap((name, index) => {
			const texts = scene.view.entries(container).flatMap(({ value }) => {
				const held = propertyOf(value, name);
				return typeof held === "string" && held.length >= TERM_LENGTH_MIN ? [held] : [];
			});
			const known = [...new Set(texts)].toSorted((a, b) => Number(isOurs(b)) - Number(isOurs(a)));
			return index === 0
				? known.slice(0, TERMS_MAX).flatMap((text) => [text, ...formsOf(scene, text)])
				: known.slice(0, 1);
		});
		return [...new Set(terms)].map((term) => {
			const first = { ...scene.call, query: { ...scene.call.query, [asking.parameter]: term } };
			return { first: isOurs(term) ? { ...first, ours: [asking.parameter] } : first, follows: false };
		});
	},
};

/** Where the document names several fields, each of them may have been forgotten. */
function missing(asking: Search): readonly QueryRival<Search>[] {
	const { fields = [] } = asking;
	if (fields.length < 2) return [];
	return fields.map((missed) => ({
		name: `does not look into ${missed}`,
		asking: { ...asking, does: "misses-field", missed },
	}));
}

const TERMS_MAX = 2;
const TERM_LENGTH_MIN = 5;

/** A part of a text, and the text in another case: found where parts and cases do not matter. */
function formsOf({ planning }: Scene, text: string): readonly string[] {
	const forms = [planning?.withoutFirst?.(text), planning?.inOtherCase?.(text)];
	return forms.filter((form) => typeof form === "string");
}
