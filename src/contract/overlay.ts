import type { Problem } from "../problem/problem.ts";
import type { Source } from "../problem/source.ts";
import { hintOf } from "./did-you-mean.ts";
import type { Documents, LoadedDocument } from "./document.ts";
import { field, isObject, kindOf, textField } from "./node.ts";
import { child, isMapPart, itemsOf, type Part, partAt } from "./part.ts";
import type { EntryEnd } from "./position.ts";

/** An OpenAPI Overlay (1.0 or 1.1), its shape checked. */
export interface Overlay {
	readonly file: string;
	/** The document that the overlay says it is made for, as written. */
	readonly extends?: string;
	readonly actions: readonly OverlayAction[];
}

/** One action: exactly one of update, copy and remove. */
export type OverlayAction = { readonly target: string; readonly source: Source } & (
	| { readonly kind: "update"; readonly update: unknown }
	| { readonly kind: "copy"; readonly from: string }
	| { readonly kind: "remove" }
);

/** What is wrong with an overlay, with the part that it is about; the caller finds the line. */
export type OverlayProblem = Omit<Problem, "place"> & { readonly source: Source };

const ROOT_FIELDS = ["overlay", "info", "extends", "actions"];
const INFO_FIELDS = ["title", "version", "description"];
const ACTION_FIELDS = ["target", "description", "update", "copy", "remove"];

/**
 * Reads an overlay and checks its shape: a key that the specification does not know is refused, because an action that
 * silently does nothing is worse than none.
 *
 * @returns the overlay, or everything that is wrong with the file
 */
export function parseOverlay(documents: Documents, file: string): Overlay | readonly Problem[] {
	const document = documents.get(file);
	if (document === undefined) return documents.faults(file);
	const checked = checkOverlay(documents, document);
	return checked.problems.length > 0 ? checked.problems : checked.overlay;
}

/** Gathers problems of one overlay, each with its line. */
interface Check {
	readonly problems: Problem[];
	report(part: Part, problem: Omit<Problem, "place">, end?: EntryEnd): void;
}

function checkOverlay(
	documents: Documents,
	document: LoadedDocument,
): { problems: readonly Problem[]; overlay: Overlay } {
	const problems: Problem[] = [];
	const check: Check = {
		problems,
		report: (part, problem, end) => problems.push({ ...problem, place: documents.locate(part.source, end) }),
	};
	const root: Part = { value: document.value, source: { file: document.file, pointer: "" } };
	if (!checkVersion(check, root)) return { problems, overlay: { file: document.file, actions: [] } };
	checkKeys(check, root, ROOT_FIELDS);
	const info = child(root, "info");
	if (info !== undefined) checkKeys(check, info, INFO_FIELDS);
	for (const name of ["title", "version"])
		if (textField(info?.value, name) === undefined) reportMissing(check, info ?? root, `info.${name}`);
	const actions = itemsOf(child(root, "actions"));
	if (actions.length === 0) reportMissing(check, child(root, "actions") ?? root, "a list of actions");
	const extended = textField(root.value, "extends");
	const overlay = {
		file: document.file,
		...(extended !== undefined && { extends: extended }),
		actions: actions.flatMap((action) => checkAction(check, action)),
	};
	return { problems, overlay };
}

/** A file that is no overlay is told so, and nothing else about it. */
function checkVersion(check: Check, root: Part): boolean {
	const version = textField(root.value, "overlay");
	if (version !== undefined && /^1\.[01](\.\d+)?$/.test(version)) return true;
	if (version === undefined) {
		const keys = isObject(root.value) ? Object.keys(root.value) : [];
		const hint = ["openapi", "swagger"].some((key) => keys.includes(key))
			? { hint: "this is an OpenAPI document" }
			: {};
		check.report(root, { code: "not-an-overlay", message: "an overlay begins with overlay: 1.0.0 or 1.1.0", ...hint });
		return false;
	}
	const message = `Overlay ${version} is not supported; 1.0 and 1.1 are`;
	check.report(child(root, "overlay") ?? root, { code: "unsupported-version", message });
	return false;
}

function checkKeys(check: Check, part: Part, known: readonly string[]): void {
	if (!isMapPart(part)) {
		check.report(part, { code: "invalid-overlay", message: `a map belongs here, and here is ${kindOf(part.value)}` });
		return;
	}
	for (const [key, value] of Object.entries(part.value)) {
		if (known.includes(key) || key.startsWith("x-")) continue;
		const problem = { code: "unknown-key", message: `unknown key "${key}"`, ...hintOf(key, known) };
		check.report(partAt(part, key, value), problem, "key");
	}
}

function reportMissing(check: Check, part: Part, what: string): void {
	check.report(part, { code: "missing-key", message: `the overlay needs ${what}` });
}

function checkAction(check: Check, action: Part): readonly OverlayAction[] {
	checkKeys(check, action, ACTION_FIELDS);
	if (!isMapPart(action)) return [];
	const misplaced = child(action, "x-holdfast");
	if (misplaced !== undefined)
		check.report(
			misplaced,
			{
				code: "misplaced-extension",
				message: "x-holdfast stands beside update, where it has no effect",
				hint: "write it under update",
			},
			"key",
		);
	const target = field(action.value, "target");
	if (typeof target !== "string") {
		check.report(child(action, "target") ?? action, { code: "missing-key", message: "an action needs a target" });
		return [];
	}
	const kind = actionKind(check, action);
	return kind === undefined ? [] : [{ target, source: action.source, ...kind }];
}

type ActionKind = OverlayAction extends infer Action
	? Action extends OverlayAction
		? Omit<Action, "target" | "source">
		: never
	: never;

/** `remove: true` outdoes the other two; of those there must be exactly one (Overlay 1.1, Action Object). */
function actionKind(check: Check, action: Part): ActionKind | undefined {
	const [remove, update, copy] = ["remove", "update", "copy"].map((key) => child(action, key));
	if (remove !== undefined && typeof remove.value !== "boolean")
		check.report(remove, { code: "invalid-overlay", message: "remove is true or false" });
	if (remove?.value === true) return { kind: "remove" };
	if (update !== undefined && copy !== undefined)
		check.report(copy, { code: "invalid-overlay", message: "an action has either update or copy" });
	if (update !== undefined) return { kind: "update", update: update.value };
	if (typeof copy?.value === "string") return { kind: "copy", from: copy.value };
	if (copy !== undefined) check.report(copy, { code: "invalid-overlay", message: "copy is a JSONPath" });
	else check.report(action, { code: "invalid-overlay", message: "an action needs update, copy or remove: true" });
	return undefined;
}

/** Whether somewhere in an update stands `x-holdfast`: such an action is meant for us, and must have an effect. */
export function isOurs(action: OverlayAction): boolean {
	return action.kind === "update" && JSON.stringify(action.update)?.includes('"x-holdfast":') === true;
}
