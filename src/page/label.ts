/** What a short title says about the table or the code that follows it. */
export interface Label {
	readonly direction?: "request" | "response";
	readonly place?: "path" | "query" | "header" | "body";
	/** `404`, `2XX`. */
	readonly status?: string;
	/** It is about what goes wrong, or about statuses at all. */
	readonly isErrors?: boolean;
}

const WORDS_MAX = 7;
const LENGTH_MAX = 70;

/** Words of labels; a title with any other word is no label. */
const WORDS: ReadonlySet<string> = new Set(
	(
		"response responses request requests body bodies header headers parameter parameters param params path query url uri string " +
		"field fields attribute attributes property properties example examples sample error errors code codes status statuses http " +
		"success successful payload json curl return returns schema terminal window bash shell javascript output input argument " +
		"arguments answer reply data format possible common all and or the a of for with ok created accepted no content not found bad " +
		"unauthorized forbidden conflict unprocessable entity gone many too internal server unavailable service method allowed required " +
		"optional authentication copy message object additional"
	).split(" "),
);

/** Of these one must be there. */
const CORE =
	/\b(?:response|responses|request|requests|body|headers?|parameters?|params|fields|attributes|properties|payload|errors?|status(?:es)?|returns?|curl|terminal|arguments|example|examples|output|input|reply|answer|[1-5](?:\d\d|xx))\b/i;

/**
 * Reads a title such as `Request body`, `Query parameters`, `Error — 404 Not Found`; undefined when it is a title of
 * another kind.
 *
 * @example parseLabel("Response — 200 OK") // { direction: "response", status: "200" }
 */
export function parseLabel(title: string): Label | undefined {
	const text = title.replaceAll(/[*_`:—–()[\],/|•-]+/g, " ").trim();
	if (text.length > LENGTH_MAX || !CORE.test(text)) return undefined;
	const words = text.toLowerCase().split(/\s+/);
	if (words.length > WORDS_MAX || !words.every((word) => WORDS.has(word) || /^[1-5](?:\d\d|xx)$/.test(word)))
		return undefined;
	const status = /\b[1-5](?:\d\d|xx)\b/i.exec(text)?.[0].toUpperCase();
	const isErrors = /\berrors?\b|\bstatus(?:es)?\b|\bcodes?\b/i.test(text) && status === undefined;
	const direction = directionOf(text, status);
	const place = placeOf(text);
	return {
		...(direction === undefined ? {} : { direction }),
		...(place === undefined ? {} : { place }),
		...(status === undefined ? {} : { status }),
		...(isErrors ? { isErrors } : {}),
	};
}

export function isLabel(title: string): boolean {
	return parseLabel(title) !== undefined;
}

function directionOf(text: string, status: string | undefined): Label["direction"] {
	if (status !== undefined || /\b(?:responses?|returns?|reply|answer|output|errors?)\b/i.test(text)) return "response";
	return /\b(?:requests?|body|payload|input|arguments|curl)\b/i.test(text) ? "request" : undefined;
}

function placeOf(text: string): Label["place"] {
	if (/\bpath\b|\burl param/i.test(text)) return "path";
	if (/\bquery\b/i.test(text)) return "query";
	if (/\bheaders?\b/i.test(text)) return "header";
	return /\b(?:body|payload|fields|attributes|properties|json)\b/i.test(text) ? "body" : undefined;
}

/** Sentences that lead to an example end with a colon: `The answer looks like this:`. */
export function parseLead(sentence: string): Label | undefined {
	const text = sentence.trim();
	if (!text.endsWith(":")) return undefined;
	const label = parseLabel(text);
	if (label !== undefined) return label;
	const status = /\b[1-5]\d\d\b/.exec(text)?.[0];
	if (status !== undefined) return { direction: "response", status };
	const returns = /\b(?:respon(?:se|ds?)|returns?|answers?|repl(?:y|ies)|results?|receives?|looks like)\b/i.test(text);
	const sends = /\b(?:request|body|send|sends|payload|post)\b/i.test(text);
	if (returns === sends) return undefined;
	return { direction: returns ? "response" : "request" };
}
