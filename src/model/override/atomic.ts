import type { Operation } from "../../contract/contract.ts";
import type { Source } from "../../problem/source.ts";
import { type Effect, resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import type { Evidence } from "../evidence.ts";
import { escapePointer } from "../infer/shown.ts";
import type { Desk, Root } from "../override.ts";
import { noteProblem } from "./note.ts";

interface Promised {
	readonly root: Root;
	readonly effect: Effect;
	/** What the operation itself says; it goes before what is said of its resource. */
	readonly own: { readonly atomic?: boolean; readonly source: Source } | undefined;
}

/**
 * Who promises that an operation happens as if it were alone: `atomic` at the operation, else at the resource that it
 * acts on. Nobody, where this is undefined.
 */
export function atomicPromise(
	desk: Desk,
	{ id }: Operation,
	{ root, effect, own }: Promised,
): readonly Evidence[] | undefined {
	if (own?.atomic !== undefined) {
		const source = { ...own.source, pointer: `${own.source.pointer}/atomic` };
		if (!lawOf(effect).writes) noteIdle(desk, source);
		return own.atomic ? [{ kind: "overlay", text: `x-holdfast: ${id} is atomic`, source }] : undefined;
	}
	const resource = resourceActedOn(effect) ?? "";
	const said = Object.hasOwn(root.resources, resource) ? root.resources[resource]?.atomic : undefined;
	if (said !== true || !lawOf(effect).writes) return undefined;
	const source = { file: desk.contract.file, pointer: `/x-holdfast/resources/${escapePointer(resource)}/atomic` };
	return [{ kind: "overlay", text: `x-holdfast: changes of ${resource} are atomic`, source }];
}

function noteIdle(desk: Desk, source: Source): void {
	noteProblem(desk, {
		code: "bad-declaration",
		message: "`atomic` says nothing of an operation that changes nothing",
		source,
		hint: "write it at what changes something, or at the resource",
	});
}
