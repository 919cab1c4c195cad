import type { Run } from "../../src/finding/run.ts";
import { resourceActedOn } from "../../src/model/effect.ts";
import { behaviourOf, type Model } from "../../src/model/model.ts";
import type { Fault } from "../../src/reference/fault/fault.ts";
import { checkControlPlane, type Described } from "./check-control-plane.ts";

/** What an operation does is seen elsewhere as well: these faults need further operations to show. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
	"revoked-key-still-works": ["getOwnProject"],
};

/** Checks a control plane with one planted fault, restricted to the operations that the fault concerns. */
export function checkFault(described: Described, { name, expects }: Fault): Promise<Run> {
	const operations = [
		expects.operation,
		...readersBeside(described.model, expects.operation),
		...(ELSEWHERE[name] ?? []),
	];
	return checkControlPlane(
		described,
		{ faults: [name] },
		{ operations, phases: ["examples", "values", "experiments"], settleMs: 50 },
	);
}

/** The operation that shows an item of the same resource: a field is written by one and shown by the other. */
function readersBeside(model: Model, operation: string): readonly string[] {
	const { effect } = behaviourOf(model, operation);
	const resource = resourceActedOn(effect);
	if (effect.kind === "list" || effect.kind === "read") return [];
	return [...model.behaviours.values()]
		.filter((one) => one.effect.kind === "read" && resourceActedOn(one.effect) === resource && one.keys.size > 0)
		.map((one) => one.operation.id);
}
