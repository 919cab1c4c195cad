import type { Problem } from "../problem/problem.ts";
import { schemaAt } from "../schema/registry.ts";
import type { Context } from "./context.ts";
import type { Contract } from "./contract.ts";
import { type FoundReference, findReferences } from "./find-references.ts";
import { REFERENCE_HOPS_MAX } from "./limit.ts";
import { field, isObject } from "./node.ts";
import { contextOf } from "./normalize.ts";
import type { Part } from "./part.ts";
import { createProblemList } from "./problem-list.ts";
import { type DeadEnd, reportBroken, resolveReference } from "./reference.ts";

/**
 * Follows every reference that behaviour can depend on, once, through all files that they lead to.
 * What is only named in examples, prose or extensions does not count.
 *
 * @returns the broken ones, code `broken-reference`, in document order
 * @example for (const problem of validateReferences(contract)) console.error(renderProblem(problem))
 */
export function validateReferences(contract: Contract): readonly Problem[] {
	const list = createProblemList();
	const context: Context = { ...contextOf(contract), report: list.report };
	const visited = new WeakSet<object>();
	const queue: Part[] = [context.root];
	// Every part that a reference leads to is entered at most once, and each file has a bounded number of values.
	for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
		for (const found of findReferences(part, visited)) {
			const target = resolveReference(context, found.reference, found.part.source);
			const end = "reason" in target ? deadEnd(context, found, target) : circleEnd(context, found, target);
			if (!("reason" in target)) queue.push(target);
			if (end !== undefined) reportBroken(context, found.part, found.reference, end);
		}
	}
	return list.problems;
}

/** References that lead to references alone, and in the end to the one that was found, say nothing. */
function circleEnd(context: Context, found: FoundReference, target: Part): DeadEnd | undefined {
	let current = target;
	for (let hops = 0; hops < REFERENCE_HOPS_MAX; hops++) {
		if (current.value === found.part.value) return { reason: "it leads back to itself" };
		const reference = field(current.value, "$ref");
		const next: Part | DeadEnd | undefined =
			typeof reference === "string" ? resolveReference(context, reference, current.source) : undefined;
		if (next === undefined || "reason" in next) return undefined;
		current = next;
	}
	return undefined;
}

/** A schema may refer to another by `$id` or `$anchor`, which only the registry of schemas understands. */
function deadEnd(context: Context, { part }: FoundReference, end: DeadEnd): DeadEnd | undefined {
	const { file, pointer } = part.source;
	const node = schemaAt(context.registry, file, pointer)?.node;
	const reference = isObject(node) ? node.$ref : undefined;
	return typeof reference === "string" && context.registry.resolve(reference) !== undefined ? undefined : end;
}
