import { lawOf } from "../../model/effect-laws.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { behaviourOf, type Form, type Model } from "../../model/model.ts";
import { identify, isObject, propertyOf, type Value } from "../../model/value.ts";
import { items, properties } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";
import { innerOf, innerSchema, withInner } from "./inner-body.ts";
import { fieldsOfOurOwn } from "./own-key.ts";
import type { Recipe } from "./recipe.ts";
import { asWanted, withFront } from "./wanted-body.ts";

/** Bodies of operations. */
export interface Bodies {
	/**
	 * The body of an operation; fields that are optional are all there, or none, but for what the service was seen to
	 * want. Differs from the bodies given out before.
	 */
	body(operation: string, optional: "all" | "none"): Value | undefined;
	/** The body with other values in those of the chosen fields that must be the run's own. */
	renew(operation: string, body: Value, isChosen: (name: string) => boolean): Value;
	/** A text of the look of another, of the run's own. */
	formed(text: string): string;
}

export interface SourceOptions {
	readonly model: Model;
	readonly validation: Validation;
	readonly seed: number;
	/** In every key that we choose, so that what is ours can be told. */
	readonly marker: string;
	/** Tells this source from the others of the run. */
	readonly label: string;
}

export interface Drawing {
	readonly optional?: "all" | "none" | "some";
	readonly marked?: boolean;
}

/** What bodies are made with. */
interface Tools {
	readonly draw: (schema: Schema, name: string, how?: Drawing) => Value | undefined;
	readonly ownValue: (schema: Schema, name: string) => Value | undefined;
	readonly note: (value: Value | undefined, recipe: Recipe) => Value | undefined;
	readonly take: (value: Value) => Value;
	/** What was given out before. */
	readonly given: Set<string>;
	/** Another number each time. */
	readonly number: () => number;
}

/** The bodies of a value source: valid, as the service wants them, and with names of the run's own in what must have them. */
export function createBodies(options: SourceOptions, tools: Tools): Bodies {
	const { draw, ownValue, note, take, given, number } = tools;
	const ownFields = fieldsOfOurOwn(options.model);
	const formed = (text: string): string =>
		take(withFront(text, `${options.marker}${options.label}${number()}`)) as string;
	const renew: Bodies["renew"] = (operation, body, isChosen) => {
		const behaviour = behaviourOf(options.model, operation);
		const whole = bodySchema(behaviour.operation);
		const schema = whole === undefined ? undefined : innerSchema(whole, behaviour.takes);
		const item = innerOf(body, behaviour.takes);
		if (schema === undefined || item === undefined || !isObject(item)) return body;
		const forms = options.model.wants?.get(operation)?.forms;
		const drawn = properties(schema).flatMap(({ name, schema: field }): [string, Value][] => {
			const form = forms?.get(name);
			const isOwn = form === undefined ? ownFields.has(name) : form.kind === "after";
			if (!isOwn || !Object.hasOwn(item, name) || !isChosen(name)) return [];
			const value =
				form?.kind === "after"
					? note(formed(form.text), { kind: "formed", text: form.text })
					: note(ownValue(field, name), { kind: "own", schema: field, name });
			return value === undefined ? [] : [[name, value]];
		});
		return withInner(body, behaviour.takes, () => ({ ...item, ...Object.fromEntries(drawn) }));
	};
	const drawField = (field: Schema, name: string): Value | undefined =>
		ownFields.has(name)
			? note(ownValue(field, name), { kind: "own", schema: field, name })
			: withFullList(draw(field, name, { optional: "all" }), { schema: field, draw, validation: options.validation });
	const body: Bodies["body"] = (operation, optional) => {
		const behaviour = behaviourOf(options.model, operation);
		const schema = bodySchema(behaviour.operation);
		if (schema === undefined) return undefined;
		const law = lawOf(behaviour.effect);
		if (law.body !== undefined) return law.body(behaviour.effect, options.model, { draw: drawField, optional });
		const filling: Filling = { schema, draw, validation: options.validation };
		const drawn = bodyUnlike(given, () => withFullLists(single(draw(schema, "body", { optional }), filling), filling));
		if (drawn === undefined) return undefined;
		const inner = innerSchema(schema, behaviour.takes) ?? schema;
		const making = {
			draw: (name: string): Value | undefined => {
				const field = properties(inner).find((property) => property.name === name)?.schema;
				return field === undefined ? undefined : draw(field, name);
			},
			formed: (form: Form): Value | undefined => (form.kind === "value" ? form.value : form.text),
		};
		const wants = options.model.wants?.get(operation);
		const wanted = withInner(drawn, behaviour.takes, (item) => asWanted(item, wants, making));
		return renew(operation, wanted, () => true);
	};
	return { body, renew, formed };
}

interface Filling {
	readonly schema: Schema;
	readonly draw: (schema: Schema, name: string) => Value | undefined;
	readonly validation: Validation;
}

/** Where one item may be sent as well as a list of them, one is sent: of one it is known what becomes of it. */
function single(body: Value | undefined, { schema, validation }: Filling): Value | undefined {
	const first = Array.isArray(body) ? (body as readonly Value[])[0] : undefined;
	return isObject(first ?? null) && isValid(validation, schema, first as Value) ? first : body;
}

/** A list of one cannot be seen to be cut: where more are valid, the lists of a body hold two. */
function withFullLists(body: Value | undefined, { schema, ...filling }: Filling): Value | undefined {
	if (!isObject(body)) return body;
	const longer = properties(schema).flatMap(({ name, schema: field }): [string, Value][] => {
		const list = longerList(propertyOf(body, name), { schema: field, ...filling });
		return list === undefined ? [] : [[name, list]];
	});
	return { ...body, ...Object.fromEntries(longer) };
}

function withFullList(value: Value | undefined, filling: Filling): Value | undefined {
	return longerList(value, filling) ?? value;
}

function longerList(list: Value | undefined, { schema, draw, validation }: Filling): Value | undefined {
	const element = Array.isArray(list) && list.length === 1 ? items(schema) : undefined;
	const second = element === undefined ? undefined : draw(element, "element");
	const longer = second === undefined ? undefined : [...(list as readonly Value[]), second];
	return longer !== undefined && isValid(validation, schema, longer) ? longer : undefined;
}

/** So many bodies are drawn for one that repeats nothing. */
const BODIES_MAX = 5;

/** The body of several that repeats the fewest values of earlier ones: a field that is the same tells nothing. */
function bodyUnlike(given: Set<string>, make: () => Value | undefined): Value | undefined {
	let best: { value: Value; repeats: number } | undefined;
	for (let attempt = 0; attempt < BODIES_MAX && best?.repeats !== 0; attempt++) {
		const value = make();
		if (value === undefined) continue;
		const repeats = parts(value).filter((part) => given.has(part)).length;
		if (best === undefined || repeats < best.repeats) best = { value, repeats };
	}
	for (const part of best === undefined ? [] : parts(best.value)) given.add(part);
	return best?.value;
}

/** What a body sets, field by field. Empty values count as seen: they look like what an unset field holds. */
function parts(body: Value): readonly string[] {
	if (!isObject(body)) return [identify(body)];
	return Object.entries(body).map(([name, value]) => `${name}=${identify(value)}`);
}

export function isValid(validation: Validation, schema: Schema | undefined, value: Value): boolean {
	return schema === undefined || validation.validate(schema, value, "request").length === 0;
}
