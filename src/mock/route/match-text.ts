import type { TemplateText } from "../../contract/path-template.ts";

/**
 * What the parameters of a partly fixed segment capture; undefined when it does not match. Each takes as little as it
 * can, but at least one character. No regular expression: the template comes from a document.
 *
 * @example matchText(parsePathTemplate("/{id}.json").segments[0], "a.b.json") // ["a.b"]
 */
export function matchText(template: TemplateText, segment: string): readonly string[] | undefined {
	const captured: string[] = [];
	let at = 0;
	for (const [index, part] of template.entries()) {
		if (part.kind === "literal") {
			if (!segment.startsWith(part.text, at)) return undefined;
			at += part.text.length;
			continue;
		}
		const end = endOfCapture(template, index, { segment, at });
		if (end <= at) return undefined;
		captured.push(segment.slice(at, end));
		at = end;
	}
	return at === segment.length ? captured : undefined;
}

/** The last literal stands at the end; one in between is looked for from the left. -1 when it is not there. */
function endOfCapture(template: TemplateText, index: number, { segment, at }: { segment: string; at: number }): number {
	const next = template[index + 1];
	if (next === undefined) return segment.length;
	// Two parameters side by side cannot be told apart: the first takes one character.
	if (next.kind === "parameter") return Math.min(at + 1, segment.length);
	const isLast = index + 2 === template.length;
	if (isLast) return segment.endsWith(next.text) ? segment.length - next.text.length : -1;
	return segment.indexOf(next.text, at + 1);
}
