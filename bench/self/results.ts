import { readVersion } from "../../src/finding/version.ts";
import { type CleanPiece, countBy } from "./measure.ts";
import type { RivalOutcome } from "./outcome.ts";

/** What was measured of one document. */
export interface Measured {
	readonly name: string;
	readonly operations: number;
	/** Claims and rivals by law. */
	readonly claims: Readonly<Record<string, number>>;
	readonly rivals: Readonly<Record<string, number>>;
	readonly clean: readonly CleanPiece[];
	/** How many rivals were drawn. */
	readonly drawn: number;
	readonly injected: readonly RivalOutcome[];
}

export function renderResults(all: readonly Measured[]): string {
	return [`# holdfast ${readVersion()}`, JSON.stringify(countBy(all, ({ name }) => name))].join("\n");
}
