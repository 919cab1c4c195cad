import type { Operation, Parameter } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import type { Call } from "../../model/call.ts";
import { levelOf } from "../../model/evidence.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { type Behaviour, behaviourOf } from "../../model/model.ts";
import { isStatusAmong } from "../../model/outcome.ts";
import { isObject, type Value } from "../../model/value.ts";
import type { Source } from "../../problem/source.ts";
import { boundaries } from "../../schema/boundaries.ts";
import { items, properties } from "../../schema/navigate.ts";
import { nearMisses } from "../../schema/near-misses.ts";
import type { Schema } from "../../schema/schema.ts";
import { stepOf } from "../conform.ts";
import { type Desk, report } from "../desk.ts";
import type { Draft } from "../draft.ts";
import type { Turn } from "../session.ts";
import { play, type Stage, setStage, strike } from "../stage.ts";
import { mayMeetOthers } from "../touch.ts";
import { isSameOnWire } from "../wire.ts";

/** One value that is tried in one place of an otherwise good request. */
interface Trial {
	readonly call: Call;
	/** `rate_limit`, `app_id`, or `body`. */
	readonly subject: string;
	/** What the value is, in words: `exactly 16 characters long`. */
	readonly why: string;
	readonly valid: boolean;
	readonly keyword: string;
	/** The place of the rule in the document. */
	readonly source: Source;
}

/**
 * Tries the edges of every parameter and body property, and values just beyond them. A reader that has nothing to vary
 * is read once more: a log or a counter has something to show only now.
 */
export async function tryValues(desk: Desk): Promise<void> {
	for (const [index, id] of [...desk.operations].entries()) {
		if (desk.stopReason() !== undefined) return;
		const { operation } = behaviourOf(desk.model, id);
		const varies = operation.parameters.length > 0 || operation.body !== undefined;
		if (varies) await tryOperation(desk, operation, `v${index}`);
		else if (operation.method === "GET") await readOnce(desk, operation, `v${index}`);
	}
}

async function readOnce(desk: Desk, operation: Operation, label: string): Promise<void> {
	const staged = await setStage(desk, operation.id, label);
	if (!staged.ok) return;
	const turn = await play(desk, staged.stage, staged.stage.happy);
	await strike(desk, staged.stage, turn === undefined ? [] : [turn]);
}

async function tryOperation(desk: Desk, operation: Operation, label: string): Promise<void> {
	const staged = await setStage(desk, operation.id, label);
	if (!staged.ok) {
		decide(desk, operation, { verdict: "undecided", reason: staged.reason });
		return;
	}
	const { stage } = staged;
	const turns: Turn[] = [];
	const first = await play(desk, stage, stage.happy);
	if (first !== undefined) turns.push(first);
	const accepted = first?.told !== undefined && first.told.status < 300;
	if (!accepted) {
		decide(desk, operation, {
			verdict: "undecided",
			reason: `a good request was answered with ${first?.told?.status ?? "nothing"}`,
		});
	} else {
		await tryAll(desk, operation, { stage, turns });
	}
	await strike(desk, stage, turns);
}

async function tryAll(
	desk: Desk,
	operation: Operation,
	{ stage, turns }: { stage: Stage; turns: Turn[] },
): Promise<void> {
	const drafts: Draft[] = [];
	let told = 0;
	for (const trial of trialsFor(desk, operation, stage)) {
		if (desk.stopReason() !== undefined) break;
		const turn = await play(desk, stage, trial.call);
		if (turn?.told === undefined) continue;
		turns.push(turn);
		told++;
		const draft = judgeTrial(desk, operation, { trial, turn });
		if (draft !== undefined) drafts.push(draft);
	}
	report(desk, drafts);
	if (drafts.length > 0) decide(desk, operation, { verdict: "drift" });
	else if (told > 0) decide(desk, operation, { verdict: "agrees" });
}

function decide(
	desk: Desk,
	operation: Operation,
	decision: { verdict: "agrees" | "drift" | "undecided"; reason?: string },
): void {
	const index = behaviourOf(desk.model, operation.id).guards.findIndex(({ kind }) => kind === "valid");
	if (index >= 0) desk.decided.set(`${operation.id}/valid${index}`, decision);
}

function trialsFor(desk: Desk, operation: Operation, { happy, source }: Stage): readonly Trial[] {
	const schema = bodySchema(operation);
	const parameters = operation.parameters.flatMap((parameter) =>
		parameterTrials(desk, happy, parameter).map((trial) => {
			// Under another key the same body may meet itself: what must be unique is left out or new.
			const body = schema === undefined || happy.body === undefined ? undefined : source.body(schema, "none");
			return body === undefined ? trial : { ...trial, call: { ...trial.call, body } };
		}),
	);
	return [...parameters, ...bodyTrials(desk, operation, happy)];
}

function parameterTrials(desk: Desk, happy: Call, parameter: Parameter): readonly Trial[] {
	const { schema, name } = parameter;
	const where = parameter.in;
	if (schema === undefined || (where !== "path" && where !== "query" && where !== "header")) return [];
	const place = (value: Value): Call => ({ ...happy, [where]: { ...happy[where], [name]: value } });
	const behaviour = behaviourOf(desk.model, happy.operation);
	return valueTrials(desk, schema, { subject: name, place, source: parameter.source }).filter(({ call, valid }) => {
		const value = call[where][name];
		const meets = valid && !desk.disposable && mayMeetOthers(behaviour, name, value);
		return !meets && isSameOnWire(parameter, { value: value as Json, valid }, desk.validation);
	});
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
		const members = properties(schema).flatMap((property) =>
			valueTrials(desk, property.schema, {
				subject: property.name,
				place: (value) => ({ ...happy, body: { ...body, [property.name]: value } }),
				source: property.schema.source,
			}),
		);
		return [
			...members,
			...whole.filter(({ valid, keyword }) => !valid && ["additionalProperties", "required", "type"].includes(keyword)),
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
	const good = boundaries(schema, { seed: `${desk.seed}/${desk.marker}/${subject}`, direction: "request" });
	const bad = nearMisses(schema, { seed: `${desk.seed}/${desk.marker}/${subject}`, direction: "request" });
	return [
		...good.map(({ value, why }) => ({ call: place(value as Value), subject, why, valid: true, keyword: "", source })),
		...bad.map(({ value, why, keyword }) => ({
			call: place(value as Value),
			subject,
			why,
			valid: false,
			keyword,
			source,
		})),
	];
}

/**
 * A refusal of the edge contradicts the document, and so does the acceptance of what lies beyond where a refusal is
 * documented; every other answer decides nothing.
 */
function judgeTrial(
	desk: Desk,
	operation: Operation,
	{ trial, turn }: { trial: Trial; turn: Turn },
): Draft | undefined {
	const status = turn.told?.status ?? 0;
	const behaviour = behaviourOf(desk.model, operation.id);
	const guard = behaviour.guards.find(({ kind }) => kind === "valid");
	const refusals = guard === undefined || guard.statuses.length === 0 ? ["400", "422"] : guard.statuses;
	const isRefused = isStatusAmong(refusals, status) && status >= 400;
	if (trial.valid && isRefused)
		return draftOf(operation, { trial, turn, rule: "positive-data-acceptance", observed: `refused with ${status}` });
	if (trial.valid || status < 200 || status >= 300 || isNothingRemoved(behaviour, trial)) return undefined;
	const draft = draftOf(operation, { trial, turn, rule: "negative-data-rejection", observed: "accepted" });
	return guard === undefined ? draft : { ...draft, level: levelOf(guard.evidence) };
}

/** What no item can be called is not there, and removing what is not there may well succeed. */
function isNothingRemoved({ effect, guards, keys }: Behaviour, { subject }: Trial): boolean {
	const mustBeThere = guards.some((guard) => guard.kind === "exists" && keys.get(guard.resource) === subject);
	return effect.kind === "remove" && !mustBeThere && [...keys.values()].includes(subject);
}

/** A list of all enum members helps nobody. */
const RULE_MAX = 80;

interface Judged {
	readonly trial: Trial;
	readonly turn: Turn;
	readonly rule: "positive-data-acceptance" | "negative-data-rejection";
	readonly observed: string;
}

function draftOf(operation: Operation, { trial, turn, rule: name, observed }: Judged): Draft {
	const rule = trial.valid ? `may be ${trial.why}` : trial.why;
	const documented = `${trial.subject} ${rule.length > RULE_MAX ? `${rule.slice(0, RULE_MAX)}…` : rule}`;
	return {
		rule: name,
		level: "drift",
		operation: operation.id,
		subject: trial.subject,
		documented,
		observed,
		message: `${operation.method} ${operation.path}: ${documented} is ${observed}.`,
		source: trial.source,
		evidence: [stepOf(turn)],
		suspects: [],
		cause: `${name} ${trial.source.file}${trial.source.pointer} ${trial.keyword} ${trial.why}`,
	};
}
