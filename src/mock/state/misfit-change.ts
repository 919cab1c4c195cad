import { lawOf } from "../../model/effect-laws.ts";
import { resourceNamed } from "../../model/model.ts";
import type { Field } from "../../model/resource.ts";
import type { Scene } from "../../model/scene.ts";
import { type Change, resourceOf } from "../../model/state.ts";
import { isServerValue, propertyOf, type Value } from "../../model/value.ts";
import { showValue } from "../answer/fill-pattern.ts";
import type { Desk } from "../desk.ts";

/** What a refusal tells. */
export interface Misfit {
	readonly status: number;
	readonly message: string;
}

/** Unprocessable content (RFC 5789, section 2.2). */
const UNPROCESSABLE = 422;

/**
 * Why what an operation makes of an item is none, where its body is a change of one and not the item itself (a JSON
 * Patch): the fields that it changes must fit their schemas. Undefined when they do.
 */
export function misfitIn(desk: Desk, { behaviour, view }: Scene, changes: readonly Change[]): Misfit | undefined {
	if (lawOf(behaviour.effect).storesUnseen !== true) return undefined;
	const faults = changes.flatMap((change) => {
		if (change.kind !== "put") return [];
		const { container, entry } = change;
		const before = view.entry(container, entry.key)?.value;
		return [...resourceNamed(desk.model, resourceOf(container)).fields.values()].flatMap((field) => {
			const now = propertyOf(entry.value, field.name);
			return now === propertyOf(before, field.name) ? [] : (faultOf(desk, field, now) ?? []);
		});
	});
	const [message] = faults;
	if (message === undefined) return undefined;
	const statuses = behaviour.guards.flatMap((guard) => (guard.kind === "applies" ? guard.statuses : []));
	return { status: Number(statuses.find((one) => /^\d+$/.test(one)) ?? UNPROCESSABLE), message };
}

function faultOf({ validation }: Desk, { name, schema, required }: Field, now: Value | undefined): string | undefined {
	if (now === undefined || isServerValue(now)) return required ? `${name} must be there` : undefined;
	const fault = validation.validate(schema, showValue(now, new Map()), "request")[0];
	return fault === undefined ? undefined : `${name} ${fault.message}`;
}
