import type { Operation } from "../../contract/contract.ts";
import { namesOperation } from "../../contract/names-operation.ts";
import type { Source } from "../../problem/source.ts";
import { type Per, type Rate, SHARED } from "../guard/rate.ts";
import type { Desk, Root } from "../override.ts";
import { rateGuard } from "./guard.ts";
import { noteUnknown } from "./note.ts";

/** A limit as `limits` declares it. */
export interface LimitWords {
	readonly max: number;
	/** `60s`. */
	readonly window: string;
	readonly per?: Per;
	readonly status?: number | string;
	/** At the root: globs over operation ids and `METHOD /path`; all operations when it is not there. */
	readonly operations?: readonly string[];
}

/** The limits that an operation declares for itself. */
export function operationLimits(
	limits: readonly LimitWords[],
	{ source, operation }: { source: Source; operation: Operation },
): readonly Rate[] {
	return limits.map((said, index) => {
		const at = { ...source, pointer: `${source.pointer}/limits/${index}` };
		return limitGuard(said, { source: at, group: `${operation.id} ${index}` });
	});
}

/** The limits of the root that hold for an operation: it shares them with all others for which they hold. */
export function sharedLimits(desk: Desk, { limits = [] }: Root, operation: Operation): readonly Rate[] {
	return limits.flatMap((said, index) => {
		if (said.operations !== undefined && !isMatched(said.operations, operation)) return [];
		const source = { file: desk.contract.file, pointer: `/x-holdfast/limits/${index}` };
		return limitGuard(said, { source, group: `${SHARED}${index}` });
	});
}

/** Globs of the root's limits that match nothing are mistakes. */
export function checkLimits(desk: Desk, { limits = [] }: Root): void {
	const { operations } = desk.contract;
	for (const [index, { operations: globs = [] }] of limits.entries()) {
		for (const [place, glob] of globs.entries()) {
			if (operations.some((operation) => isMatched([glob], operation))) continue;
			const source = { file: desk.contract.file, pointer: `/x-holdfast/limits/${index}/operations/${place}` };
			const known = operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
			noteUnknown(desk, source, { what: "operation", name: glob, known });
		}
	}
}

function isMatched(globs: readonly string[], operation: Operation): boolean {
	return globs.some((glob) => namesOperation(glob, operation));
}

function limitGuard(
	{ max, window, per, status }: LimitWords,
	{ source, group }: { source: Source; group: string },
): Rate {
	const text = `x-holdfast limit: ${max} in ${window}`;
	const statuses = status === undefined ? [] : [String(status)];
	const common = { statuses, evidence: [{ kind: "overlay", text, source }], enforced: true, leaks: "no" } as const;
	return rateGuard({ limit: max, window, ...(per === undefined ? {} : { per }) }, group, common);
}
