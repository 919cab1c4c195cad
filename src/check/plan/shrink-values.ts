import type { Call } from "../../model/call.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { behaviourOf } from "../../model/model.ts";
import { separates } from "../../model/simulate.ts";
import { isObject, type Value } from "../../model/value.ts";
import type { Validation } from "../../schema/validate.ts";
import type { Dispute } from "./parting.ts";

/**
 * The same calls with as little in their bodies as still tells a model from its rival: members of lists and optional
 * fields are left out, one after the other.
 *
 * @example PUT [1, 2, 3, 4] · PUT [2, 3, 5] against append becomes PUT [1] · PUT []
 */
export function shrinkValues(dispute: Dispute, calls: readonly Call[], validation: Validation): readonly Call[] {
	let current = calls;
	for (let index = 0; index < calls.length; index++) current = shrinkBody(dispute, current, { index, validation });
	return current;
}

interface Turned {
	readonly index: number;
	readonly validation: Validation;
}

function shrinkBody(dispute: Dispute, calls: readonly Call[], { index, validation }: Turned): readonly Call[] {
	let current = calls;
	// From the end, so that the positions of what is still to be tried stay.
	for (const part of partsOf(current[index]?.body).toReversed()) {
		const call = current[index];
		const body = call === undefined ? undefined : without(call.body, part);
		if (call === undefined || body === undefined || isBare(body)) continue;
		const shorter = current.with(index, { ...call, body });
		if (!isValid(dispute, { ...call, body }, validation)) continue;
		if (separates(dispute.model, dispute.rival, shorter, dispute.start)) current = shorter;
	}
	return current;
}

function partsOf(body: Value | undefined): readonly (string | number)[] {
	if (Array.isArray(body)) return body.map((_item, index) => index);
	return isObject(body) ? Object.keys(body) : [];
}

function without(body: Value | undefined, part: string | number): Value | undefined {
	if (Array.isArray(body)) return body.filter((_item: Value, index) => index !== part);
	if (!isObject(body)) return undefined;
	return Object.fromEntries(Object.entries(body).filter(([name]) => name !== part));
}

/** A list of nothing proves as well as a list of one, and tells a reader less. */
function isBare(body: Value): boolean {
	return Array.isArray(body) && body.length === 0;
}

/** Flawed calls stay as they are: what is wrong with them is the point. */
function isValid({ model }: Dispute, call: Call, validation: Validation): boolean {
	const schema = bodySchema(behaviourOf(model, call.operation).operation);
	return (
		call.flaws.length === 0 && (schema === undefined || validation.validate(schema, call.body, "request").length === 0)
	);
}
