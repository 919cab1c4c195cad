import { VALUES_MAX } from "./limit.ts";
import { isObject } from "./node.ts";
import { type Part, partAt } from "./part.ts";

/** A part that is a reference. */
export interface FoundReference {
	readonly part: Part;
	readonly reference: string;
}

/** Maps whose keys are names that somebody chose, so that a key like `default` or `example` says nothing. */
const NAME_MAPS: ReadonlySet<string> = new Set([
	"properties",
	"patternProperties",
	"$defs",
	"definitions",
	"dependentSchemas",
	"schemas",
	"responses",
	"parameters",
	"examples",
	"requestBodies",
	"headers",
	"securitySchemes",
	"links",
	"callbacks",
	"pathItems",
	"mediaTypes",
	"paths",
	"webhooks",
	"content",
	"encoding",
	"additionalOperations",
]);

/** What holds data or prose, in which `$ref` is no reference. */
const DATA: ReadonlySet<string> = new Set([
	"example",
	"default",
	"enum",
	"const",
	"value",
	"dataValue",
	"info",
	"tags",
	"servers",
	"externalDocs",
]);

interface Visit {
	readonly part: Part;
	readonly isNameMap: boolean;
}

/**
 * All references below a part that behaviour can depend on, in document order; data, prose and extensions are passed by.
 * A value that was visited before (by the same `visited`) is not entered again.
 */
export function* findReferences(root: Part, visited: WeakSet<object>): Generator<FoundReference> {
	const stack: Visit[] = [{ part: root, isNameMap: false }];
	for (let count = 0; count < VALUES_MAX; count++) {
		const visit = stack.pop();
		if (visit === undefined) return;
		const { value } = visit.part;
		if (typeof value !== "object" || value === null || visited.has(value)) continue;
		visited.add(value);
		const reference = isObject(value) && !visit.isNameMap ? value.$ref : undefined;
		if (typeof reference === "string") yield { part: visit.part, reference };
		for (const child of children(visit)) stack.push(child);
	}
}

/** Last first, because the stack turns them around. */
function children({ part, isNameMap }: Visit): readonly Visit[] {
	const found: Visit[] = [];
	const isList = Array.isArray(part.value);
	for (const [key, value] of Object.entries(part.value as object).toReversed()) {
		if (typeof value !== "object" || value === null) continue;
		const isKeyword = !isList && !isNameMap;
		if (isKeyword && (DATA.has(key) || key.startsWith("x-") || (key === "examples" && Array.isArray(value)))) continue;
		found.push({ part: partAt(part, key, value), isNameMap: isKeyword && NAME_MAPS.has(key) && !Array.isArray(value) });
	}
	return found;
}
