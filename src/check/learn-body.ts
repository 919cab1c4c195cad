import type { Operation } from "../contract/contract.ts";
import { REFERENCE } from "../model/infer/effect.ts";
import { bodySchema } from "../model/infer/shown.ts";
import { type Behaviour, type Form, lineage, type Wants } from "../model/model.ts";
import { isObject, type Value } from "../model/value.ts";
import { items, type Property, properties } from "../schema/navigate.ts";
import { stepOf } from "./conform.ts";
import { type Desk, report } from "./desk.ts";
import type { Draft } from "./draft.ts";
import { likelyForms } from "./likely-form.ts";
import { fieldsMentioned } from "./mentioned.ts";
import { innerOf, innerSchema, withInner } from "./plan/inner-body.ts";
import { makersOf } from "./plan/story.ts";
import { asWanted } from "./plan/wanted-body.ts";
import type { Turn } from "./session.ts";
import { play, type Stage, setStage, strike } from "./stage.ts";

/** So often a refusal is answered by another body before the operation is given up. */
const TRIES_MAX = 16;
/** So many optional fields are tried one by one. */
const FIELDS_MAX = 40;
const FORMS_MAX = 4;

/**
 * Finds a body that the service takes for everything that makes an item, before anything stands on it. A service that
 * wants more than its document says is still worth looking at: what its refusals name is sent in another look, added,
 * or left out.
 */
export async function learnBodies(desk: Desk): Promise<void> {
	const outermostFirst = [...desk.model.resources.values()].toSorted(
		(a, b) => lineage(desk.model, a.name).length - lineage(desk.model, b.name).length,
	);
	const makers = new Set(outermostFirst.flatMap(({ name }) => makersOf(desk.model, name).slice(0, 1)));
	for (const [index, maker] of [...makers].entries()) {
		if (desk.stopReason() !== undefined) return;
		await learnBody(desk, maker, `b${index}`);
	}
}

/** Learns what body one operation takes; false when none was found, or nothing was to be learned. */
export async function learnBody(desk: Desk, { operation, takes }: Behaviour, label: string): Promise<boolean> {
	const whole = bodySchema(operation);
	const schema = whole === undefined ? undefined : innerSchema(whole, takes);
	const fields = schema === undefined ? [] : properties(schema).filter(({ readOnly }) => readOnly !== true);
	if (fields.length === 0 || desk.model.wants?.has(operation.id) === true) return false;
	const staged = await setStage(desk, operation.id, label);
	if (!staged.ok || !isObject(innerOf(staged.stage.happy.body, takes) ?? null)) return false;
	const lesson: Lesson = {
		desk,
		operation,
		takes,
		stage: staged.stage,
		fields,
		wants: noWants(),
		turns: [],
		shown: new Map(),
	};
	const first = await attempt(lesson, staged.stage.happy.body);
	const learned = first !== undefined && isRefusal(first) && (await findGoodBody(lesson));
	if (learned) {
		await tryOthers(lesson);
		await tryTogether(lesson);
		const { without, with: needed, forms } = lesson.wants;
		const wants = new Map([...(desk.model.wants ?? []), [operation.id, { without, with: needed, forms }]]);
		desk.model = { ...desk.model, wants };
		report(desk, surprises(lesson));
	}
	await strike(desk, staged.stage, lesson.turns);
	return learned;
}

interface Lesson {
	readonly desk: Desk;
	readonly operation: Operation;
	/** JSON Pointer to the item inside the body. */
	readonly takes: string | undefined;
	readonly stage: Stage;
	readonly fields: readonly Property[];
	readonly wants: Wants & {
		readonly without: Set<string>;
		readonly with: Set<string>;
		readonly forms: Map<string, Form>;
	};
	readonly turns: Turn[];
	/** Field → the refusal of a good body that has it. */
	readonly shown: Map<string, Turn>;
}

function noWants(): Lesson["wants"] {
	return { without: new Set(), with: new Set(), forms: new Map() };
}

async function attempt({ desk, stage, turns }: Lesson, body: Value | undefined): Promise<Turn | undefined> {
	if (body === undefined || desk.stopReason() !== undefined) return undefined;
	const turn = await play(desk, stage, { ...stage.happy, body });
	if (turn !== undefined) turns.push(turn);
	return turn;
}

/** Statuses that may be about what a body says. Credentials, routes and media types are not. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 409, 422]);

function isRefusal({ told }: Turn): boolean {
	return told !== undefined && (REFUSALS.has(told.status) || told.status >= 500);
}

function isAccepted(turn: Turn | undefined): boolean {
	return turn?.told !== undefined && turn.told.status < 300;
}

/** Begins with what is required, and does what each refusal says. */
async function findGoodBody(lesson: Lesson): Promise<boolean> {
	const tried = new Map<string, number>();
	for (let tries = 0; tries < TRIES_MAX; tries++) {
		const body = bodyNow(lesson);
		const turn = await attempt(lesson, body);
		if (turn === undefined) return false;
		if (isAccepted(turn)) return true;
		const item = innerOf(body, lesson.takes);
		if (!isRefusal(turn) || item === undefined || !isObject(item)) return false;
		const names = lesson.fields.map(({ name }) => name);
		const mentioned = fieldsMentioned(turn.answer?.body ?? "", names, item);
		if (!mentioned.some((name) => isMended(lesson, { name, body: item, tried }))) return false;
	}
	return false;
}

function bodyNow(lesson: Lesson): Value | undefined {
	const { stage, operation, takes, wants } = lesson;
	const least = stage.source.body(operation.id, "none");
	if (least === undefined) return undefined;
	return withInner(least, takes, (item) => asWanted(item, wants, makingIn(lesson)));
}

function makingIn({ stage, fields }: Pick<Lesson, "desk" | "stage" | "fields">): Parameters<typeof asWanted>[2] {
	return {
		draw: (name) => {
			const field = fields.find((one) => one.name === name);
			return field === undefined ? undefined : stage.source.value(field.schema, name);
		},
		formed: (form) => (form.kind === "value" ? form.value : stage.source.formed(form.text)),
	};
}

interface Mending {
	readonly name: string;
	readonly body: Readonly<Record<string, Value>>;
	/** How many looks of a field were tried. */
	readonly tried: Map<string, number>;
}

/** Adds a field that is missed, or sends one in another look; false when nothing is left to try with it. */
function isMended({ desk, fields, wants }: Lesson, { name, body, tried }: Mending): boolean {
	const field = fields.find((one) => one.name === name);
	if (field === undefined) return false;
	if (!Object.hasOwn(body, name)) {
		wants.with.add(name);
		return true;
	}
	const count = tried.get(name) ?? 0;
	const form = likelyForms(field, desk.seen)[count];
	tried.set(name, count + 1);
	if (form !== undefined) wants.forms.set(name, form);
	return form !== undefined;
}

/** Each other optional field by itself beside what is taken: what is refused is left out from now on. */
async function tryOthers(lesson: Lesson): Promise<void> {
	const { desk, fields, wants, stage } = lesson;
	const others = fields.filter(({ name, required }) => !required && !wants.with.has(name));
	for (const field of others.slice(0, FIELDS_MAX)) {
		const { name, schema } = field;
		const drawn = stage.source.value(schema, name);
		const looks: readonly (Form | undefined)[] = [undefined, ...likelyForms(field, desk.seen).slice(0, FORMS_MAX)];
		if (drawn === undefined || (await isTaken(lesson, name, { drawn, looks }))) continue;
		wants.without.add(name);
	}
	for (const { name } of others.slice(FIELDS_MAX)) wants.without.add(name);
}

/** So many bodies with everything that is taken by itself are tried: fields may not go together. */
const TOGETHER_TRIES = 5;

/** What is taken field by field all at once; what a refusal then names is left out, and where it names nothing all is. */
async function tryTogether(lesson: Lesson): Promise<void> {
	const { fields, wants } = lesson;
	for (let tries = 0; tries < TOGETHER_TRIES; tries++) {
		const optional = fields.filter(
			({ name, required }) => !(required || wants.with.has(name) || wants.without.has(name)),
		);
		if (optional.length === 0) return;
		const whole = wholeBody(lesson);
		const turn = await attempt(lesson, whole);
		if (turn === undefined || !isRefusal(turn)) continue;
		const names = optional.map(({ name }) => name);
		const sent = innerOf(whole, lesson.takes) ?? {};
		const mentioned = fieldsMentioned(turn.answer?.body ?? "", names, isObject(sent) ? sent : {});
		for (const name of mentioned.length === 0 ? names : mentioned) wants.without.add(name);
	}
}

function wholeBody(lesson: Lesson): Value | undefined {
	const { stage, operation, takes, wants } = lesson;
	const most = stage.source.body(operation.id, "all");
	if (most === undefined) return undefined;
	return withInner(most, takes, (item) => asWanted(item, wants, makingIn(lesson)));
}

/** Tries a field in one look after another; remembers the first that is taken. */
async function isTaken(
	lesson: Lesson,
	name: string,
	{ drawn, looks }: { drawn: Value; looks: readonly (Form | undefined)[] },
): Promise<boolean> {
	for (const look of looks) {
		const base = bodyNow(lesson);
		if (base === undefined || !isObject(base)) return true;
		const value = look === undefined ? drawn : makingIn(lesson).formed(look);
		const body = withInner(base, lesson.takes, (item) => (isObject(item) ? { ...item, [name]: value ?? drawn } : item));
		const turn = await attempt(lesson, body);
		if (turn === undefined || !isRefusal(turn)) {
			if (look !== undefined) lesson.wants.forms.set(name, look);
			return true;
		}
		if (!lesson.shown.has(name)) lesson.shown.set(name, turn);
	}
	return false;
}

/** Whether a field names another thing, itself or somewhere inside. */
function namesThings({ name, schema }: Pick<Property, "name" | "schema">, depth = 0): boolean {
	if (REFERENCE.test(name)) return true;
	const inner = items(schema) ?? schema;
	return depth < NESTED_MAX && properties(inner).some((one) => namesThings(one, depth + 1));
}

const NESTED_MAX = 4;

/** A good value that is refused: the document does not say what else is wanted. What fails is told elsewhere. */
function surprises({ operation, shown, wants, fields }: Lesson): readonly Draft[] {
	return [...shown].flatMap(([name, turn]): readonly Draft[] => {
		const field = fields.find((one) => one.name === name);
		const status = turn.told?.status ?? 0;
		// What names something must name what is there: that a value which names nothing is refused needs no word.
		if (
			field === undefined ||
			status >= 500 ||
			namesThings(field) ||
			!(wants.without.has(name) || wants.forms.has(name))
		)
			return [];
		return [
			{
				rule: "positive-data-acceptance",
				level: "surprise",
				operation: operation.id,
				subject: name,
				documented: `${name} as its schema has it is accepted`,
				observed: `refused with ${status}`,
				message: `${operation.method} ${operation.path} refuses ${name} with ${status}, and its schema does not say what is wanted.`,
				source: field.schema.source,
				evidence: [stepOf(turn)],
				suspects: [],
				cause: `wants ${operation.id} ${name}`,
			},
		];
	});
}
