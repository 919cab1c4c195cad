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
	const broken = isObject(call.body)
		? brokenMembers(validation, schema, call.body)
		: brokenElement(validation, schema, call.body);
	return broken
		.map((body): Call => ({ ...call, body, flaws: flawsOf(validation, schema, body) }))
		.filter(({ flaws }) => flaws.length > 0)
		.slice(0, FLAWED_MAX);
}

type SchemaOf = Parameters<typeof properties>[0];

/** The last field broken after good ones, then the first: services apply fields in either order. */
function brokenMembers(
	validation: Validation,
	schema: SchemaOf,
	body: { readonly [key: string]: Value },
): readonly Value[] {
	const sent = properties(schema).filter(({ name }) => Object.hasOwn(body, name));
	const breakable = [sent.at(-1), sent[0], sent[1]].filter((property) => property !== undefined);
	return breakable.flatMap((property) => {
		const broken = breaking(validation, property.schema, body[property.name]);
		return broken === undefined ? [] : [{ ...body, [property.name]: broken }];
	});
}

/** A good element that is new, and a broken one after it. */
function brokenElement(validation: Validation, schema: SchemaOf, body: Value): readonly Value[] {
	if (!Array.isArray(body) || !typesOf(schema).includes("array")) return [];
	const element = items(schema) ?? child(schema, "items");
	const broken = element === undefined ? undefined : breaking(validation, element, (body as readonly Value[])[0]);
	return broken === undefined ? [] : [[...(body as readonly Value[]), broken]];
}

/** A value near the good one that some rule forbids: of the same type where there is one, so that it is looked at late. */
function breaking(validation: Validation, schema: SchemaOf, good: Value | undefined): Value | undefined {
	const misses = nearMisses(schema, { seed: 1, direction: "request" });
	if (typeof good === "string" && good.length > 1 && !isValid(validation, schema, good.slice(1))) return good.slice(1);
	const sameType = misses.find(({ value }) => typeof value === typeof good && !Array.isArray(value));
	return (sameType ?? misses[0])?.value as Value | undefined;
}

function flawsOf(validation: Validation, schema: SchemaOf, body: Value): readonly Flaw[] {
	return validation
		.validate(schema, body, "request")
		.map(({ pointer, keyword, message }) => ({ in: "body", at: pointer, keyword, message }));
}

function isValid(validation: Validation, schema: SchemaOf, value: Value): boolean {
	return validation.validate(schema, value, "request").length === 0;
}
