import { byName } from "./words.ts";

/** Usual ranges by how a property's name ends, most telling first. */
const USUAL: readonly (readonly [RegExp, number, number])[] = [
	[/\b(lat|latitude)$/, -80, 80],
	[/\b(lon|lng|long|longitude)$/, -170, 170],
	[/\b(percent|percentage|ratio|probability|confidence|rate)$/, 0, 100],
	[/\byear$/, 2020, 2026],
	[/\bmonth$/, 1, 12],
	[/\bday$/, 1, 28],
	[/\bhours?$/, 0, 23],
	[/\b(minutes?|seconds?)$/, 0, 59],
	[/\b(timestamp|created|updated|modified|expires|(created|updated|modified|expires) (at|on))$/, 1.7e9, 1.76e9],
	[/\bport$/, 1024, 49_151],
	[/\bage$/, 18, 80],
	[/\b(status|http) code$/, 200, 204],
	[/\bpage$/, 1, 5],
	[/\b(offset|skip|index|position|order|rank)$/, 0, 10],
	[/\b(limit|size|count|total|quantity|qty|number|num)$/, 1, 100],
	[/\b(price|amount|cost|balance|fee|tax|salary)$/, 1, 500],
	[/\b(rating|score|stars)$/, 1, 5],
	[/\b(width|height|length)$/, 10, 2000],
	[/\b(version|revision)$/, 1, 9],
	[/\bids?$/, 1, 100_000],
];

const ANY = { min: 0, max: 1_000 };

/**
 * The range in which numbers of a name usually lie.
 *
 * @example sampleRange("birthYear") // { min: 2020, max: 2026 }
 */
export const sampleRange: (name: string) => { readonly min: number; readonly max: number } = byName((words) => {
	const found = USUAL.find(([pattern]) => pattern.test(words));
	return found === undefined ? ANY : { min: found[1], max: found[2] };
});
