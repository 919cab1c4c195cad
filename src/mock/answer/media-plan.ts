import type { MediaType } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import type { Violation } from "../../schema/validate.ts";
import type { Desk } from "../desk.ts";

/** A documented body, compiled. */
export interface MediaPlan {
	readonly media: MediaType;
	readonly check: (value: unknown) => readonly Violation[];
	/** The first documented example that is valid; undefined when there is none. Those that are not are noted. */
	readonly example: () => { readonly value: Json } | undefined;
}

/** Compiles each documented body once. */
export function createMediaPlans({
	validation,
	notes,
}: Pick<Desk, "validation" | "notes">): (media: MediaType) => MediaPlan {
	const plans = new Map<MediaType, MediaPlan>();
	return (media) => {
		const known = plans.get(media);
		if (known !== undefined) return known;
		const check = media.schema === undefined ? () => [] : validation.compile(media.schema, "response");
		let found: { readonly value: { readonly value: Json } | undefined } | undefined;
		const plan: MediaPlan = {
			media,
			check,
			example: () => {
				found ??= { value: findExample(media, check, notes) };
				return found.value;
			},
		};
		plans.set(media, plan);
		return plan;
	};
}

function findExample(
	{ examples }: MediaType,
	check: MediaPlan["check"],
	notes: Desk["notes"],
): { readonly value: Json } | undefined {
	let first: { readonly value: Json } | undefined;
	for (const { name, value, source } of examples) {
		const [violation] = check(value);
		if (violation === undefined) first ??= { value: value as Json };
		else {
			const at = violation.pointer === "" ? "it" : violation.pointer;
			const message = `the example "${name}" is not valid: ${at} ${violation.message}; another answer is served`;
			notes.add({ code: "invalid-example", message, source });
		}
	}
	return first;
}
