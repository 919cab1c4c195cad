import type { Headers, Json } from "../http/exchange.ts";
import type { Call } from "./call.ts";
import type { Model } from "./model.ts";
import { isStatusAmong, type Outcome, outcomes } from "./outcome.ts";
import { type Mismatch, match } from "./pattern.ts";
import { sceneOf } from "./scene.ts";
import { apply, forget, type State, viewOf } from "./state.ts";
import { type Bindings, identify, isServerValue, type ServerValue, type Value } from "./value.ts";

/** A call and what came back, the body parsed. `unspecified` stands for a body that a simulated server left open. */
export interface Told {
	readonly call: Call;
	readonly status: number;
	readonly body: Json | undefined | typeof UNSPECIFIED;
	/** As far as they are known. */
	readonly headers?: Headers;
}

export const UNSPECIFIED: unique symbol = Symbol("unspecified");

/** One thing that may be true, given the answers so far. */
export interface World {
	readonly state: State;
	readonly bindings: Bindings;
}

export type Judgement =
	| { readonly kind: "admitted"; readonly worlds: readonly World[] }
	/** No outcome admits the answer at this index. */
	| {
			readonly kind: "rejected";
			readonly at: number;
			readonly expected: Outcome;
			readonly mismatch?: Mismatch;
			readonly before: World;
	  }
	/**
	 * The answer at this index is excused: it decides nothing, and what follows rests on nothing. So does one after which
	 * more may be true than is kept in mind.
	 */
	| { readonly kind: "inconclusive"; readonly at: number; readonly status: number };

/** Beyond so many possible worlds nothing useful is known any more. */
const WORLDS_MAX = 32;

/**
 * Holds a history against a model: is there an outcome for every answer, given all that went before?
 *
 * @example judge(model, [{ state: emptyState(true), bindings: new Map() }], history).kind === "admitted"
 */
export function judge(model: Model, start: readonly World[], history: readonly Told[]): Judgement {
	let worlds = start;
	for (const [at, told] of history.entries()) {
		const step = admit(model, worlds, told);
		if (step.kind === "rejected") return { ...step, at };
		if (step.kind === "inconclusive") return { kind: "inconclusive", at, status: told.status };
		if (step.worlds.length > WORLDS_MAX) return { kind: "inconclusive", at, status: told.status };
		worlds = step.worlds;
	}
	return { kind: "admitted", worlds };
}

type Step =
	| { readonly kind: "admitted"; readonly worlds: readonly World[] }
	| { readonly kind: "rejected"; readonly expected: Outcome; readonly mismatch?: Mismatch; readonly before: World }
	| { readonly kind: "inconclusive" };

/** One answer, held against every world that is still possible. */
export function admit(model: Model, worlds: readonly World[], told: Told): Step {
	const verdicts = worlds.flatMap((world) => admitIn(model, world, told));
	const next = verdicts.flatMap((verdict) => (verdict.kind === "admitted" ? verdict.worlds : []));
	if (next.length > 0) return { kind: "admitted", worlds: next };
	const rejections = verdicts.filter((verdict) => verdict.kind === "rejected");
	const closest = rejections.find(({ mismatch }) => mismatch !== undefined);
	if (closest !== undefined) return closest;
	const excused = verdicts.some(({ kind }) => kind === "inconclusive");
	return excused ? { kind: "inconclusive" } : (rejections[0] ?? { kind: "inconclusive" });
}

/** A verdict for each outcome that a world admits: the status may already tell that it is another one. */
function admitIn(model: Model, world: World, told: Told): readonly Step[] {
	const scene = sceneOf(model, viewOf(world.state), withReusedKeys(told.call, world));
	const admitted: Outcome[] = [];
	const verdicts: Step[] = [];
	for (const outcome of outcomes(scene, told.status)) {
		const verdict = admitAs(outcome, world, told);
		if (verdict.kind === "admitted") {
			// Several outcomes may come to the same: two guards that refuse alike are one thing that may be true.
			if (admitted.some((other) => comeToTheSame(other, outcome))) continue;
			admitted.push(outcome);
		}
		verdicts.push(verdict);
	}
	return verdicts;
}

function admitAs(outcome: Outcome, world: World, told: Told): Step {
	// Which success it is, is judged by the shape of the answer; what happened is the same.
	const isSuccess = outcome.kind === "expected" && told.status >= 200 && told.status < 300;
	const isElsewhere = outcome.except?.includes(String(told.status)) === true;
	// A class of statuses, or whatever is documented by default, refuses only with a client's error.
	const isRefusal = outcome.kind !== "refused" || told.status >= 400;
	if (isElsewhere || !isRefusal || !(isSuccess || isStatusAmong(outcome.statuses, told.status)))
		return { kind: "rejected", expected: outcome, before: world };
	if (outcome.kind === "excused") return { kind: "inconclusive" };
	const matched = matches(outcome, told, world);
	if (!matched.ok) return { kind: "rejected", expected: outcome, mismatch: matched.mismatch, before: world };
	return { kind: "admitted", worlds: [after(world, outcome, matched.bindings)] };
}

function comeToTheSame(a: Outcome, b: Outcome): boolean {
	if ((a.forgets === true) !== (b.forgets === true) || a.changes.length !== b.changes.length) return false;
	return a.changes.length === 0 || identify(a.changes as unknown as Value) === identify(b.changes as unknown as Value);
}

/**
 * The call with the names of items that are there now. A service may give the id of an item that is gone to a new one:
 * whoever asks for the old one by its id then means the new one.
 */
function withReusedKeys(call: Call, { state, bindings }: World): Call {
	if (state.gone.size === 0) return call;
	const path = Object.entries(call.path).map(([name, value]): [string, Value] => [
		name,
		isServerValue(value) ? (heirOf(value, state, bindings) ?? value) : value,
	]);
	return { ...call, path: Object.fromEntries(path) };
}

/** The key of the item that has got this id after the one which had it was taken away. */
function heirOf(key: ServerValue, { gone, containers }: State, bindings: Bindings): Value | undefined {
	const id = bindings.get(key.name);
	if (id === undefined) return undefined;
	for (const [container, keys] of gone) {
		if (!keys.some((one) => isServerValue(one) && one.name === key.name)) continue;
		const heir = containers
			.get(container)
			?.find((entry) => isServerValue(entry.key) && identify(bindings.get(entry.key.name)) === identify(id));
		if (heir !== undefined) return heir.key;
	}
	return undefined;
}

function after(world: World, { changes, forgets }: Outcome, bindings: Bindings): World {
	const state = apply(world.state, changes);
	return { state: forgets === true ? forget(state) : state, bindings };
}

function matches(outcome: Outcome, told: Told, world: World): ReturnType<typeof match> {
	const { bindings } = world;
	const body = told.body === UNSPECIFIED ? { ok: true as const, bindings } : match(outcome.body, told.body, bindings);
	if (!body.ok) return body;
	const expected = Object.entries(outcome.said?.headers ?? {});
	const wrong = expected
		.filter(([name]) => told.headers?.[name] !== undefined)
		.map(([name, pattern]) => match(pattern, numberIn(told.headers?.[name]), body.bindings))
		.find(({ ok }) => !ok);
	return wrong ?? body;
}

/** Headers are texts; what they count is a number. */
function numberIn(text = ""): Json {
	return /^\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}
