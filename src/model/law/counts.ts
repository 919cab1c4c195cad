import type { Evidence } from "../evidence.ts";
import { type Behaviour, type Model, resourceNamed } from "../model.ts";

/** A number that a service keeps of the calls that were made with credentials which it has issued. */
export interface Counting {
	readonly calls: "accepted" | "all";
	/** The parameter that says whose calls are asked for, and the field of a credential's item that says whose it is. */
	readonly parameter: string;
	readonly holder: string;
	readonly evidence: readonly Evidence[];
}

/** A counting field of what an operation shows. */
export interface Counted {
	readonly field: string;
	readonly counting: Counting;
}

/** The fields that an operation shows and that count calls. No short sequence tells whether they do: they are counted after. */
export function countedBy(model: Model, { effect, answer }: Behaviour): readonly Counted[] {
	if (effect.kind !== "read" || answer.shows !== "item") return [];
	const { fields } = resourceNamed(model, effect.resource);
	return answer.fields.flatMap((field) => {
		const counting = fields.get(field)?.counts;
		return counting === undefined ? [] : [{ field, counting }];
	});
}

/** `requests counts the calls that are accepted`. */
export function countWords({ field, counting }: Counted): string {
	return `${field} counts ${counting.calls === "accepted" ? "the calls that are accepted" : "all calls"}`;
}
