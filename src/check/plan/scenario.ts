import type { Call, Credential } from "../../model/call.ts";
import { partsOf, resourceActedOn } from "../../model/effect.ts";
import { lawOf } from "../../model/effect-laws.ts";
import type { When } from "../../model/guard/when.ts";
import type { Guard, Probe } from "../../model/guard.ts";
import { guardLawOf } from "../../model/guard-laws.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { membersAdmitNull } from "../../model/law/merge.ts";
import { referencesTo } from "../../model/law/referrer.ts";
import { removerOf } from "../../model/law/remover.ts";
import { type Behaviour, behaviourOf, lineage, type Model, resourceNamed } from "../../model/model.ts";
import { withSent } from "../../model/scene.ts";
import type { State } from "../../model/state.ts";
import { isObject, type Value } from "../../model/value.ts";
import { properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";
import { ask } from "./ask.ts";
import { bringFor } from "./bring.ts";
import { bringAbout } from "./bring-about.ts";
import { halfOf, telling } from "./half-body.ts";
import { innerBodies } from "./inner-bodies.ts";
import { issueCredential } from "./issue-credential.ts";
import { observe, observeAt } from "./observe.ts";
import {
	compose,
	entriesOf,
	isAdopted,
	leaveEntries,
	lentAt,
	type Made,
	make,
	makeMembers,
	makeReferrers,
	makersOf,
	placeOf,
	roomyLimits,
	type Story,
	satisfied,
	sceneIn,
	stagedBy,
	startStory,
	supply,
	tell,
	withAllScopes,
} from "./story.ts";
import type { ValueSource } from "./value-source.ts";

/** Everything a scenario is made from; the same inputs give the same calls. */
export interface ScenarioInput {
	readonly model: Model;
	readonly operation: string;
	readonly start: State;
	readonly source: ValueSource;
	readonly validation: Validation;
}

export type Scenario =
	| { readonly ok: true; readonly calls: readonly Call[] }
	| { readonly ok: false; readonly reason: string };

/**
 * One generous, deterministic sequence around an operation: two parents, several items with keys that look alike, the
 * operation with several bodies, every reader after each, everything made again under the same names, and each guard
 * violated by itself. Experiments are cut out of it.
 */
export function scenarioFor(input: ScenarioInput): Scenario {
	const story = startStory(input.model, input.start, input);
	const behaviour = behaviourOf(input.model, input.operation);
	const focus = focusOf(input.model, behaviour);
	const stage =
		focus === undefined
			? { ok: true as const, chains: [[], []] as const }
			: setStage(story, focus, { operation: input.operation });
	if (!stage.ok) return stage;
	const also = touchedBesides(input.model, behaviour);
	act(story, behaviour, { focus, also, chains: stage.chains });
	ask(story, behaviour, stage.chains[0]);
	violate(story, behaviour, { focus, also, chains: stage.chains });
	lookAtGone(story, behaviour, { focus, also, chains: stage.chains });
	return { ok: true, calls: story.calls };
}

/** One sequence for each probe that a guard of the operation asks for: nothing is cut out of these but their ends. */
export function probesFor(input: ScenarioInput): readonly (readonly Call[])[] {
	const behaviour = behaviourOf(input.model, input.operation);
	const focus = focusOf(input.model, behaviour);
	if (focus === undefined) return [];
	return behaviour.guards
		.flatMap((guard) => guardLawOf(guard).probes?.(guard) ?? [])
		.flatMap((probe) => {
			const story = startStory(input.model, input.start, input);
			const stage = setStage(story, focus, { operation: input.operation, probe });
			if (!stage.ok) return [];
			const [first, second] = stage.chains;
			for (let count = 0; count < probe.repeat; count++) tell(story, happyCall(story, behaviour, first));
			tell(story, happyCall(story, behaviour, second));
			return [story.calls];
		});
}

function happyCall(story: Story, behaviour: Behaviour, inside: Chain): Call {
	const body = story.source.body(behaviour.operation.id, "all");
	return satisfied(story, compose(story, behaviour.operation.id, { inside, body }));
}

/** The resource whose content the operation touches, or that its guards look at. */
export function focusOf(model: Model, behaviour: Behaviour): string | undefined {
	const own = resourceActedOn(behaviour.effect);
	if (own !== undefined) return own;
	const looked = behaviour.guards.flatMap((guard) => ("of" in guard ? (guard.of ?? []) : []));
	return looked.sort((a, b) => lineage(model, b).length - lineage(model, a).length)[0];
}

/** What else an operation may change: what its further effects act on, and what refers to an item that it removes. */
function touchedBesides(model: Model, { effect, guards }: Behaviour): readonly string[] {
	const own = partsOf(effect).flatMap((part) => resourceActedOn(part) ?? []);
	const referring = own.flatMap((name) => referencesTo(model, name).map(({ resource }) => resource.name));
	const logs = guards.flatMap((guard) => (guard.kind === "records" ? [guard.log] : []));
	return [...own.slice(1), ...(effect.kind === "remove" ? referring : []), ...logs];
}

type Chain = readonly Made[];

interface Stage {
	readonly focus: string | undefined;
	/** Other resources that the operation may change. */
	readonly also: readonly string[];
	/** The parents of the focus, twice: what is done to one must not show in the other. */
	readonly chains: readonly [Chain, Chain];
}

function setStage(
	story: Story,
	focus: string,
	{ operation, probe }: { operation: string; probe?: Probe },
): { ok: true; chains: [Chain, Chain] } | { ok: false; reason: string } {
	const parents = lineage(story.model, focus).slice(0, -1);
	let chains: [Chain, Chain] = [[], []];
	for (const parent of parents) {
		const asked = probe?.of === parent.name ? probe.fields : {};
		const fields = { ...roomyLimits(story.model, operation, parent.name), ...asked };
		const lent = lentAt(story, parent.name, chains[0]);
		const first = lent ?? make(story, parent.name, chains[0], { fields });
		const key = first === undefined ? undefined : neighbourOf(story, parent.name, first.key);
		// What is lent there is one of: what is made inside of it makes the difference.
		const second = lent ?? (first === undefined ? undefined : make(story, parent.name, chains[1], { key, fields }));
		if (first === undefined || second === undefined)
			return { ok: false, reason: `nothing in the document creates an item of ${parent.name}` };
		chains = [
			[...chains[0], first],
			[...chains[1], second],
		];
	}
	furnish(story, focus, { operation, chains });
	return { ok: true, chains };
}

/** What stands there before anything is tried: items, or what a log has recorded. */
function furnish(
	story: Story,
	focus: string,
	{ operation, chains }: { operation: string; chains: Stage["chains"] },
): void {
	if (needsContent(story.model, focus)) fill(story, focus, chains, stagedBy(story.model, operation));
	for (const log of otherLogs(story.model, operation)) leaveEntries(story, log, []);
	if (resourceNamed(story.model, focus).records === undefined || isAdopted(story, focus)) return;
	for (const chain of chains) if (chain === chains[0] || chain.length > 0) leaveEntries(story, focus, chain);
}

/**
 * Logs at the top that record the operation and nothing else of its resource: whether their entries tell what they are
 * about is seen at those that something else has left.
 */
function otherLogs(model: Model, operation: string): readonly string[] {
	const { effect, guards } = behaviourOf(model, operation);
	const own = resourceActedOn(effect);
	return guards.flatMap((guard) => {
		if (guard.kind !== "records" || resourceNamed(model, guard.log).parent !== undefined) return [];
		const beside = [...model.behaviours.values()].filter(
			(one) => one.operation.id !== operation && resourceActedOn(one.effect) === own && recordsIn(one, guard.log),
		);
		return beside.length === 0 ? [guard.log] : [];
	});
}

function recordsIn({ guards }: Behaviour, log: string): boolean {
	return guards.some((guard) => guard.kind === "records" && guard.log === log);
}

type Staged = ReturnType<typeof stagedBy>;

function needsContent(model: Model, focus: string): boolean {
	return makersOf(model, focus).length > 0 && resourceNamed(model, focus).kind !== "log";
}

/** A key that a careless comparison takes for another; the server chooses where clients do not. */
function neighbourOf(story: Story, resource: string, key: Value): Value | undefined {
	return resourceNamed(story.model, resource).key?.made === "client"
		? story.planning.neighbours(resource, key)[0]
		: undefined;
}

function fill(story: Story, focus: string, chains: readonly [Chain, Chain], staged: Staged = []): void {
	const { kind } = resourceNamed(story.model, focus);
	if (kind === "set" || kind === "list") {
		const first = story.source.fresh(focus);
		if (first === undefined) return;
		const [alike] = story.planning.neighbours(focus, first);
		const others = [story.source.fresh(focus), story.source.fresh(focus)];
		const members = [...shorterFirst(first, alike), ...others].filter((value) => value !== undefined);
		makeMembers(story, focus, { inside: chains[0], members });
		const elsewhere = story.source.fresh(focus);
		if (chains[1].length > 0 && elsewhere !== undefined)
			makeMembers(story, focus, { inside: chains[1], members: [elsewhere] });
		return;
	}
	const [one = {}, two = staged.at(-1) ?? {}, three = two] = staged;
	const first = make(story, focus, chains[0], { fields: one });
	if (first !== undefined) fillInside(story, focus, [...chains[0], first]);
	if (kind === "singleton" || first === undefined) return;
	makeReferrers(story, first, chains[0]);
	make(story, focus, chains[0], { key: neighbourOf(story, focus, first.key), fields: two });
	make(story, focus, chains[0], { optional: "none", fields: three });
	for (const fields of staged.slice(3)) make(story, focus, chains[0], { fields });
	if (chains[1].length > 0) make(story, focus, chains[1]);
}

/** What is aimed at is the one that a comparison by prefix takes for the other as well. */
function shorterFirst(value: Value, alike: Value | undefined): readonly (Value | undefined)[] {
	return typeof value === "string" && typeof alike === "string" && alike.length < value.length
		? [alike, value]
		: [value, alike];
}

/** Something lives inside the item: removing or overwriting the item does something to it, or does not. */
function fillInside(story: Story, resource: string, inside: Chain): void {
	for (const { name, kind, parent } of story.model.resources.values()) {
		if (parent !== resource || !needsContent(story.model, name)) continue;
		if (kind !== "set" && kind !== "list") {
			make(story, name, inside);
			continue;
		}
		const members = [story.source.fresh(name), story.source.fresh(name)].filter((value) => value !== undefined);
		makeMembers(story, name, { inside, members });
	}
}

/** The operation itself in several ways, every reader after each, then everything once more under the same names. */
function act(story: Story, behaviour: Behaviour, stage: Stage): void {
	supply(story, behaviour);
	bringAll(story, behaviour, stage, "fit");
	observe(story, stage);
	for (const call of acts(story, behaviour, stage)) {
		supply(story, behaviour, call);
		tell(story, satisfied(story, call));
		if (lawOf(behaviour.effect).writes) observe(story, stage);
	}
	if (behaviour.effect.kind === "remove" || behaviour.effect.kind === "clear") makeAgain(story, stage);
}

/** Items in the standing that the guards ask for, or that one of them rules out, where they look at the item in focus. */
function bringAll(story: Story, behaviour: Behaviour, { focus, chains }: Stage, to: "fit" | When): void {
	if (focus === undefined) return;
	const looked = to === "fit" ? focus : (to.of ?? focus);
	const index = chains[0].findIndex(({ resource }) => resource === looked);
	bringFor(story, behaviour, { focus: looked, inside: index < 0 ? chains[0] : chains[0].slice(0, index), to });
}

/** The happy calls of an operation, each composed in the state that is there when it is told. */
function* acts(story: Story, behaviour: Behaviour, stage: Stage): Generator<Call> {
	const [chain] = stage.chains;
	const bodies = bodiesFor(story, behaviour, stage);
	const more = Math.max(0, (lawOf(behaviour.effect).actsMin ?? 1) - bodies.length);
	for (const body of [...bodies, ...Array.from({ length: more }, () => bodies[0])]) {
		yield compose(story, behaviour.operation.id, {
			inside: stage.chains[0],
			key: targetKey(story, behaviour, stage),
			body,
		});
	}
	if (chain.length > 0 && stage.chains[1].length > 0 && behaviour.effect.kind === "none") {
		yield compose(story, behaviour.operation.id, {
			inside: stage.chains[1],
			body: bodiesFor(story, behaviour, stage)[0],
		});
	}
}

/**
 * The item that the operation is aimed at: the first that it may act on, else the first that stands there. Where all are
 * gone it is one that never was, and not the document's example: who serves that may well have it.
 */
function targetKey(story: Story, behaviour: Behaviour, { focus, chains }: Stage): Value | undefined {
	const resource = resourceActedOn(behaviour.effect);
	if (resource === undefined || focus === undefined || !behaviour.keys.has(resource)) return undefined;
	const entries = entriesOf(story, placeOf(story.model, focus, chains[0]));
	if (entries.length === 0) return story.source.fresh(resource);
	const looks = behaviour.guards.some((guard) => guardLawOf(guard).looksAtItem) || retires(behaviour);
	if (entries.length < 2 || !looks) return entries[0]?.key;
	const body = story.source.body(behaviour.operation.id, "all");
	const [fit] = entries.filter(({ key }) => {
		const call = satisfied(story, compose(story, behaviour.operation.id, { inside: chains[0], key, body }));
		return guardsHold(story, behaviour, call);
	});
	return (fit ?? entries[0])?.key;
}

function guardsHold(story: Story, { guards, effect }: Behaviour, call: Call): boolean {
	const scene = sceneIn(story, call);
	const isSure = lawOf(effect).isUnsure?.(effect, scene) !== true;
	return isSure && guards.every((guard) => guardLawOf(guard).holds(guard, scene) === "yes");
}

/** Whether what is removed stays: removing it once more is answered in two ways. */
function retires({ effect }: Behaviour): boolean {
	return effect.kind === "remove" && effect.keeps !== undefined;
}

function bodiesFor(story: Story, behaviour: Behaviour, { focus, chains }: Stage): readonly (Value | undefined)[] {
	const schema = bodySchema(behaviour.operation);
	const resource = focus === undefined ? undefined : resourceNamed(story.model, focus);
	if (schema === undefined || behaviour.operation.body === undefined) return [undefined];
	if (resource?.kind === "set" || resource?.kind === "list") {
		if (behaviour.effect.kind === "none") return [story.source.body(behaviour.operation.id, "all")];
		const now = entriesOf(story, placeOf(story.model, resource.name, chains[0])).map(({ key }) => key);
		const fresh = story.source.fresh(resource.name);
		const known = now.slice(1, 3);
		const overlapping = fresh === undefined ? known : [...known, fresh];
		return [overlapping, now.slice(0, 1), []];
	}
	const law = lawOf(behaviour.effect);
	if (law.bodies !== undefined) {
		const first = story.source.body(behaviour.operation.id, "all");
		const key = targetKey(story, behaviour, { focus, also: [], chains });
		const aimed = sceneIn(story, compose(story, behaviour.operation.id, { inside: chains[0], key, body: first }));
		return law.bodies(behaviour.effect, aimed, first);
	}
	const draw = (): Value | undefined => telling(schema, story.source.body(behaviour.operation.id, "all"), story.source);
	const whole = withAllScopes(story, behaviour, draw());
	const least = story.source.body(behaviour.operation.id, "none");
	const [other, last] = [0, 1].map(draw);
	const wanted = story.model.wants?.get(behaviour.operation.id)?.with ?? new Set();
	const nulled = law.takesNull?.(behaviour.effect) === true ? nulledOf(schema, last, wanted) : undefined;
	const inner = law.mergesInside?.(behaviour.effect) === true ? innerBodies(schema, least) : [];
	return [whole, least, halfOf(schema, other, wanted), last, ...(nulled === undefined ? [] : [nulled]), ...inner];
}

/** The body with null in the place of all that may be null, also inside; undefined where nothing may. */
function nulledOf(schema: Schema, whole: Value | undefined, wanted: ReadonlySet<string>): Value | undefined {
	if (!isObject(whole)) return undefined;
	const nulls = properties(schema).flatMap(({ name, required, schema: field }): [string, Value][] => {
		if (required || wanted.has(name)) return [];
		if (typesOf(field).includes("null")) return [[name, null]];
		const held = whole[name];
		if (!isObject(held) || !membersAdmitNull(field)) return [];
		return [[name, Object.fromEntries(Object.keys(held).map((inner) => [inner, null]))]];
	});
	return nulls.length === 0 ? undefined : { ...whole, ...Object.fromEntries(nulls) };
}

/** What was removed is made once more under the same name: what lived inside it must not come back. */
function makeAgain(story: Story, stage: Stage): void {
	const { focus, chains } = stage;
	if (focus === undefined) return;
	const removed = story.calls.findLast((call) => behaviourOf(story.model, call.operation).effect.kind === "remove");
	const parameter = removed === undefined ? undefined : behaviourOf(story.model, removed.operation).keys.get(focus);
	const key = removed === undefined || parameter === undefined ? undefined : removed.path[parameter];
	if (
		resourceNamed(story.model, focus).kind !== "collection" ||
		resourceNamed(story.model, focus).key?.made !== "client"
	)
		return;
	make(story, focus, chains[0], { key });
	observe(story, stage);
}

/** What a reader shows of an item that was taken away, and whether its key is free again. */
function lookAtGone(story: Story, behaviour: Behaviour, stage: Stage): void {
	const { focus, chains } = stage;
	const { effect, operation } = behaviour;
	if (focus === undefined || resourceActedOn(effect) !== focus) return;
	const property = effect.kind === "create" ? keyInBody(story.model, behaviour, focus) : undefined;
	if (effect.kind !== "read" && effect.kind !== "list" && property === undefined) return;
	const remover = removerOf(story.model, focus);
	const entry = entriesOf(story, placeOf(story.model, focus, chains[0])).at(-1);
	if (remover === undefined || entry === undefined) return;
	const { key } = entry;
	const inside = chains[0];
	tell(story, satisfied(story, compose(story, remover.operation.id, { inside, key })));
	const call = compose(story, operation.id, {
		inside,
		...(behaviour.keys.has(focus) ? { key } : {}),
		body: property === undefined ? undefined : bodiesFor(story, behaviour, stage)[0],
	});
	tell(story, property === undefined ? call : satisfied(story, withSent(sceneIn(story, call), property, key)));
}

/** The field by which a client names what it makes. */
function keyInBody({ resources }: Model, { guards }: Behaviour, name: string): string | undefined {
	const property = resources.get(name)?.key?.property;
	return guards.some((guard) => guard.kind === "unique" && guard.property === property) ? property : undefined;
}

/** Each guard violated by itself; after a write that should have been refused, every reader. */
function violate(story: Story, behaviour: Behaviour, stage: Stage): void {
	for (const guard of behaviour.guards) {
		bringAbout(story, { guard, chain: stage.chains[0] });
		for (const call of violationsOf(story, behaviour, { guard, stage })) {
			tell(story, call);
			if (!lawOf(behaviour.effect).writes) continue;
			observeAt(story, call);
			observe(story, stage);
		}
	}
}

function violationsOf(
	story: Story,
	behaviour: Behaviour,
	{ guard, stage }: { guard: Guard; stage: Stage },
): readonly Call[] {
	refill(story, stage);
	if (guard.kind === "when") bringAll(story, behaviour, stage, guard);
	const body = bodiesFor(story, behaviour, stage)[0];
	const key = targetKey(story, behaviour, stage);
	const call = compose(story, behaviour.operation.id, { inside: stage.chains[0], key, body });
	// What violates another guard as well shows nothing of this one.
	supply(story, behaviour, call);
	const happy = satisfied(story, call);
	const scene = sceneIn(story, happy);
	const issue = (scheme: string, scopes: readonly string[]): Credential | undefined =>
		issueCredential(story, { scheme, scopes });
	const calls = guardLawOf(guard).violate(guard, { ...scene, planning: { ...story.planning, issue } });
	// Where one of them is let through, the next one must not be refused for having been sent before.
	return calls.map((call, index) => {
		const isAgain = index > 0 && call.body === happy.body && lawOf(behaviour.effect).writes;
		const other = isAgain ? bodiesFor(story, behaviour, stage)[0] : undefined;
		return other === undefined ? call : satisfied(story, { ...call, body: other });
	});
}

/** The acts may have emptied the stage. */
function refill(story: Story, { focus, chains }: Stage): void {
	if (focus === undefined || !needsContent(story.model, focus)) return;
	if (entriesOf(story, placeOf(story.model, focus, chains[0])).length === 0) fill(story, focus, [chains[0], []]);
}
