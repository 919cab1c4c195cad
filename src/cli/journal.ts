import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CheckEvent } from "../finding/event.ts";
import { UserError } from "../problem/problem.ts";

/** What a run may have left, in the file that says so. */
export interface Journal {
	readonly file: string;
	readonly target: string;
	/** What is still there, the newest first: what lives inside something goes before it. */
	readonly left: readonly Left[];
}

export interface Left {
	readonly method: string;
	readonly path: string;
	readonly as?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

export const JOURNAL = "journal.ndjson";

/**
 * Writes down what a run makes while it runs, line by line, so that even a run that was killed leaves what it needs to be
 * cleaned up. A run that took away all that it made leaves no file.
 */
export interface JournalWriter {
	note(event: CheckEvent): void;
	/** How much is left. */
	finish(): number;
}

export function createJournal(file: string, target: string): JournalWriter {
	const there = new Map<string, Left>();
	let isOpen = false;
	const append = (line: object): void => {
		if (!isOpen) {
			mkdirSync(dirname(file), { recursive: true });
			appendFileSync(file, `${JSON.stringify({ target })}\n`);
			isOpen = true;
		}
		appendFileSync(file, `${JSON.stringify(line)}\n`);
	};
	return {
		note: (event) => {
			if (event.kind !== "made" && event.kind !== "gone") return;
			const before = there.size;
			enter(there, event.kind, { method: event.method, path: event.path });
			// What the run did not make is no business of the journal.
			if (event.kind === "made" || there.size < before) append(event);
		},
		finish: () => {
			if (isOpen && there.size === 0 && isAllGone(file)) rmSync(file, { force: true });
			return there.size;
		},
	};
}

/** What lives inside an item that is gone is gone with it. */
function enter(there: Map<string, Left>, kind: unknown, left: Left): void {
	if (kind === "made") {
		there.set(left.path, left);
		return;
	}
	for (const path of there.keys()) if (path === left.path || path.startsWith(`${left.path}/`)) there.delete(path);
}

function isAllGone(file: string): boolean {
	return readJournal(file).left.length === 0;
}

/**
 * Reads a journal. A last line that was cut off when the run was killed is left out.
 *
 * @throws UserError when it is no journal
 */
export function readJournal(file: string): Journal {
	const lines = readFileSync(file, "utf8").split("\n").map(parseLine);
	const there = new Map<string, Left>();
	for (const [index, entry] of lines.entries()) {
		if (entry === undefined || typeof entry.target === "string") continue;
		const left = leftIn(entry);
		if (left === undefined) {
			throw new UserError([{ code: "bad-journal", message: "this is no journal", place: { file, line: index + 1 } }]);
		}
		enter(there, entry.kind, left);
	}
	const target = lines.find((entry) => typeof entry?.target === "string")?.target;
	return { file, target: String(target ?? ""), left: [...there.values()].toReversed() };
}

function leftIn({ method, path, as, headers }: Readonly<Record<string, unknown>>): Left | undefined {
	if (typeof method !== "string" || typeof path !== "string") return undefined;
	const texts = Object.entries(headers ?? {}).filter(([, value]) => typeof value === "string");
	return {
		method,
		path,
		...(typeof as === "string" ? { as } : {}),
		...(texts.length === 0 ? {} : { headers: Object.fromEntries(texts) }),
	};
}

function parseLine(line: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
	} catch {
		return undefined;
	}
}

export function journalFile(out: string, api: string): string {
	return join(out, api, JOURNAL);
}
