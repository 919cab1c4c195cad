/** What an answer shows, read without knowing what it is of. */

export interface Shown {
	readonly [name: string]: unknown;
}

const DEPTH_MAX = 4;

export function isMap(value: unknown): value is Shown {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What tells names apart whatever their spelling: `appId`, `app_id`. */
export function plainName(name: string): string {
	return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** A path carries text, so a number and its digits name the same. */
export function names(value: unknown, key: unknown): boolean {
	return (typeof value === "string" || typeof value === "number") && String(value) === String(key);
}

/** Whether something is the item of a key: it is the key itself, or an object with a member that is. */
export function isItem(value: unknown, key: unknown): boolean {
	if (names(value, key)) return true;
	if (!isMap(value)) return false;
	return Object.values(value).some(
		(member) => names(member, key) || (isMap(member) && Object.values(member).some((inner) => names(inner, key))),
	);
}

/** The object of an answer that is the item of a key; the whole answer where none is. */
export function itemIn(answer: unknown, key: unknown): Shown | undefined {
	for (const object of objectsIn(answer, 0)) {
		if (Object.values(object).some((member) => names(member, key))) return object;
	}
	return isMap(answer) ? answer : undefined;
}

/** The names of members that have a value: of the item of an answer, or of those of its list; what lists inside hold is other things. */
export function named(answer: unknown, key: unknown, depth = 0, isListed = false): readonly string[] {
	if (depth > DEPTH_MAX) return [];
	if (Array.isArray(answer)) return isListed ? [] : answer.flatMap((item) => named(item, key, depth + 1, true));
	if (!isMap(answer)) return [];
	return Object.entries(answer).flatMap(([name, member]) =>
		names(member, key) ? [name] : named(member, key, depth + 1, isListed),
	);
}

function* objectsIn(value: unknown, depth: number): Generator<Shown> {
	if (depth > DEPTH_MAX) return;
	if (Array.isArray(value)) for (const item of value) yield* objectsIn(item, depth + 1);
	else if (isMap(value)) {
		yield value;
		for (const member of Object.values(value)) yield* objectsIn(member, depth + 1);
	}
}

export interface ShownList {
	/** Where it stands: the members on the way to it. */
	readonly at: string;
	readonly items: readonly unknown[];
}

/** The lists of an answer that stand in no other list, the outermost first. */
export function listsIn(answer: unknown): readonly ShownList[] {
	const found: (ShownList & { readonly depth: number })[] = [];
	const walk = (value: unknown, at: string, depth: number): void => {
		if (Array.isArray(value)) found.push({ at, items: value, depth });
		else if (isMap(value) && depth < DEPTH_MAX) {
			for (const [name, member] of Object.entries(value)) walk(member, `${at}/${name}`, depth + 1);
		}
	};
	walk(answer, "", 0);
	return found.sort((a, b) => a.depth - b.depth);
}

/** A member that was sent and is shown otherwise. */
export interface Difference {
	/** Names of members, from the item on. */
	readonly at: readonly string[];
	readonly sent: unknown;
	readonly shown: unknown;
}

/** Members that were sent and are shown otherwise; those that are not shown, or are of another kind, say nothing. */
export function differences(sent: unknown, shown: unknown, at: readonly string[] = []): readonly Difference[] {
	if (isMap(sent) && isMap(shown)) {
		return Object.entries(sent).flatMap(([name, value]) => {
			if (!Object.hasOwn(shown, name) || (MOMENT.test(name) && isTime(value))) return [];
			return differences(value, shown[name], [...at, name]);
		});
	}
	if (Array.isArray(sent) && Array.isArray(shown)) {
		if (sent.some(isMap) || shown.some(isMap)) return [];
		return JSON.stringify(sent) === JSON.stringify(shown) ? [] : [{ at, sent, shown }];
	}
	if (typeof sent !== typeof shown || isMap(shown) || Array.isArray(shown)) return [];
	return sent === shown ? [] : [{ at, sent, shown }];
}

/** @example describe({ at: ["name"], sent: "a", shown: "b" }) // '/name was "a" and is "b"' */
export function describe({ at, sent, shown }: Difference): string {
	return `/${at.join("/")} was ${brief(sent)} and is ${brief(shown)}`;
}

/** When something was made or changed is for the server to say, whoever sends it. */
const MOMENT = /creat|updat|modif|edit|chang/i;

function isTime(value: unknown): boolean {
	return typeof value === "number" || (typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value));
}

function brief(value: unknown): string {
	return (JSON.stringify(value) ?? "absent").slice(0, 60);
}
