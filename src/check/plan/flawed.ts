import type { Call, Flaw } from "../../model/call.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { behaviourOf, type Model } from "../../model/model.ts";
import { isObject, type Value } from "../../model/value.ts";
import { generate } from "../../schema/generate.ts";
import { child, items, properties, typesOf } from "../../schema/navigate.ts";
import { nearMisses } from "../../schema/near-misses.ts";
import type { Validation } from "../../schema/validate.ts";

const FLAWED_MAX = 6;

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

/** Each member that is sent, broken by itself. */
function brokenMembers(
	validation: Validation,
	schema: SchemaOf,
	body: { readonly [key: string]: Value },
): readonly Value[] {
	const sent = properties(schema).filter(({ name }) => Object.hasOwn(body, name));
	return sent.flatMap((property) => {
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
	const cut = typeof good === "string" ? cutText(validation, schema, good) : undefined;
	if (cut !== undefined) return cut;
	const sameType = misses.find(({ value }) => typeof value === typeof good && !Array.isArray(value));
	return (sameType ?? misses[0])?.value as Value | undefined;
}

const DRAWS_MAX = 5;

/** A good text that lost its first letter, when that makes it bad: it looks right from afar. */
function cutText(validation: Validation, schema: SchemaOf, good: string): string | undefined {
	const others = Array.from({ length: DRAWS_MAX }, (_, seed) => generate(schema, { seed, direction: "request" }));
	const texts = [
		good,
		...others.flatMap((drawn) => (drawn.ok && typeof drawn.value === "string" ? [drawn.value] : [])),
	];
	return texts
		.filter((text) => text.length > 1)
		.map((text) => text.slice(1))
		.find((text) => !isValid(validation, schema, text));
}

function flawsOf(validation: Validation, schema: SchemaOf, body: Value): readonly Flaw[] {
	return validation
		.validate(schema, body, "request")
		.map(({ pointer, keyword, message }) => ({ in: "body", at: pointer, keyword, message }));
}

function isValid(validation: Validation, schema: SchemaOf, value: Value): boolean {
	return validation.validate(schema, value, "request").length === 0;
}
