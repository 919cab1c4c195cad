import { createRequire } from "node:module";
import type { JSONValue } from "json-p3";
import { createPattern } from "../schema/pattern.ts";
import { lazy } from "./lazy.ts";
import { DEPTH_MAX, OVERLAY_STEPS_MAX } from "./limit.ts";

/** A place below the root: the keys and indexes that lead to it. */
export type Location = readonly (string | number)[];

/** Thrown when a query looks at more than anybody needs to. */
export class QueryUnbounded extends Error {}

/** Loaded for those who have an overlay. */
const loadJsonPath = lazy(() => createRequire(import.meta.url)("json-p3") as typeof import("json-p3"));

const environment = lazy(() => {
	// Below the root of a document there are at most `DEPTH_MAX` levels, so `$..` always comes to its end.
	const made = new (loadJsonPath().JSONPathEnvironment)({ maxRecursionDepth: DEPTH_MAX + 1 });
	// The library's own expressions would backtrack for as long as an overlay wants.
	made.functionRegister.set(
		"match",
		patternFunction((source) => `^(?:${source})$`),
	);
	made.functionRegister.set(
		"search",
		patternFunction((source) => source),
	);
	return made;
});

/**
 * The places that a JSONPath selects, lazily; a place may come more than once. Throws `QueryUnbounded` when the query
 * multiplies what it looks at beyond `OVERLAY_STEPS_MAX`, and the library's error when it is no JSONPath.
 * Source: RFC 9535.
 *
 * @example [...queryLocations("$.paths.*", { paths: { "/a": {} } })] // [["paths", "/a"]]
 */
export function* queryLocations(path: string, root: unknown): Generator<Location> {
	const value = canMultiply(path) ? metered(root, { left: OVERLAY_STEPS_MAX }) : root;
	for (const { location } of environment().lazyQuery(path, value as JSONValue)) yield location;
}

/** One descent looks at every value once, and a filter once more at its own; two of them may look at all from each. */
function canMultiply(path: string): boolean {
	return (path.match(/\.\./g)?.length ?? 0) > 1 || /\?.*\$/s.test(path);
}

/** The same value, counting how often something in it is looked at. */
function metered(value: unknown, steps: { left: number }): unknown {
	if (typeof value !== "object" || value === null) return value;
	return new Proxy(value, {
		get: (target, key) => {
			if (steps.left-- <= 0) throw new QueryUnbounded();
			return metered(Reflect.get(target, key), steps);
		},
	});
}

function patternFunction(write: (source: string) => string) {
	const call = (text: unknown, source: unknown): boolean => {
		if (typeof text !== "string" || typeof source !== "string") return false;
		const pattern = createPattern(write(source));
		return pattern.problem === undefined && pattern.test(text);
	};
	const { ValueType, LogicalType } = loadJsonPath().FunctionExpressionType;
	return { argTypes: [ValueType, ValueType], returnType: LogicalType, call: call as (...args: unknown[]) => unknown };
}
