import type { Contract } from "../contract/contract.ts";
import type { Problem } from "../problem/problem.ts";
import type { Source } from "../problem/source.ts";

/** Something about the document that the person who runs the mock should know. */
export interface Note {
	/** Kebab-case: `invalid-example`. */
	readonly code: string;
	readonly message: string;
	readonly source: Source;
}

/** Gathers notes, each once. Their lines are found only when somebody reads them. */
export interface Notes {
	add(note: Note): void;
	list(): readonly Problem[];
}

/** A document in which everything is wrong is told so by its first notes. */
const NOTES_MAX = 1_000;

export function createNotes(contract: Contract, onNote?: (problem: Problem) => void): Notes {
	const notes = new Map<string, Note>();
	const locate = ({ code, message, source }: Note): Problem => ({ code, message, place: contract.locate(source) });
	return {
		add: (note) => {
			const key = `${note.code} ${note.message} ${note.source.file}#${note.source.pointer}`;
			if (notes.has(key) || notes.size >= NOTES_MAX) return;
			notes.set(key, note);
			onNote?.(locate(note));
		},
		list: () => [...notes.values()].map(locate),
	};
}
