import type { Call, Flaw } from "../../model/call.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { behaviourOf, type Model } from "../../model/model.ts";
import { isObject, type Value } from "../../model/value.ts";
import { child, items, properties, typesOf } from "../../schema/navigate.ts";
import { nearMisses } from "../../schema/near-misses.ts";
import type { Validation } from "../../schema/validate.ts";

const FLAWED_MAX = 3;

/**
 * The call with one part of its body broken and the rest as it was: what a service that stops half way would have
 * applied by then is the rest.
 */
export function flawedCalls(model: Model, validation: Validation, call: Call): readonly Call[] {
	const schema = bodySchema(behaviourOf(model, call.operation).operation);
	if (schema === undefined || call.body === undefined) return [];
	const broken = isObject(call.body) ? brokenMembers(schema, call.body) : brokenElement(schema, call.body);
	return broken
		.map((body): Call => ({ ...call, body, flaws: flawsOf(validation, schema, body) }))
		.filter(({ flaws }) => flaws.length > 0)
		.slice(0, FLAWED_MAX);
}

type SchemaOf = Parameters<typeof properties>[0];

/** The last field broken after good ones, then the first: services apply fields in either order. */
function brokenMembers(schema: SchemaOf, body: { readonly [key: string]: Value }): readonly Value[] {
	const sent = properties(schema).filter(({ name }) => Object.hasOwn(body, name));
	const breakable = [sent.at(-1), sent[0], sent[1]].filter((property) => property !== undefined);
	return breakable.flatMap((property) => {
		const miss = nearMisses(property.schema, { seed: 1 })[0];
		return miss === undefined ? [] : [{ ...body, [property.name]: miss.value as Value }];
	});
}

/** A good element that is new, and a broken one after it. */
function brokenElement(schema: SchemaOf, body: Value): readonly Value[] {
	if (!Array.isArray(body) || !typesOf(schema).includes("array")) return [];
	const element = items(schema) ?? child(schema, "items");
	const miss = element === undefined ? undefined : nearMisses(element, { seed: 1 })[0];
	return miss === undefined ? [] : [[...(body as readonly Value[]), miss.value as Value]];
}

function flawsOf(validation: Validation, schema: SchemaOf, body: Value): readonly Flaw[] {
	return validation
		.validate(schema, body, "request")
		.map(({ pointer, keyword, message }) => ({ in: "body", at: pointer, keyword, message }));
}
