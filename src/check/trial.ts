import type { Operation, Parameter } from "../contract/contract.ts";
import type { Json } from "../http/exchange.ts";
import type { Call } from "../model/call.ts";
import { lawOf } from "../model/effect-laws.ts";
import { bodySchema } from "../model/infer/shown.ts";
import { type Behaviour, behaviourOf, type Model } from "../model/model.ts";
import { documentedParts } from "../model/partition.ts";
import { mayMeetOthers } from "../model/touch.ts";
import { isObject, propertyOf, type Value } from "../model/value.ts";
import { items, typesOf } from "../schema/navigate.ts";
import { bodyTrials } from "./body-trial.ts";
import type { Desk } from "./desk.ts";
import { PARAMETER } from "./mend-schema.ts";
import { escaped } from "./mentioned.ts";
import { innerOf, withInner, wrappers } from "./plan/inner-body.ts";
import type { Stage } from "./stage.ts";
import { type Trial, valueTrials } from "./value-trial.ts";
import { isSameOnWire } from "./wire.ts";

/** The edges of every parameter and body property of an operation, and values just beyond them. */
export function trialsFor(desk: Desk, operation: Operation, { happy, source }: Stage): readonly Trial[] {
	const schema = bodySchema(operation);
	const parameters = operation.parameters.flatMap((parameter) =>
		[...parameterTrials(desk, happy, parameter), ...omission(operation, happy, parameter)].map((trial): Trial => {
			// Under another key the same body may meet itself: what must be unique is left out or new.
			const body = schema === undefined || happy.body === undefined ? undefined : source.body(operation.id, "none");
			if (body === undefined) return { ...trial, control: happy };
			const other = source.body(operation.id, "none") ?? body;
			return { ...trial, call: { ...trial.call, body }, control: { ...happy, body: other } };
		}),
	);
	const { effect, takes } = behaviourOf(desk.model, operation.id);
	// What its schema admits is not always a body that can be done.
	const isOpen = lawOf(effect).body !== undefined;
	const tried = bodyTrials(desk, operation, { happy, source }).filter(({ valid }) => !valid || !isOpen);
	const wants = desk.model.wants?.get(operation.id);
	const withoutRefused = (body: Value | undefined): Value | undefined =>
		body === undefined || wants === undefined ? body : withInner(body, takes, (item) => without(item, wants.without));
	const bodies = tried.map((trial): Trial => {
		const body = trial.valid ? withoutRefused(trial.call.body) : trial.call.body;
		// What must be unique is another each time, but where it is itself what is tried.
		const isAsBefore = (name: string): boolean =>
			propertyOf(innerOf(body, takes), name) === propertyOf(innerOf(happy.body, takes), name);
		const renewed = schema === undefined || body === undefined ? body : source.renew(operation.id, body, isAsBefore);
		const ordinary = happy.body === undefined ? undefined : source.renew(operation.id, happy.body, () => true);
		const control = ordinary === undefined ? {} : { control: { ...happy, body: ordinary } };
		return renewed === undefined ? trial : { ...trial, call: { ...trial.call, body: renewed }, ...control };
	});
	// Where a good value is refused already, or must look otherwise, its edges tell nothing more.
	const isUnfit = ({ valid, subject }: Trial): boolean => {
		const name = subject.split(".")[wrappers(takes).length] ?? "";
		return valid && wants !== undefined && (wants.without.has(name) || wants.forms.has(name));
	};
	const told = bodies.filter((trial) => !isUnfit(trial) && !isExcusedByWords(operation, trial));
	return [...parameters, ...told.map((trial): Trial => ({ ...trial, place: "body" }))];
}

function without(item: Value, names: ReadonlySet<string>): Value {
	return isObject(item) ? Object.fromEntries(Object.entries(item).filter(([name]) => !names.has(name))) : item;
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
	const edges = valueTrials(desk, schema, { subject: name, place, source: parameter.source });
	return [...edges, ...projection(behaviour, parameter, place)].filter(({ call, valid }) => {
		const value = call[where]?.[name];
		// A cursor is made by the server: no other text is one, however well it keeps to its schema.
		if (valid && isCursor(behaviour, name)) return false;
		// Which parts there are is up to the service: what is no documented name of one need not be the name of any.
		if (valid && isOfPart(desk.model, parameter) && !documentedParts(desk.model, name).includes(value ?? null))
			return false;
		const meets = valid && !desk.disposable && mayMeetOthers(behaviour, name, value);
		return !meets && isSameOnWire(parameter, { value: value as Json, valid }, desk.validation);
	});
}

const PROJECTING = /^(?:fields|select|only|properties)$/i;

/** Whether a parameter is the header that chooses in which part of the data a call works. */
function isOfPart({ resources }: Model, { in: place, name }: Parameter): boolean {
	return [...resources.values()].some(
		({ partition }) =>
			place === "header" && partition?.by === "header" && partition.name.toLowerCase() === name.toLowerCase(),
	);
}

/** Whoever asks for some fields only should still get what the document describes. */
function projection({ answer }: Behaviour, parameter: Parameter, place: (value: Value) => Call): readonly Trial[] {
	const { schema, name, source } = parameter;
	const [field] = answer.fields;
	if (schema === undefined || field === undefined || parameter.in !== "query" || !PROJECTING.test(name)) return [];
	const element = items(schema);
	const value = element === undefined ? field : [field];
	if (!typesOf(element ?? schema).includes("string")) return [];
	return [
		{
			call: place(value),
			subject: name,
			why: `the field ${field}`,
			valid: true,
			implied: true,
			keyword: "projection",
			source,
		},
	];
}

function isCursor({ query }: Behaviour, name: string): boolean {
	const pager = query?.pager;
	return pager?.at === name && (pager.style === "cursor" || pager.style === "token");
}

/** A required parameter that is left out; in a path there is no way to. */
function omission(
	{ path }: Operation,
	happy: Call,
	{ name, in: place, required, source }: Parameter,
): readonly Trial[] {
	// Where a parameter of the query tells operations of one path apart, without it another is asked.
	if (place === "query" && /[?#]/.test(path)) return [];
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
		breaks: { keyword: PARAMETER, source },
	};
	return [place === "header" ? { ...trial, rule: "missing-required-header" } : trial];
}
