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
	const closed =
		/\b(?:one of|either|must be one of|(?:allowed|possible|valid|accepted|permitted) values(?: are)?|values)\s*(?::|are\b)?\s*([^.;]+)/i.exec(
			plain,
		);
	if (closed?.[1] !== undefined && (/:|are\b/.test(closed[0]) || /one of|either/i.test(closed[0])))
		return listOf(closed[1], true);
	const open = /\b(?:(?:accepted|allowed|possible|supported) )?values include\s*:?\s*([^.;]+)/i.exec(plain)?.[1];
	return open === undefined ? undefined : listOf(open, false);
}

/** Undefined unless every piece is a single word: prose is no list. */
function listOf(text: string, complete: boolean): Values | undefined {
	const pieces = text
		.replace(/\((?:default|case[^)]*)\)/gi, "")
		.split(/\s*(?:,|\||\/|·|\bor\b|\band\b|\n)\s*/)
		.map((piece) => piece.trim().replaceAll(/^[`"'“”‘’(]+|[`"'“”‘’).]+$/g, ""))
		.filter((piece) => piece !== "");
	if (pieces.length < 2 || pieces.length > VALUES_MAX || pieces.some((piece) => !/^[\w.:@+-]{1,60}$/.test(piece)))
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
		/(?:\bdefaults? to|\bdefault(?: value)? is|\bdefaults?:|\bdefault(?: value)?:|\bdefault\s*=|\((?:the )?default:?)\s+?[`"']?([\w.:+-]+)[`"']?(?=\s*(?:[.,;)]|$|when\b|if\b|·))/i.exec(
			text,
		)?.[1];
	const value = found?.replace(/\.$/, "");
	return value === undefined || /^(?:the|a|an|no|none|null|all|whatever)$/i.test(value) ? undefined : value;
}
