import type { Call } from "./call.ts";
import { type Performance, resourceActedOn } from "./effect.ts";
import { lawOf } from "./effect-laws.ts";
import type { Guard, Holds } from "./guard.ts";
import { guardLawOf } from "./guard-laws.ts";
import { callerIn } from "./identity.ts";
import { usedChanges } from "./law/counts.ts";
import { mirrored } from "./mirror.ts";
import { lineage, type Model } from "./model.ts";
import { ANY, inEnvelope, type Pattern, withBeside } from "./pattern.ts";
import type { Said } from "./query/beside.ts";
import { addressOf, isAbsent, type Scene } from "./scene.ts";
import type { Change } from "./state.ts";
import { validPart } from "./valid-part.ts";

/**
 * One answer that the contract admits here, with the change of state that goes with it. `expected`: its guards decide
 * it. `refused`: a guard is violated. `excused`: documented, or the transport's own, but nothing that we know decides it.
 */
export interface Outcome {
	readonly kind: "expected" | "refused" | "excused";
	/** As documented: `200`, `2XX`, `default`. */
	readonly statuses: readonly string[];
	readonly body: Pattern;
	readonly changes: readonly Change[];
	/** Afterwards nothing is known of what stood there. */
	readonly forgets?: boolean;
	/** What is said of a list besides showing it, in the body and in headers. */
	readonly said?: Said;
	/** Statuses that these do not mean: a guard that holds speaks with them. */
	readonly except?: readonly string[];
	/** The guard that refuses. */
	readonly guard?: Guard;
}

/**
 * The answers that the contract admits to a call, the likeliest first. Lazy: whoever serves takes the first, whoever
 * judges enumerates.
 *
 * @param status what was answered, where somebody judges: what cannot be about it is not told
 */
export function* outcomes(scene: Scene, status?: number): Generator<Outcome> {
	const held = scene.behaviour.guards.map((guard) => ({ guard, holds: guardLawOf(guard).holds(guard, scene) }));
	const violated = held.filter(({ holds }) => holds === "no").map(({ guard }) => guard);
	// Without a caller nothing that is looked up for the caller is looked at.
	const isStranger = violated.some(({ kind }) => kind === "credentials");
	const unknown = isStranger ? [] : held.filter(({ holds }) => holds === "unknown").map(({ guard }) => guard);
	if (violated.length === 0) yield* successes(scene, held);
	for (const guard of [...violated, ...unknown]) yield refusal(scene, guard, held);
	// No success is excused.
	if (status === undefined || status < 200 || status >= 300) yield excuse(scene, [...violated, ...unknown]);
}

type Checked = readonly { readonly guard: Guard; readonly holds: Holds }[];

function* successes(scene: Scene, held: Checked): Generator<Outcome> {
	const { effect } = scene.behaviour;
	const law = lawOf(effect);
	yield success(scene, held, law.perform(effect, scene));
	for (const other of law.alternatives?.(effect, scene) ?? []) yield success(scene, held, other);
}

function success(scene: Scene, held: Checked, performed: Performance): Outcome {
	const { effect, answer } = scene.behaviour;
	const told = effect.answers === undefined ? performed : lawOf(effect.answers).perform(effect.answers, scene);
	const statuses = answer.statuses.length === 0 ? ["2XX"] : answer.statuses;
	return {
		kind: "expected",
		statuses,
		body: withBeside(inEnvelope(told.shows, answer.at), told.said?.beside ?? []),
		...(told.said === undefined ? {} : { said: told.said }),
		changes: [...mirrored(scene.model, scene.view, performed.changes), ...kept(scene, held, true)],
		...(performed.forgets === true ? { forgets: true } : {}),
	};
}

function refusal(scene: Scene, guard: Guard, held: Checked): Outcome {
	const statuses = statusesOf(guard, scene);
	const reachesCounts = guard.kind !== "credentials";
	const counted = reachesCounts ? kept(scene, held, false) : [];
	return {
		kind: "refused",
		statuses: admitted(guard, statuses, scene),
		body: ANY,
		changes: [...leaked(scene, guard), ...counted],
		guard,
	};
}

/** What most refuse with where no document says with what. */
const USUAL: Partial<Record<Guard["kind"], readonly string[]>> = { credentials: ["401"], exists: ["404"] };

function statusesOf(guard: Guard, { call }: Scene): readonly string[] {
	// Who takes a wrong credential for right says 403 when it is not good for this, and not that it is wrong.
	if (guard.kind === "scope" && !isRight(call)) {
		const others = guard.statuses.filter((status) => /^\d+$/.test(status) && status !== "401");
		return others.length === 0 ? ["403"] : others;
	}
	const documented = guard.statuses.length === 0 ? ["4XX"] : guard.statuses;
	// What is documented as a class only is most likely told as usual.
	return documented.some((status) => /^\d+$/.test(status)) ? documented : [...(USUAL[guard.kind] ?? []), ...documented];
}

function isRight({ credentials }: Call): boolean {
	const all = Object.values(credentials);
	return (
		all.length > 0 && all.every((one) => one.kind === "right" || (one.kind === "value" && one.spoilt === undefined))
	);
}

/** 404 may stand for 403, and for a bad path value any 4xx is a refusal. */
function admitted(guard: Guard, statuses: readonly string[], { call, model }: Scene): readonly string[] {
	if (guard.kind === "valid" && call.flaws.some((flaw) => flaw.in === "path")) return [...statuses, "4XX"];
	// What belongs to others may be told to be there and not to be one's own.
	if (guard.kind === "exists" && isParted(model, guard.resource)) return [...statuses, "403"];
	// Which of the two says that a credential is not good for this, is seldom said.
	const unscoped = guard.kind === "scope" && !guard.strict && isRight(call) ? [...statuses, "401"] : statuses;
	return statuses.includes("403") && guard.kind !== "credentials" ? [...unscoped, "404"] : unscoped;
}

/** What a guard that refuses and leaks changes all the same. */
function leaked(scene: Scene, guard: Guard): readonly Change[] {
	if (guard.leaks === "no") return [];
	const at = guard.kind === "valid" ? guard.leaksAt : undefined;
	if (at !== undefined && !scene.call.flaws.some((flaw) => flaw.at === `/${at}` || flaw.at.startsWith(`/${at}/`)))
		return [];
	// What is applied in part is an item that is there; a new one is made whole or not at all.
	if (guard.leaks === "valid-part" && isNewItem(scene)) return [];
	const part = guardLawOf(guard).partOf;
	const call = guard.leaks === "valid-part" ? (part?.(guard, scene) ?? validPart(scene.call)) : scene.call;
	const { effect } = scene.behaviour;
	return mirrored(scene.model, scene.view, lawOf(effect).perform(effect, { ...scene, call }).changes);
}

function isNewItem(scene: Scene): boolean {
	const resource = resourceActedOn(scene.behaviour.effect);
	if (resource === undefined) return false;
	const { container, key } = addressOf(scene, resource);
	return key !== undefined && scene.view.entry(container, key) === undefined;
}

function kept(scene: Scene, held: Checked, passed: boolean): readonly Change[] {
	const byGuards = held.flatMap(({ guard }) => guardLawOf(guard).keeps?.(guard, scene, passed) ?? []);
	return [...byGuards, ...usedChanges(scene, passed)];
}

/** Answers of the transport, which no document needs to name: it redirects, refuses or fails. */
const TRANSPORT = ["3XX", "405", "406", "413", "414", "415", "429", "431", "5XX"];

/**
 * Statuses that are documented and that no guard of ours decides. Input that we believe to be valid may break a rule
 * that the document only implies, so the statuses of the input guard are excused as well. What is refused for one
 * reason may be refused with any client error but those of guards that hold.
 */
function excuse(scene: Scene, open: readonly Guard[]): Outcome {
	const { guards, operation } = scene.behaviour;
	const astray = isAstray(scene);
	const decided = new Set(guards.flatMap((guard) => ownStatuses(guard, scene)));
	const documented = operation.responses
		.flatMap(({ status }) => (status === "default" ? ["4XX", "5XX"] : [status]))
		.filter((status) => !status.startsWith("2") && !decided.has(status));
	const deciding = guards.filter((guard) => !open.includes(guard) && !(astray && guard.kind === "exists"));
	return {
		kind: "excused",
		statuses: [
			...documented,
			...(open.length > 0 || astray ? ["4XX"] : []),
			...TRANSPORT.filter((one) => !decided.has(one)),
		],
		except: deciding.flatMap((guard) => ownStatuses(guard, scene)),
		body: ANY,
		changes: [],
	};
}

/**
 * The statuses that mean this guard and nothing else. A 403 may be about rights that no document tells, and a refusal
 * of input about rules that it only implies.
 */
function ownStatuses(guard: Guard, scene: Scene): readonly string[] {
	const exact = guard.statuses.filter((status) => /^\d+$/.test(status));
	if (MANY_MEANINGS.has(guard.kind) || guardLawOf(guard).speaks?.(guard, scene) === false) return [];
	if (guard.kind === "scope") return Array.isArray(callerIn(scene)?.scopes) ? exact : [];
	if (guard.kind === "credentials") return ["401"];
	return guard.kind === "exists" && exact.length === 0 ? ["404"] : exact;
}

/** A refusal of input may be about rules that are only implied, and how often others called nobody knows. */
const MANY_MEANINGS: ReadonlySet<Guard["kind"]> = new Set(["valid", "rate", "partition"]);

function isParted(model: Model, resource: string): boolean {
	return lineage(model, resource)[0]?.partition !== undefined;
}

/**
 * Whether nothing says what happens here: a parent that the path names is not there, or the effect itself is not sure,
 * and no guard looks at it. Services answer such a call both with success and with a refusal.
 */
function isAstray(scene: Scene): boolean {
	const { effect, guards, keys } = scene.behaviour;
	const own = resourceActedOn(effect);
	const guarded = new Set(guards.flatMap((guard) => (guard.kind === "exists" ? [guard.resource] : [])));
	const parents = [...keys.keys()].filter((name) => name !== own && !guarded.has(name));
	if (parents.some((name) => isAbsent(scene, name))) return true;
	// Where the guard of the item decides, the item is not there.
	const isDecided = own !== undefined && guarded.has(own) && isAbsent(scene, own);
	return own !== undefined && !isDecided && lawOf(effect).isUnsure?.(effect, scene) === true;
}

/** Whether a status is one of those documented: exactly, by its class, or by `default`. */
export function isStatusAmong(statuses: readonly string[], status: number): boolean {
	const family = `${Math.floor(status / 100)}XX`;
	return statuses.some((known) => known === String(status) || known === family || known === "default");
}
