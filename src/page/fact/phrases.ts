/** Values that a page lists. */
export interface Values {
	readonly values: readonly string[];
	/** Whether it says that there are no others. */
	readonly complete: boolean;
}

const VALUES_MAX = 100;

/**
 * The values that a text lists: `One of: a, b, c`, `Allowed values: a, b`, `"a" | "b"`, a cell of its own.
 *
 * @param isList the whole text is the list
 * @example parseValues("One of: active, suspended.", false) // { values: ["active", "suspended"], complete: true }
 */
export function parseValues(text: string, isList: boolean): Values | undefined {
	const plain = text.trim();
	if (plain === "" || /^[—–-]$/.test(plain)) return undefined;
	if (isList) return listOf(plain, true);
	const quoted = /^(?:enum\s*[:(]?\s*)?((?:["'`][^"'`]{1,60}["'`]\s*\|\s*)+["'`][^"'`]{1,60}["'`])\)?$/.exec(
		plain,
	)?.[1];
	if (quoted !== undefined) return listOf(quoted, true);
	const named = /\benum\s*[:(]\s*([^).;]+)/i.exec(plain)?.[1];
	if (named !== undefined) return listOf(named, true);
	const closed = CLOSED.map((pattern) => pattern.exec(plain)?.[1]).find((list) => list !== undefined);
	if (closed !== undefined) return listOf(closed, true);
	const open = OPEN.exec(plain)?.[1];
	return open === undefined ? undefined : listOf(open, false);
}

/** Up to the end of the sentence; a full stop inside a word is a part of it. */
const REST = String.raw`((?:[^.;]|\.(?!\s|$))+)`;
const OPEN = new RegExp(`\\b(?:(?:accepted|allowed|possible|supported) )?values include\\s*:?\\s*${REST}`, "i");

/** With a colon anywhere; without one only as a sentence of its own: `use one of a or b` may leave others out. */
const CLOSED: readonly RegExp[] = [
	new RegExp(`\\bone of(?: the following(?: values)?)?\\s*:\\s*${REST}`, "i"),
	new RegExp(
		`\\b(?:allowed|possible|valid|accepted|permitted) values(?: are)?\\s*:?\\s*(?<=:\\s*|are\\s*)${REST}`,
		"i",
	),
	new RegExp(`(?:^|[.;]\\s+)(?:(?:must|can|may) be |is )?one of\\s+(?![^.;]*:)${REST}`, "i"),
];

/** Undefined unless every piece is a single word: prose is no list. */
function listOf(text: string, complete: boolean): Values | undefined {
	const pieces = text
		.replace(/\((?:default|case[^)]*)\)/gi, "")
		.split(/\s*(?:,|\||·|\n)\s*|\s+(?:\/|or|and)\s+/)
		.map((piece) => piece.replace(/^(?:or|and)\s+/, ""))
		.map((piece) => piece.trim().replaceAll(/^[`"'“”‘’(]+|[`"'“”‘’).]+$/g, ""))
		.filter((piece) => piece !== "");
	if (pieces.length < 2 || pieces.length > VALUES_MAX || pieces.some((piece) => !/^[\w.:@+/-]{1,60}$/.test(piece)))
		return undefined;
	return { values: pieces, complete };
}

/** `Regex ^[a-z]+$.`, `Pattern: ^…$`, `Matches /^…$/`; what is no pattern from end to end is left alone. */
export function parsePattern(text: string): string | undefined {
	const found =
		/(?:regex(?:p|ular expression)?|pattern|match(?:es|ing)?)\s*:?\s*[`"/]?(\^\S*?\$)(?=[`"/]?(?:[.,;)]|\s|$))/i.exec(
			text,
		)?.[1];
	return found ?? /^\s*[`"/]?(\^\S+\$)[`"/]?\s*$/.exec(text)?.[1];
}

/** `Defaults to 20`, `Default: 20`, `(default 20)`; what only speaks of a default names none. */
export function parseDefault(text: string): string | undefined {
	const found =
		/(?:\bdefaults? to|\bdefault(?: value)? is|\bdefaults?:|\bdefault(?: value)?:|\bdefault\s*=|\((?:the )?default:?)\s+?[`"']?([\w.:+-]+)[`"']?(?=\s*(?:[.;)]|,\s|$|when\b|if\b|·))/i.exec(
			text,
		)?.[1];
	const value = found?.replace(/\.$/, "");
	return value === undefined || /^(?:the|a|an|no|none|null|all|whatever)$/i.test(value) ? undefined : value;
}
