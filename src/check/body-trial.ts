import type { Operation } from "../contract/contract.ts";
import type { Call } from "../model/call.ts";
import { bodySchema } from "../model/infer/shown.ts";
import { isObject, type Value } from "../model/value.ts";
import { annotation, items, type Property, properties, typesOf } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";
import type { Desk } from "./desk.ts";
import { brokenAt } from "./mend-schema.ts";
import type { Stage } from "./stage.ts";
import { type Trial, valueTrials } from "./value-trial.ts";

/** What is tried of a whole body, and not of something in it. */
const OF_WHOLE: readonly string[] = ["additionalProperties", "type"];

/** The edges of every property of a body, and of the elements of one that is a list. */
export function bodyTrials(
	desk: Desk,
	operation: Operation,
	{ happy, source }: Pick<Stage, "happy" | "source">,
): readonly Trial[] {
	const schema = bodySchema(operation);
	const { body } = happy;
	if (schema === undefined || body === undefined) return [];
	const whole = valueTrials(desk, schema, {
		subject: "body",
		place: (value) => ({ ...happy, body: value }),
		source: schema.source,
	});
	if (isObject(body)) {
		const place = (changed: Value): Call => ({ ...happy, body: changed });
		return [
			...memberTrials(desk, schema, { subject: "", base: () => body, place }),
			...whole.filter(({ valid, keyword, subject }) => !valid && subject === "body" && OF_WHOLE.includes(keyword)),
		];
	}
	const element = Array.isArray(body) ? items(schema) : undefined;
	if (element === undefined) return whole;
	const place = (value: Value): Call => ({ ...happy, body: [value] });
	if (!isObject(firstOf(body) ?? null))
		return [...valueTrials(desk, element, { subject: "element", place, source: element.source }), ...whole];
	// What must be unique is left out or new.
	const base = (): Value => firstOf(source.body(operation.id, "none")) ?? firstOf(body) ?? null;
	return [...memberTrials(desk, element, { subject: "element.", base, place }), ...whole];
}

function firstOf(body: Value | undefined): Value | undefined {
	return Array.isArray(body) ? (body as readonly Value[])[0] : undefined;
}

interface Members {
	/** What stands before the name of a property. */
	readonly subject: string;
	/** A good object. */
	readonly base: () => Value;
	readonly place: (changed: Value) => Call;
}

/** A good object with one property at or beyond its edge, or without one that it must have. */
function memberTrials(desk: Desk, schema: Schema, { subject, base, place }: Members): readonly Trial[] {
	// What is the server's own a client may send all the same: it is ignored, and that is no fault.
	const sendable = properties(schema).filter(({ readOnly }) => readOnly !== true);
	const change = (name: string, value: Value): Call => place({ ...(base() as object), [name]: value });
	return [
		...sendable.flatMap((property) => saidTrials(property, { subject, change })),
		...sendable.flatMap((property) =>
			valueTrials(desk, property.schema, {
				subject: `${subject}${property.name}`,
				place: (value) => change(property.name, value),
				source: property.schema.source,
			}),
		),
		...sendable
			.filter(({ required }) => required)
			.flatMap((property) => absence(schema, property, { subject, base, place })),
	];
}

const SAID_BASE64 = /\bbase64[- ]encoded\b/i;
/** What may be so, or is so in another place, is no rule. */
const SOMETIMES = /\b(?:if|when|unless|may|can|or|optional(?:ly)?|either)\b/i;

/** A form that only the words of a property give it. */
function saidTrials(
	{ name, schema }: Property,
	{ subject, change }: { readonly subject: string; readonly change: (name: string, value: Value) => Call },
): readonly Trial[] {
	const description = annotation(schema, "description");
	const types = typesOf(schema);
	if (typeof description !== "string" || !types.every((type) => type === "string") || types.length === 0) return [];
	if (!SAID_BASE64.test(description) || SOMETIMES.test(description)) return [];
	return [
		{
			call: change(name, "no base64: !?*"),
			subject: `${subject}${name}`,
			why: "must be Base64, as its description says",
			valid: false,
			bySchema: false,
			keyword: "description",
			source: schema.source,
		},
	];
}

function absence(schema: Schema, { name }: Property, { subject, base, place }: Members): readonly Trial[] {
	const whole = base();
	if (!isObject(whole) || !Object.hasOwn(whole, name)) return [];
	const { [name]: _, ...others } = whole;
	return [
		{
			call: place(others),
			subject: subject === "" ? "body" : "element",
			why: `must have the property "${name}"`,
			valid: false,
			keyword: "required",
			source: schema.source,
			breaks: { source: schema.source, ...brokenAt(schema, "", "required"), keyword: "required", property: name },
		},
	];
}
