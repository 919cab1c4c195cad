import type { Source } from "../problem/source.ts";
import { extendPointer } from "../schema/reference.ts";
import { QueryUnbounded, queryLocations } from "./json-path.ts";
import { OVERLAY_STEPS_MAX, OVERLAY_TARGETS_MAX } from "./limit.ts";
import type { Origins } from "./origin.ts";
import { isOurs, type Overlay, type OverlayAction, type OverlayProblem } from "./overlay.ts";
import { mergeAt } from "./overlay-merge.ts";
import { createRevision, type Revision, type Tokens } from "./revision.ts";

/** A document after its overlays. */
export interface Overlaid {
	readonly value: unknown;
	/** Mistakes: nothing may be done with the document. */
	readonly problems: readonly OverlayProblem[];
	/** Actions that had no effect. */
	readonly warnings: readonly OverlayProblem[];
}

/**
 * Applies overlays in order, each action to the result of the one before (Overlay 1.1, section 4.4.1). The given value
 * is left as it is: what changes is copied on the way to the change.
 */
export function applyOverlays(
	document: { readonly value: unknown; readonly file: string },
	overlays: readonly Overlay[],
	origins: Origins,
): Overlaid {
	const problems: OverlayProblem[] = [];
	const warnings: OverlayProblem[] = [];
	const revision = createRevision({ root: document.value, file: document.file, origins });
	const targets = { left: OVERLAY_TARGETS_MAX };
	for (const action of overlays.flatMap((overlay) => overlay.actions)) {
		const effect = applyAction({ revision, targets }, action);
		problems.push(...effect.problems);
		warnings.push(...effect.warnings);
		// What follows would have to cope with a document that grows without bound.
		if (effect.problems.some(({ code }) => code === "overlay-unbounded")) break;
	}
	return { value: revision.root(), problems, warnings };
}

interface Effect {
	readonly problems: readonly OverlayProblem[];
	readonly warnings: readonly OverlayProblem[];
}

/** The document as it is by now, and how many places may still be selected in it. */
interface Edit {
	readonly revision: Revision;
	readonly targets: { left: number };
}

function applyAction(edit: Edit, action: OverlayAction): Effect {
	const { revision } = edit;
	const at = (key: string): Source => ({ ...action.source, pointer: extendPointer(action.source.pointer, [key]) });
	const selected = select(edit, action.target, at("target"));
	if ("code" in selected) return { problems: [selected], warnings: [] };
	if (selected.length === 0) return nothingMatched(action, at("target"));
	if (action.kind === "remove") return failed(removeAll(revision, selected, at("target")));
	const given = action.kind === "update" ? { value: action.update, source: at("update") } : copied(edit, action, at);
	if ("code" in given) return failed([given]);
	return failed(selected.flatMap((tokens) => mergeAt(revision, tokens, given)));
}

function failed(problems: readonly OverlayProblem[]): Effect {
	return { problems, warnings: [] };
}

function nothingMatched(action: OverlayAction, source: Source): Effect {
	const problem = { code: "overlay-no-match", message: `target matches nothing: ${action.target}`, source };
	return isOurs(action) ? { problems: [problem], warnings: [] } : { problems: [], warnings: [problem] };
}

function select({ revision, targets }: Edit, path: string, source: Source): readonly Tokens[] | OverlayProblem {
	const unbounded = (message: string) => ({ code: "overlay-unbounded", message, source });
	try {
		// A query may select one place twice, and an action is to happen there once.
		const locations = new Map<string, Tokens>();
		for (const location of queryLocations(path, revision.root())) {
			locations.set(extendPointer("", location), location);
			if (locations.size > targets.left)
				return unbounded(`the targets of all actions together match more than ${OVERLAY_TARGETS_MAX} places`);
		}
		targets.left -= locations.size;
		return [...locations.values()];
	} catch (error) {
		if (error instanceof QueryUnbounded)
			return unbounded(`the target looks at more than ${OVERLAY_STEPS_MAX} values: ${path}`);
		// The library says where again, in a form of its own.
		const reason = String(error instanceof Error ? error.message : error).replace(/ \('.*':\d+\)$/s, "");
		return { code: "invalid-jsonpath", message: `no valid JSONPath (RFC 9535): ${path}: ${reason}`, source };
	}
}

function copied(
	edit: Edit,
	action: OverlayAction & { kind: "copy" },
	at: (key: string) => Source,
): { readonly value: unknown; readonly source: Source } | OverlayProblem {
	const source = at("copy");
	const selected = select(edit, action.from, source);
	if ("code" in selected) return selected;
	const [only] = selected;
	if (only !== undefined && selected.length === 1) return { value: edit.revision.at(only), source };
	const message = `copy must select one place and selects ${selected.length}: ${action.from}`;
	return { code: "overlay-copy", message, source };
}

/** From the back, so that removing one item of a list does not move the next one to be removed. */
function removeAll(revision: Revision, selected: readonly Tokens[], source: Source): readonly OverlayProblem[] {
	if (selected.some((tokens) => tokens.length === 0))
		return [{ code: "overlay-remove", message: "the whole document cannot be removed", source }];
	for (const tokens of selected.toSorted(compareTokens).toReversed()) revision.remove(tokens);
	return [];
}

function compareTokens(left: Tokens, right: Tokens): number {
	for (const [index, token] of left.entries()) {
		const other = right[index];
		if (other === undefined) return 1;
		if (token === other) continue;
		return typeof token === "number" && typeof other === "number"
			? token - other
			: String(token) < String(other)
				? -1
				: 1;
	}
	return left.length - right.length;
}
