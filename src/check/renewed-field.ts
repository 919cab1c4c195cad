import { resourceActedOn } from "../model/effect.ts";
import type { Field, Resource } from "../model/resource.ts";
import { identify } from "../model/value.ts";
import type { Draft } from "./draft.ts";
import type { Sample } from "./echo-sample.ts";

/** A value of the server's that an operation has put another in place of, with one sample of it. */
export interface Renewed {
	readonly field: Field;
	readonly sample: Sample;
}

/** How often an operation must have renewed a value, and never left it. */
const SAMPLES_MIN = 2;

/**
 * What the server makes once (a time of creation) and what changes all the same whenever an item is written. Both values
 * were shown by the same reader, so that how exactly it writes times does not matter.
 */
export function renewedFields({ fields }: Resource, samples: readonly Sample[]): readonly Renewed[] {
	const stable = [...fields.values()].filter(
		({ owner, first, compared }) => owner === "stable" && first === undefined && compared,
	);
	return stable.flatMap((field) => {
		const shown = samples.filter(({ before, read }) => isShown(before?.[field.name]) && isShown(read[field.name]));
		const byWriter = [...Map.groupBy(shown, ({ writer }) => writer.operation.id).values()];
		const renewing = byWriter.find((own) => own.length >= SAMPLES_MIN && own.every((one) => isRenewed(field, one)));
		return renewing?.[0] === undefined ? [] : [{ field, sample: renewing[0] }];
	});
}

function isShown(value: unknown): boolean {
	return value !== undefined && value !== null;
}

function isRenewed({ name }: Field, { before, read }: Sample): boolean {
	return identify(before?.[name]) !== identify(read[name]);
}

/** The finding, but for its proof. */
export function renewedDraft({ field, sample }: Renewed): Omit<Draft, "evidence"> {
	const { operation, effect } = sample.writer;
	return {
		rule: "effect",
		// That a time of creation stays is known by its name, unless an overlay says it.
		level: field.extension === undefined ? "surprise" : "drift",
		operation: operation.id,
		subject: field.name,
		documented: `${field.name} stays as it is`,
		observed: "renewed",
		message: `${field.name} is made once, and ${operation.method} ${operation.path} puts another in its place.`,
		source: field.schema.source,
		suspects: [],
		cause: `renewed ${resourceActedOn(effect)} ${field.name}`,
	};
}
