import type { Problem } from "../problem/problem.ts";
import { PROBLEMS_PER_FILE_MAX } from "./limit.ts";
import type { OnDuplicate, Outline } from "./outline.ts";
import { createLineIndex } from "./position.ts";

/** The keys that a text writes twice in one map, each with the place of the later one, which is the one that counts. */
export function duplicateKeys(
	file: string,
	text: string,
	outline: (text: string, onDuplicate: OnDuplicate) => Outline,
): readonly Problem[] {
	const problems: Problem[] = [];
	const lines = createLineIndex(text);
	outline(text, (key, offset) => {
		if (problems.length >= PROBLEMS_PER_FILE_MAX) return;
		const message = `the key "${key}" stands here twice; the last one counts`;
		problems.push({ code: "duplicate-key", message, place: { file, ...lines(offset) } });
	});
	return problems;
}
