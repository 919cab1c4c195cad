import type { Operation, Parameter } from "../contract/contract.ts";
import type { Json } from "../http/exchange.ts";
import type { Call } from "../model/call.ts";
import { lawOf } from "../model/effect-laws.ts";
import { bodySchema } from "../model/infer/shown.ts";
import { type Behaviour, behaviourOf } from "../model/model.ts";
import { isObject, propertyOf, type Value } from "../model/value.ts";
import type { Source } from "../problem/source.ts";
import { boundaries } from "../schema/boundaries.ts";
import { items, properties } from "../schema/navigate.ts";
import { nearMisses } from "../schema/near-misses.ts";
import type { Schema } from "../schema/schema.ts";
import type { Desk } from "./desk.ts";
import { escaped } from "./mentioned.ts";
import type { Stage } from "./stage.ts";
import { mayMeetOthers } from "./touch.ts";
import { isSameOnWire } from "./wire.ts";

/** One value that is tried in one place of an otherwise good request. */
export interface Trial {
	readonly call: Call;
	/** `rate_limit`, `app_id`, or `body`. */
	readonly subject: string;
	/** What the value is, in words: `exactly 16 characters long`. */
	readonly why: string;
	readonly valid: boolean;
	/** It is valid because nothing is said about it. */
	readonly implied?: boolean;
	readonly keyword: string;
	/** The same request with an ordinary value in that place: when this is refused too, it is not the edge that is. */
	readonly control?: Call;
	/** The rule that its acceptance breaks, where that is not the usual one. */
	readonly rule?: "missing-required-header";
	/** The place of the rule in the document. */
	readonly source: Source;
}

/** The edges of every parameter and body property of an operation, and values just beyond them. */
export function trialsFor(desk: Desk, operation: Operation, { happy, source }: Stage): readonly Trial[] {
	const schema = bodySchema(operation);
	const parameters = operation.parameters.flatMap((parameter) =>
		[...parameterTrials(desk, happy, parameter), ...omission(happy, parameter)].map((trial): Trial => {
			// Under another key the same body may meet itself: what must be unique is left out or new.
			const body = schema === undefined || happy.body === undefined ? undefined : source.body(operation.id, "none");
			if (body === undefined) return { ...trial, control: happy };
			const other = source.body(operation.id, "none") ?? body;
			return { ...trial, call: { ...trial.call, body }, control: { ...happy, body: other } };
		}),
	);
	const { effect } = behaviourOf(desk.model, operation.id);
	// What its schema admits is not always a body that can be done.
	const isOpen = lawOf(effect).body !== undefined;
	const tried = bodyTrials(desk, operation, happy).filter(({ valid }) => !valid || !isOpen);
	const bodies = tried.map((trial): Trial => {
		const { body } = trial.call;
		// What must be unique is another each time, but where it is itself what is tried.
		const isAsBefore = (name: string): boolean => propertyOf(body, name) === propertyOf(happy.body, name);
		const renewed = schema === undefined || body === undefined ? body : source.renew(operation.id, body, isAsBefore);
		const ordinary = happy.body === undefined ? undefined : source.renew(operation.id, happy.body, () => true);
		const control = ordinary === undefined ? {} : { control: { ...happy, body: ordinary } };
		return renewed === undefined ? trial : { ...trial, call: { ...trial.call, body: renewed }, ...control };
	});
	const wants = desk.model.wants?.get(operation.id);
	// Where a good value is refused already, or must look otherwise, its edges tell nothing more.
	const isUnfit = ({ valid, subject }: Trial): boolean => {
		const [name = ""] = subject.split(".");
		return valid && wants !== undefined && (wants.without.has(name) || wants.forms.has(name));
	};
	return [...parameters, ...bodies.filter((trial) => !isUnfit(trial) && !isExcusedByWords(operation, trial))];
}

const OTHERS_IGNORED =
	/\b(?:all|any|every) other (?:fields?|propert(?:y|ies)|attributes?|keys?|values?|parameters?)[^.;]*\b(?:ignored|discarded|disregarded|dropped)\b/i;

/** What the operation says of null, and of fields that it ignores, goes before the schema of its body. */
function isExcusedByWords({ summary = "", description = "" }: Operation, { subject, call, valid }: Trial): boolean {
	const words = `${summary} ${description}`;
	const [name = ""] = subject.split(".");
	const isNull = !valid && isObject(call.body ?? null) && propertyOf(call.body, name) === null;
	if (isNull && /\bnull\b/i.test(words)) return true;
	return OTHERS_IGNORED.test(words) && !new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`).test(words);
}

function parameterTrials(desk: Desk, happy: Call, parameter: Parameter): readonly Trial[] {
	const { schema, name } = parameter;
	const where = parameter.in;
	if (schema === undefined || where === "querystring") return [];
	const place = (value: Value): Call => ({ ...happy, [where]: { ...happy[where], [name]: value } });
	const behaviour = behaviourOf(desk.model, happy.operation);
	return valueTrials(desk, schema, { subject: name, place, source: parameter.source }).filter(({ call, valid }) => {
		const value = call[where]?.[name];
		// A cursor is made by the server: no other text is one, however well it keeps to its schema.
		if (valid && isCursor(behaviour, name)) return false;
		const meets = valid && !desk.disposable && mayMeetOthers(behaviour, name, value);
		return !meets && isSameOnWire(parameter, { value: value as Json, valid }, desk.validation);
	});
}

function isCursor({ query }: Behaviour, name: string): boolean {
	const pager = query?.pager;
	return pager?.at === name && (pager.style === "cursor" || pager.style === "token");
}

/** A required parameter that is left out; in a path there is no way to. */
function omission(happy: Call, { name, in: place, required, source }: Parameter): readonly Trial[] {
	if (!required || (place !== "query" && place !== "header" && place !== "cookie")) return [];
	const { [name]: sent, ...others } = happy[place] ?? {};
	if (sent === undefined) return [];
	const trial: Trial = {
		call: { ...happy, [place]: others },
		subject: name,
		why: "is required",
		valid: false,
		keyword: "required",
		source,
	};
	return [place === "header" ? { ...trial, rule: "missing-required-header" } : trial];
}

function bodyTrials(desk: Desk, operation: Operation, happy: Call): readonly Trial[] {
	const schema = bodySchema(operation);
	const { body } = happy;
	if (schema === undefined || body === undefined) return [];
	const whole = valueTrials(desk, schema, {
		subject: "body",
		place: (value) => ({ ...happy, body: value }),
		source: schema.source,
	});
	if (isObject(body)) {
		// What is the server's own a client may send all the same: it is ignored, and that is no fault.
		const sendable = properties(schema).filter(({ readOnly }) => readOnly !== true);
		const members = sendable.flatMap((property) =>
			valueTrials(desk, property.schema, {
				subject: property.name,
				place: (value) => ({ ...happy, body: { ...body, [property.name]: value } }),
				source: property.schema.source,
			}),
		);
		return [
			...members,
			...whole.filter(
				({ valid, keyword, subject }) =>
					!valid && subject === "body" && ["additionalProperties", "required", "type"].includes(keyword),
			),
		];
	}
	const element = Array.isArray(body) ? items(schema) : undefined;
	const elements =
		element === undefined
			? []
			: valueTrials(desk, element, {
					subject: "element",
					place: (value) => ({ ...happy, body: [value] }),
					source: element.source,
				});
	return [...elements, ...whole];
}

interface Placing {
	readonly subject: string;
	readonly place: (value: Value) => Call;
	readonly source: Source;
}

function valueTrials(desk: Desk, schema: Schema, { subject, place, source }: Placing): readonly Trial[] {
	const options = { seed: `${desk.seed}/${desk.marker}/${subject}`, direction: "request" as const };
	const at = (pointer: string): string => subjectAt(subject, pointer);
	return [
		...boundaries(schema, options).map(({ value, why, pointer, implied = false }) => {
			return { call: place(value as Value), subject: at(pointer), why, valid: true, implied, keyword: "", source };
		}),
		...nearMisses(schema, options).map(({ value, why, keyword, pointer }) => {
			return { call: place(value as Value), subject: at(pointer), why, valid: false, keyword, source };
		}),
	];
}

/** An element is told as its list, a member with its object in front: `events`, `source.name`. */
function subjectAt(subject: string, pointer: string): string {
	const names = pointer.split("/").filter((name) => name !== "" && !/^\d+$/.test(name));
	return [subject, ...names].join(".");
}
