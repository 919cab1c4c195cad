import type { Operation } from "../../contract/contract.ts";
import { annotation, properties, typesOf } from "../../schema/navigate.ts";
import type { Evidence } from "../evidence.ts";
import type { Inferred } from "./effect.ts";
import { bodySchema, propertiesOf } from "./shown.ts";
import { sentencesIn } from "./words.ts";

/** What is not sent of an object inside, and that it stays as it is. */
const KEEPS =
	/\b(?:left out|omitted|not (?:sent|given|provided|specified|included))\b[^.;]*\b(?:stays?|remains?|keeps?|kept|unchanged|untouched|preserved)\b/i;
const OPEN = /\b(?:may|might|can|if|unless|except|only|not (?:keep|stay|remain|preserve)|default)\b/i;

/**
 * A merge as the words of its body make it: where each object inside says that what is left out of it stays, objects are
 * merged as well.
 *
 * @example // settings: { description: "A setting that is left out stays unchanged." } → a deep merge
 */
export function mergedInside(inferred: Inferred, operation: Operation): Inferred {
	const { effect } = inferred;
	if (effect.kind !== "merge" || effect.does !== "merge" || effect.orElse?.includes("overwrite") === true)
		return inferred;
	const said = sentencesInside(operation);
	if (said === undefined) return inferred;
	const { orElse: _unclear, ...merge } = effect;
	return { ...inferred, effect: { ...merge, does: "deep-merge" }, evidence: [...inferred.evidence, ...said] };
}

/** Undefined where there is no object inside, or one says nothing. */
function sentencesInside(operation: Operation): readonly Evidence[] | undefined {
	const schema = bodySchema(operation);
	const objects = (schema === undefined ? [] : propertiesOf(schema)).filter(
		(property) => typesOf(property.schema).join() === "object" && hasMembers(property.schema),
	);
	const said = objects.map(({ schema: inner }): Evidence | undefined => {
		const description = annotation(inner, "description");
		const text = typeof description === "string" ? sentencesIn(description).find(isKeeping) : undefined;
		return text === undefined ? undefined : { kind: "words", text, source: inner.source };
	});
	const known = said.filter((one) => one !== undefined);
	return known.length === 0 || known.length < objects.length ? undefined : known;
}

type Schema = ReturnType<typeof propertiesOf>[number]["schema"];

function hasMembers(schema: Schema): boolean {
	return properties(schema).length > 0 || annotation(schema, "additionalProperties") !== false;
}

function isKeeping(text: string): boolean {
	return KEEPS.test(text) && !OPEN.test(text);
}
