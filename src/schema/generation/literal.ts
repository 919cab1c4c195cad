import type { Schema } from "../schema.ts";
import type { Patch } from "./demand.ts";

/** One thing that must be the case; a goal is turned into a demand by working through these. */
export type Literal =
	| { readonly kind: "holds"; readonly schema: Schema; readonly scopes: readonly number[] }
	| { readonly kind: "fails"; readonly schema: Schema }
	| { readonly kind: "patch"; readonly patch: Patch }
	| { readonly kind: "choice"; readonly alternatives: readonly Alternative[] };

/** One way to go on: all of its literals. */
export interface Alternative {
	readonly literals: () => readonly Literal[];
	/** Lower ones are tried first; equal ones in an order that the seed decides. */
	readonly rank: number;
}

export function holds(schema: Schema | undefined, scopes: readonly number[] = []): readonly Literal[] {
	return schema === undefined ? [] : [{ kind: "holds", schema, scopes }];
}

export function fails(schema: Schema | undefined): readonly Literal[] {
	return schema === undefined ? [] : [{ kind: "fails", schema }];
}

export function patch(...patches: readonly Patch[]): readonly Literal[] {
	return patches.map((one) => ({ kind: "patch", patch: one }));
}

export function choice(alternatives: readonly Alternative[]): Literal {
	return { kind: "choice", alternatives };
}

export function way(literals: readonly Literal[], rank = 0): Alternative {
	return { literals: () => literals, rank };
}

/** A way whose literals are many and seldom needed. */
export function lazyWay(literals: () => readonly Literal[], rank: number): Alternative {
	return { literals, rank };
}
