import { createRequire } from "node:module";
import type picomatch from "picomatch";
import type { Operation } from "./contract.ts";
import { lazy } from "./lazy.ts";

/** Loaded for those who name operations. */
const loadGlobs = lazy(() => createRequire(import.meta.url)("picomatch") as typeof picomatch);

/**
 * Whether a name means an operation: its id, its method and path, or a glob of either, in which `*` stands for all but a
 * slash.
 *
 * @example namesOperation("GET /apps/*", { id: "getApp", method: "GET", path: "/apps/{id}" }) // true
 */
export function namesOperation(name: string, { id, method, path }: Pick<Operation, "id" | "method" | "path">): boolean {
	return [id, `${method} ${path}`].some((own) => own === name || loadGlobs().isMatch(own, name, { bash: true }));
}
