import type { Source } from "../problem/source.ts";
import { extendPointer } from "../schema/reference.ts";
import { VALUES_MAX } from "./limit.ts";
import { isObject } from "./node.ts";
import type { Part } from "./part.ts";

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

/** A pointer is put together only for what is found: most values are no references. */
interface Visit {
	readonly value: unknown;
	readonly key: string;
	readonly parent: Visit | undefined;
	readonly isNameMap: boolean;
}

/**
 * All references below a part that behaviour can depend on, in document order; data, prose and extensions are passed by.
 * A value that was visited before (by the same `visited`) is not entered again.
 */
export function* findReferences(root: Part, visited: WeakSet<object>): Generator<FoundReference> {
	const stack: Visit[] = [{ value: root.value, key: "", parent: undefined, isNameMap: false }];
	for (let count = 0; count < VALUES_MAX; count++) {
		const visit = stack.pop();
		if (visit === undefined) return;
		const { value } = visit;
		if (typeof value !== "object" || value === null || visited.has(value)) continue;
		visited.add(value);
		const reference = isObject(value) && !visit.isNameMap ? value.$ref : undefined;
		if (typeof reference === "string") yield { part: { value, source: sourceOf(root, visit) }, reference };
		pushChildren(visit, stack);
	}
}

function sourceOf(root: Part, visit: Visit): Source {
	const tokens: string[] = [];
	for (let at = visit; at.parent !== undefined; at = at.parent) tokens.push(at.key);
	return { file: root.source.file, pointer: extendPointer(root.source.pointer, tokens.reverse()) };
}

/** Last first, because the stack turns them around. */
function pushChildren(parent: Visit, stack: Visit[]): void {
	const isList = Array.isArray(parent.value);
	const isKeyword = !isList && !parent.isNameMap;
	for (const [key, value] of Object.entries(parent.value as object).reverse()) {
		if (typeof value !== "object" || value === null) continue;
		const isSequence = Array.isArray(value);
		if (isKeyword && (DATA.has(key) || key.startsWith("x-") || (key === "examples" && isSequence))) continue;
		stack.push({ value, key, parent, isNameMap: isKeyword && NAME_MAPS.has(key) && !isSequence });
	}
}
