import type { Operation } from "../contract/contract.ts";
import type { Json } from "../http/exchange.ts";
import { escapePointer } from "../model/infer/shown.ts";
import type { Model } from "../model/model.ts";
import type { Source } from "../problem/source.ts";
import type { Draft } from "./draft.ts";

/** One action of an overlay (OpenAPI Overlay 1.0, section 4.3). */
export interface OverlayAction {
	readonly target: string;
	readonly update?: Json;
	readonly remove?: true;
}

/** Actions that make the document say what the service does, or why there are none. */
export type Mending =
	| { readonly kind: "overlay"; readonly actions: readonly OverlayAction[] }
	| { readonly kind: "none"; readonly why: string };

export interface Mended {
	readonly model: Model;
	readonly draft: Draft;
	readonly operation: Operation;
	/** An overlay's path to a part; undefined where no overlay reaches it. */
	readonly path: (source: Source) => string | undefined;
}

export function overlay(...actions: readonly OverlayAction[]): Mending {
	return { kind: "overlay", actions };
}

export function none(why: string): Mending {
	return { kind: "none", why };
}

/** Stands for a target that no overlay reaches. */
export const ELSEWHERE = "";

export function at(mended: Mended, source: Source, ...tokens: readonly string[]): string {
	const pointer = [source.pointer, ...tokens.map(escapePointer)].join("/");
	return mended.path({ ...source, pointer }) ?? ELSEWHERE;
}
