/** Words for what something is after an action, while it goes on, and what it no longer is. */
export interface OutcomeWords {
	readonly words: readonly string[];
	readonly underway: readonly string[];
	readonly opposite: readonly string[];
}

/** Actions that end with the answer. What is started, run or sent goes on by itself, and nobody knows how far it is. */
const REGULAR: ReadonlySet<string> = new Set([
	"abort", "accept", "acknowledge", "approve", "archive", "assign", "ban", "block", "cancel", "close", "confirm",
	"decline", "dismiss", "expire", "feature", "finalize", "flag", "hide", "lock", "mute", "pause", "pin", "place",
	"publish", "refund", "reject", "release", "reserve", "resolve", "retire", "revoke", "ship", "shut", "silence",
	"star", "submit", "suspend", "terminate", "trash", "void", "withdraw",
]); // biome-ignore format: a list of words

/** What is not made of the verb by its ending, or not by that alone. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
	activate: ["active", "activated", "enabled"],
	close: ["closed", "close"],
	complete: ["complete", "completed", "done"],
	deactivate: ["inactive", "deactivated", "disabled"],
	disable: ["disabled", "inactive"],
	enable: ["enabled", "active"],
	finish: ["finished", "done"],
	freeze: ["frozen"],
	hide: ["hidden"],
	open: ["open", "opened"],
	pay: ["paid"],
	reactivate: ["active", "reactivated"],
	reopen: ["open", "opened", "reopened"],
	shut: ["shut"],
	unpublish: ["unpublished", "draft"],
	void: ["void", "voided"],
	withdraw: ["withdrawn"],
};

/** Actions that take another one back. */
const BACK: Readonly<Record<string, string>> = {
	deactivate: "activate",
	disable: "enable",
	reopen: "close",
	unarchive: "archive",
	unban: "ban",
	unblock: "block",
	unfeature: "feature",
	unflag: "flag",
	unhide: "hide",
	unlock: "lock",
	unmute: "mute",
	unpin: "pin",
	unpublish: "publish",
	unstar: "star",
	unsuspend: "suspend",
};

/**
 * The words for what an action makes of a thing; undefined for what is no such action.
 *
 * @example outcomesOf("cancel")?.words // ["canceled", "cancelled"]
 */
export function outcomesOf(verb: string): OutcomeWords | undefined {
	const opposite = BACK[verb];
	const words = wordsFor(verb);
	if (words.length === 0 && opposite === undefined) return undefined;
	return {
		words: opposite === undefined ? words : [...words, ...pastOf(verb)],
		underway: [...formsOf(verb, "ing"), `${verb.replace(/e$/, "")}ing`, `pending${verb}`],
		opposite: opposite === undefined ? [] : wordsFor(opposite),
	};
}

function wordsFor(verb: string): readonly string[] {
	return OTHERS[verb] ?? (REGULAR.has(verb) ? pastOf(verb) : []);
}

function pastOf(verb: string): readonly string[] {
	if (verb.endsWith("e")) return [`${verb}d`];
	if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ied`];
	return formsOf(verb, "ed");
}

/** With the last letter once and twice: `canceled`, `cancelled`. */
function formsOf(verb: string, ending: string): readonly string[] {
	return [`${verb}${ending}`, `${verb}${verb.at(-1)}${ending}`];
}

/** A pattern for a word of an enumeration as sentences write it: `in_review` is `in review` as well. */
export function wordPattern(word: string): string {
	return word
		.split(/[\s_-]+/)
		.map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`))
		.join("[ _-]");
}
