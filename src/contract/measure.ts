import { DEPTH_MAX, VALUES_MAX } from "./limit.ts";

/**
 * Why a parsed value is more than we are willing to walk, or undefined when it is fine: nested too deeply, too many
 * values, or an alias that stands inside what it names. Aliases count as often as they are used, because every later
 * walk pays for them that often: nine lines of YAML can stand for a billion values.
 */
export function measureFault(value: unknown, hasAliases: boolean): string | undefined {
	return hasAliases ? graphFault(value) : treeFault(value);
}

/** Without aliases the value is a tree: one pass, level by level, that needs no memory of where it has been. */
function treeFault(root: unknown): string | undefined {
	let level: readonly object[] = isContainer(root) ? [root] : [];
	let count = 1;
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > DEPTH_MAX) return tooDeep();
		const next: object[] = [];
		for (const container of level) {
			// Asked for one by one: a list of its values would have to be made for every container.
			for (const key in container) {
				count++;
				const child = (container as Record<string, unknown>)[key];
				if (isContainer(child)) next.push(child);
			}
		}
		if (count > VALUES_MAX) return tooMany();
		level = next;
	}
	return undefined;
}

interface Extent {
	readonly values: number;
	readonly depth: number;
}

class Unbounded extends Error {}

/** With aliases it is a graph: every container is measured once and remembered with what it stands for. */
function graphFault(root: unknown): string | undefined {
	const known = new Map<object, Extent | "open">();
	const extentOf = (value: unknown, above: number): Extent => {
		if (!isContainer(value)) return { values: 1, depth: 0 };
		const memo = known.get(value);
		if (memo === "open") throw new Unbounded("holds an alias that stands inside what it names");
		if (memo !== undefined) return checked(memo, above);
		if (above >= DEPTH_MAX) throw new Unbounded(tooDeep());
		known.set(value, "open");
		let [values, depth] = [1, 0];
		for (const child of Object.values(value)) {
			const extent = extentOf(child, above + 1);
			values += extent.values;
			depth = Math.max(depth, extent.depth);
		}
		const extent = { values, depth: depth + 1 };
		known.set(value, extent);
		return checked(extent, above);
	};
	try {
		extentOf(root, 0);
		return undefined;
	} catch (error) {
		if (error instanceof Unbounded) return error.message;
		throw error;
	}
}

function checked(extent: Extent, above: number): Extent {
	if (extent.values > VALUES_MAX) throw new Unbounded(tooMany());
	if (above + extent.depth > DEPTH_MAX) throw new Unbounded(tooDeep());
	return extent;
}

function isContainer(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}

function tooDeep(): string {
	return `is nested deeper than ${DEPTH_MAX} levels`;
}

function tooMany(): string {
	return `stands for more than ${VALUES_MAX.toLocaleString("en")} values`;
}
