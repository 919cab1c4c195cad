import { isJson, matchesMediaType, parseMediaType, rangeSpecificity } from "../../http/media-type.ts";

/** More ranges than this in one Accept are not looked at. */
const RANGES_MAX = 100;

/**
 * Which of the offered media types a client wants most (RFC 9110, section 12.5.1); JSON among equals. Undefined when it
 * accepts none of them.
 *
 * @example negotiate([{ name: "text/csv" }, { name: "application/json" }], "text/*, application/json;q=0.5") // text/csv
 */
export function negotiate<Offer extends { readonly name: string }>(
	offers: readonly Offer[],
	accept: string | undefined,
): Offer | undefined {
	const preferred = offers.find(({ name }) => isJson(name)) ?? offers[0];
	if (accept === undefined || accept === "*/*" || accept.trim() === "") return preferred;
	const ranges = accept.split(",", RANGES_MAX).map((range) => range.trim());
	let best: { readonly offer: Offer; readonly quality: number } | undefined;
	for (const offer of preferred === undefined ? [] : [preferred, ...offers]) {
		const quality = qualityOf(offer.name, ranges);
		if (quality > (best?.quality ?? 0)) best = { offer, quality };
	}
	return best?.offer;
}

/** The weight that the narrowest matching range gives; 0 when none matches. */
function qualityOf(name: string, ranges: readonly string[]): number {
	let narrowest = -1;
	let quality = 0;
	for (const range of ranges) {
		const isMatch = matchesMediaType(range, name) || (name.includes("*") && matchesMediaType(name, range));
		if (!isMatch || rangeSpecificity(range) <= narrowest) continue;
		narrowest = rangeSpecificity(range);
		const weight = Number(parseMediaType(range)?.parameters.q ?? 1);
		quality = Number.isNaN(weight) ? 1 : weight;
	}
	return quality;
}
