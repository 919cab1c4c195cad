import type { Outcome } from "../../model/outcome.ts";
import type { Scene } from "../../model/scene.ts";
import type { View } from "../../model/state.ts";
import type { Answer } from "../answer/answer.ts";
import type { MockRequest } from "../request/mock-request.ts";
import type { StoredChange } from "../store/store.ts";

/** What came of one request, gathered while it was answered. Nothing is made of it until somebody looks. */
export interface Trace {
	scene?: Scene;
	outcome?: Outcome;
	/** What the transport had against it. */
	refused?: { readonly status: number; readonly message: string };
	changes?: readonly StoredChange[];
	/** The answer was asked for, or went wrong on purpose. */
	special?: string;
	/** What was looked at; `readWords` puts it into words. */
	readonly reads: Read[];
}

/** One request of the last ones. */
export interface JournalEntry {
	readonly number: number;
	/** Milliseconds since 1970, by the clock of the mock. */
	readonly at: number;
	readonly durationMs: number;
	readonly request: MockRequest;
	readonly answer: Answer;
	readonly trace: Trace;
}

/** The last requests of a mock. */
export interface Journal {
	add(entry: Omit<JournalEntry, "number">): void;
	/** The latest first. */
	list(): readonly JournalEntry[];
	find(number: number): JournalEntry | undefined;
	clear(): void;
}

/** So many requests are remembered. */
const ENTRIES_MAX = 100;
/** Longer bodies are not kept. */
const BODY_BYTES_MAX = 65_536;

export function createJournal(): Journal {
	let entries: JournalEntry[] = [];
	let count = 0;
	return {
		add: ({ request, answer, ...rest }) => {
			count++;
			entries[count % ENTRIES_MAX] = {
				number: count,
				...rest,
				request: isLong(request.body) ? { ...request, body: undefined } : request,
				answer: isLong(answer.body) ? { status: answer.status, headers: answer.headers } : answer,
			};
		},
		list: () => entries.filter((entry) => entry !== undefined).sort((a, b) => b.number - a.number),
		find: (number) => {
			const entry = entries[number % ENTRIES_MAX];
			return entry?.number === number ? entry : undefined;
		},
		clear: () => {
			entries = [];
		},
	};
}

function isLong(body: MockRequest["body"]): boolean {
	return typeof body === "symbol" || (body !== undefined && body.length > BODY_BYTES_MAX);
}

/** Questions about the store as such, and not about what is in it. */
const UNTOLD: ReadonlySet<string> = new Set(["isComplete", "isUnsure", "version", "gone"]);

/** A question that was asked of a view, and what about. */
export interface Read {
	readonly name: string;
	readonly given: readonly unknown[];
}

/** A view that notes what is read through it, for one request after the other: each is answered at one go. */
export interface Tracer {
	readonly view: View;
	/** From now on, what is read is noted here. */
	begin(reads: Read[]): void;
}

export function createTracer(view: View): Tracer {
	let reads: Read[] = [];
	const traced = Object.entries(view).map(([name, read]: [string, (...given: readonly unknown[]) => unknown]) => {
		if (UNTOLD.has(name)) return [name, read];
		return [
			name,
			(...given: readonly unknown[]): unknown => {
				reads.push({ name, given });
				return read(...given);
			},
		];
	});
	return {
		view: Object.fromEntries(traced),
		begin: (into) => {
			reads = into;
		},
	};
}

/** Questions for what stands in a place: the place says it all. */
const PLAIN: ReadonlySet<string> = new Set(["entry", "entries", "page", "sorted"]);

/**
 * What was looked at, each once.
 *
 * @example readWords([{ name: "entry", given: ["apps", "my-app"] }]) // ["apps/my-app"]
 */
export function readWords(reads: readonly Read[]): readonly string[] {
	const words = reads.map(({ name, given }) => {
		const plain = given.filter((one) => typeof one !== "object").join("/");
		return PLAIN.has(name) ? plain : `${name} ${plain}`;
	});
	return [...new Set(words)];
}
