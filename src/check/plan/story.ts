import type { Operation, Parameter } from "../../contract/contract.ts";
import type { Call, Credential } from "../../model/call.ts";
import { credentialField } from "../../model/credential.ts";
import type { Effect } from "../../model/effect.ts";
import { partsOf, resourceActedOn } from "../../model/effect.ts";
import { guardLawOf } from "../../model/guard-laws.ts";
import { isGiven, securityFor } from "../../model/identity.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { referencesTo } from "../../model/law/referrer.ts";
import { type Behaviour, behaviourOf, lineage, type Model, resourceNamed } from "../../model/model.ts";
import type { Outcome } from "../../model/outcome.ts";
import { documentedParts, homeContainer } from "../../model/partition.ts";
import { type Planning, type Scene, sceneOf } from "../../model/scene.ts";
import { respond } from "../../model/simulate.ts";
import { apply, containerOf, type Entry, resourceOf, type State, viewOf } from "../../model/state.ts";
import { identifyKey, isObject, isServerValue, ownerOf, type Value } from "../../model/value.ts";
import { annotation, properties } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";
import { flawedCalls } from "./flawed.ts";
import type { ValueSource } from "./value-source.ts";

/** A sequence of calls that is being written, with what will be true after each of them. */
export interface Story {
	readonly model: Model;
	readonly source: ValueSource;
	readonly planning: Planning;
	readonly validation: Validation;
	readonly calls: Call[];
	/** Resources of which an item is being made that refers to another: what refers in a circle is not followed. */
	readonly pending: Set<string>;
	readonly issued: Issued[];
	state: State;
}

/** An item that the story made: where it stands and what names it. */
export interface Made {
	readonly resource: string;
	readonly container: string;
	readonly key: Value;
}

export function startStory(
	model: Model,
	start: State,
	{ source, validation }: { source: ValueSource; validation: Validation },
): Story {
	const planning: Planning = {
		spare: (resource) => source.fresh(resource),
		neighbours: (resource, value) => source.neighbours(resource, value),
		inOtherCase: (value) => source.inOtherCase(value),
		withoutFirst: (value) => source.withoutFirst(value),
		flawed: (call) => flawedCalls(model, validation, call),
		isOurs: (value) => source.isOurs(value),
		value: (schema, name) => source.value(schema, name),
		admits: (schema, value) => source.admits(schema, value),
	};
	return { model, source, planning, validation, calls: [], issued: [], pending: new Set(), state: start };
}

/** Where a resource stands inside a chain of items; at the top, in the part in which the main caller works. */
export function placeOf(model: Model, resource: string, inside: readonly Made[]): string {
	const parent = inside.at(-1);
	return parent === undefined ? homeContainer(model, resource) : containerOf(resource, parent);
}

/** Adds a call and lets it happen; gives what is answered. */
export function tell(story: Story, call: Call): Outcome {
	const tagged: Call = { ...call, tag: `c${story.calls.length}` };
	const { outcome } = respond(story.model, story.state, tagged, "created");
	story.issued.push(...issuedBy(story.model, outcome));
	story.calls.push(tagged);
	story.state = apply(story.state, outcome.changes);
	return outcome;
}

/** Credentials that the server made when it made an item. */
function issuedBy({ resources }: Model, { changes }: Outcome): readonly Issued[] {
	return changes.flatMap((change) => {
		if (change.kind !== "put" || !isObject(change.entry.value)) return [];
		const resource = resourceOf(change.container);
		return Object.entries(change.entry.value).flatMap(([name, value]): readonly Issued[] => {
			const isCredential = resources.get(resource)?.fields.get(name)?.credential !== undefined;
			// What stands there when a credential has ended lets nobody in and was never shown.
			return isCredential && isServerValue(value) && ownerOf(value) === "unique" ? [{ resource, value }] : [];
		});
	});
}

/** A credential that was made in a story, whether or not it is good any more. */
export interface Issued {
	readonly resource: string;
	readonly value: Value;
}

export function sceneIn(story: Story, call: Call): Scene {
	return { ...sceneOf(story.model, viewOf(story.state), call), planning: story.planning };
}

/** The call of an operation inside a chain of items, with what its parameters need and the credentials it asks for. */
export function compose(
	story: Story,
	operation: string,
	{ inside, key, body }: { inside: readonly Made[]; key?: Value | undefined; body?: Value | undefined },
): Call {
	const behaviour = behaviourOf(story.model, operation);
	const own = resourceActedOn(behaviour.effect);
	const path: Record<string, Value> = {};
	for (const [resource, parameter] of behaviour.keys) {
		const value = resource === own ? key : inside.find((made) => made.resource === resource)?.key;
		if (value !== undefined) path[parameter] = value;
	}
	const rest = parametersFor(story, behaviour.operation, path);
	// A removal may need a body as well.
	const sent = body ?? (behaviour.operation.body?.required === true ? story.source.body(operation, "none") : undefined);
	return {
		operation,
		...rest,
		credentials: credentialsFor(story, behaviour, inside),
		flaws: [],
		...(sent === undefined ? {} : { body: sent, mediaType: mediaTypeOf(behaviour.operation) }),
	};
}

function mediaTypeOf(operation: Operation): string {
	const content = operation.body?.content ?? [];
	return (content.find(({ name }) => name.includes("json")) ?? content[0])?.name ?? "application/json";
}

/** Path parameters that name no resource, and required ones elsewhere, get values of their own. */
function parametersFor(
	story: Story,
	operation: Operation,
	path: Readonly<Record<string, Value>>,
): Pick<Call, "path" | "query" | "header" | "cookie"> {
	const inPlace = (place: Parameter["in"]): Record<string, Value> => {
		const needed = operation.parameters.filter(
			(parameter) =>
				parameter.in === place &&
				isNeeded(operation, parameter) &&
				!(place === "path" && Object.hasOwn(path, parameter.name)),
		);
		const values = needed.map((parameter) => [parameter.name, valueFor(story, parameter)]);
		return Object.fromEntries(values.filter(([, value]) => value !== undefined));
	};
	const cookie = inPlace("cookie");
	return {
		path: { ...path, ...inPlace("path") },
		query: { ...inPlace("query"), ...inPlace("querystring") },
		header: { ...inPlace("header"), ...partHeaders(story.model, operation) },
		...(Object.keys(cookie).length === 0 ? {} : { cookie }),
	};
}

/** A header that says which part of a resource is meant names the one that is home. */
function partHeaders(model: Model, operation: Operation): Readonly<Record<string, Value>> {
	const wanted = [...model.resources.values()].flatMap(({ partition }) =>
		partition?.by === "header" ? [partition.name] : [],
	);
	const found = operation.parameters.flatMap(({ in: place, name }): readonly (readonly [string, Value])[] => {
		const header = wanted.find((one) => place === "header" && one.toLowerCase() === name.toLowerCase());
		const [home] = header === undefined ? [] : documentedParts(model, header);
		return home === undefined ? [] : [[name, home]];
	});
	return Object.fromEntries(found);
}

/** What asks for a condition gets one that holds of whatever is there (RFC 9110, 13.1.1). */
function isCondition({ name, in: place }: Parameter): boolean {
	return place === "header" && name.toLowerCase() === "if-match";
}

/** Whether a call is refused without a parameter: it is required, or a condition that the document demands by 428. */
function isNeeded(operation: Operation, parameter: Parameter): boolean {
	const demands = operation.responses.some(({ status }) => status === "428");
	return parameter.required || (demands && isCondition(parameter));
}

function valueFor(story: Story, parameter: Parameter): Value | undefined {
	const { examples, schema, name } = parameter;
	if (isCondition(parameter)) return "*";
	const example = examples[0]?.value as Value | undefined;
	return example ?? (schema === undefined ? name : story.source.value(schema, name));
}

/** The credentials of the first documented alternative: those given for the target, or one that an item holds. */
function credentialsFor(story: Story, { operation }: Behaviour, inside: readonly Made[]): Call["credentials"] {
	const requirement = securityFor(story.model, operation);
	return Object.fromEntries(
		requirement.map(({ scheme }): [string, Credential] => [scheme, credentialFor(story, scheme, inside)]),
	);
}

function credentialFor(story: Story, scheme: string, inside: readonly Made[]): Credential {
	const field = credentialField(story.model, scheme);
	if (field === undefined || isGiven(story.model, scheme)) return { kind: "right" };
	const holder = inside.find(({ resource }) => resource === field.resource);
	const view = viewOf(story.state);
	const entry = holder === undefined ? undefined : view.entry(holder.container, holder.key);
	const held = entry !== undefined && isObject(entry.value) ? entry.value[field.field] : undefined;
	const value = held ?? issuedFor(story, field)[0];
	return value === undefined ? { kind: "wrong", how: "other" } : { kind: "value", value };
}

/** Credentials that items hold and that the server has made. What stands there when one has ended lets nobody in. */
function issuedFor(story: Story, { resource, field }: { resource: string; field: string }): readonly Value[] {
	return viewOf(story.state)
		.everywhere(resource)
		.flatMap(({ value }) => (isObject(value) ? (value[field] ?? []) : []))
		.filter((value) => isServerValue(value) && ownerOf(value) === "unique");
}

/** Operations that bring an item or members into being, the one that is not being tried first. */
export function makersOf(model: Model, resource: string): readonly Behaviour[] {
	const makes: readonly Effect["kind"][] = ["upsert", "create", "append", "replace", "rotate"];
	const rank = ({ effect }: Behaviour): number => {
		const part = partsOf(effect).find(
			(one) => resourceActedOn(one) === resource && makes.includes(one.kind) && canMake(model, one, resource),
		);
		// What makes other things as well is the last choice.
		if (part === undefined) return Number.POSITIVE_INFINITY;
		return makes.indexOf(part.kind) + (effect.kind === "several" ? makes.length : 0);
	};
	return [...model.behaviours.values()].filter((one) => Number.isFinite(rank(one))).sort((a, b) => rank(a) - rank(b));
}

/** A replace makes members, and an item only where nothing says that the item must be there. */
function canMake(model: Model, effect: Effect, resource: string): boolean {
	const { kind } = resourceNamed(model, resource);
	if (kind === "set" || kind === "list") return effect.kind === "replace" || effect.kind === "append";
	if (kind === "log") return false;
	// What renews a secret renews that of an item which is there.
	if (effect.kind === "rotate") return effect.secret === undefined;
	return effect.kind !== "replace" || kind === "singleton";
}

/** What the guards of an operation want the items to hold that it acts on, one after another. */
export function stagedBy(model: Model, operation: string): readonly Readonly<Record<string, Value>>[] {
	const behaviour = behaviourOf(model, operation);
	return behaviour.guards.flatMap((guard) => guardLawOf(guard).stage?.(guard, behaviour, model) ?? []);
}

/** How an item is to be made: with which key, and which fields must hold what. */
export interface Making {
	readonly key?: Value | undefined;
	readonly optional?: "all" | "none";
	readonly fields?: Readonly<Record<string, Value>>;
}

/** An operation that is called often wants items whose limit does not come in between. */
export function roomyLimits(model: Model, operation: string, resource: string): Readonly<Record<string, Value>> {
	const fields: Record<string, Value> = {};
	for (const guard of behaviourOf(model, operation).guards) {
		if (guard.kind !== "limit" || guard.of !== resource || typeof guard.max === "number") continue;
		const field = model.resources.get(resource)?.fields.get(guard.max.field);
		const most = field === undefined ? undefined : annotation(field.schema, "maximum");
		if (typeof most === "number") fields[guard.max.field] = most;
	}
	return fields;
}

/** Makes an item in a container, or some members; undefined when no operation can. */
export function make(story: Story, resource: string, inside: readonly Made[], making: Making = {}): Made | undefined {
	const [maker] = makersOf(story.model, resource);
	if (maker === undefined) return undefined;
	const container = placeOf(story.model, resource, inside);
	const key = making.key ?? (maker.keys.has(resource) ? story.source.fresh(resource) : undefined);
	supply(story, maker);
	const fields = { ...referenceFields(story, resource, { maker, container }), ...making.fields };
	const before = new Set(entriesOf(story, container).map((entry) => entry.key));
	const body = bodyToMake(story, maker, { ...making, fields });
	tell(story, satisfied(story, compose(story, maker.operation.id, { inside, key, body })));
	const made = key ?? entriesOf(story, container).find((entry) => !before.has(entry.key))?.key;
	return made === undefined ? undefined : { resource, container, key: made };
}

/** An item to work inside of that somebody else made, where nothing makes any. */
export function lentAt(story: Story, resource: string, inside: readonly Made[]): Made | undefined {
	if (makersOf(story.model, resource).length > 0) return undefined;
	const container = containerOf(resource, inside.at(-1));
	const key = story.model.standing?.get(container)?.[0];
	return key === undefined ? undefined : { resource, container, key };
}

/**
 * Makes what the guards of an operation ask to be there, as far as nothing is, or nothing that fits.
 *
 * @param call for which what is there may be used up
 */
export function supply(story: Story, { guards, operation }: Behaviour, call?: Call): void {
	const needed = guards.flatMap((guard) => guardLawOf(guard).needs?.(guard) ?? []);
	for (const name of new Set(needed)) makeSomewhere(story, name, (entry) => isFit(guards, name, entry));
	for (const { scheme } of operation.security[0] ?? []) {
		const field = isGiven(story.model, scheme) ? undefined : credentialField(story.model, scheme);
		if (field !== undefined && issuedFor(story, field).length === 0) makeSomewhere(story, field.resource, () => false);
	}
	for (const name of call === undefined ? [] : usedUp(story, guards, call)) makeSomewhere(story, name, () => false);
}

/** Resources of which every item is named already where each may be named once. */
function usedUp(story: Story, guards: Behaviour["guards"], call: Call): readonly string[] {
	const scene = sceneIn(story, satisfied(story, call));
	const taken = guards.flatMap((guard) =>
		guard.kind === "unique" && guardLawOf(guard).holds(guard, scene) === "no" ? [guard.property] : [],
	);
	return guards.flatMap((guard) => (guard.kind === "refers" && taken.includes(guard.property) ? [guard.of] : []));
}

function isFit(guards: Behaviour["guards"], name: string, entry: Entry): boolean {
	return guards.every((guard) => {
		const law = guardLawOf(guard);
		return law.needs?.(guard) !== name || law.fits?.(guard, entry) !== "no";
	});
}

/** An item of a resource that is there, or is made, with what it lives in. */
export function makeSomewhere(
	story: Story,
	name: string,
	isWanted: (entry: Entry) => boolean = () => true,
): Made | undefined {
	const known = viewOf(story.state).everywhere(name).find(isWanted);
	if (known !== undefined) return { resource: name, container: name, key: known.key };
	if (story.pending.has(name) || !story.model.resources.has(name)) return undefined;
	story.pending.add(name);
	const inside: Made[] = [];
	for (const { name: parent } of lineage(story.model, name).slice(0, -1)) {
		const container = containerOf(parent, inside.at(-1));
		const entry = entriesOf(story, container)[0];
		const found = entry === undefined ? lentAt(story, parent, inside) : { resource: parent, container, key: entry.key };
		const made = found ?? make(story, parent, inside);
		if (made !== undefined) inside.push(made);
	}
	const made = make(story, name, inside);
	story.pending.delete(name);
	return made;
}

/** Does some of what a log records, so that there is something to show; gives the items that it was done to. */
export function leaveEntries(story: Story, log: string, inside: readonly Made[]): readonly Made[] {
	const recorded = [...story.model.behaviours.values()].filter(({ guards }) =>
		guards.some((guard) => guard.kind === "records" && guard.log === log),
	);
	const [behaviour] = [...recorded.filter((one) => isMaker(story.model, one)), ...recorded];
	const name = behaviour === undefined ? undefined : resourceActedOn(behaviour.effect);
	if (behaviour === undefined || name === undefined) return [];
	const chain: Made[] = [];
	for (const { name: parent } of lineage(story.model, name).slice(0, -1)) {
		const made = inside.find(({ resource }) => resource === parent) ?? make(story, parent, chain);
		if (made !== undefined) chain.push(made);
	}
	const items = [make(story, name, chain), make(story, name, chain)].filter((item) => item !== undefined);
	if (isMaker(story.model, behaviour)) return items;
	for (const item of items) {
		const body = story.source.body(behaviour.operation.id, "all");
		const call = compose(story, behaviour.operation.id, { inside: chain, key: item.key, body });
		tell(story, satisfied(story, call));
	}
	return items;
}

/** Whether it is by this operation that items of its resource are made. */
function isMaker(model: Model, { operation, effect }: Behaviour): boolean {
	const [maker] = makersOf(model, resourceActedOn(effect) ?? "");
	return maker?.operation.id === operation.id;
}

/** What the fields of an item hold that name items of other resources. */
function referenceFields(
	story: Story,
	resource: string,
	{ maker: { operation }, container }: { maker: Behaviour; container: string },
): Readonly<Record<string, Value>> {
	const schema = bodySchema(operation);
	const carried = new Set(schema === undefined ? [] : properties(schema).map(({ name }) => name));
	const { refers = [], key } = resourceNamed(story.model, resource);
	const references = [...refers].filter(([field]) => carried.has(field));
	const there = new Set(entriesOf(story, container).map((entry) => identifyKey(entry.key)));
	const held = references.flatMap(([field, reference]): [string, Value][] => {
		// What it has its own key from is none of those that stand there.
		const isFree = (entry: Entry): boolean => field !== key?.property || !there.has(identifyKey(entry.key));
		const made = makeSomewhere(story, reference.resource, isFree);
		return made === undefined ? [] : [[field, made.key]];
	});
	return Object.fromEntries(held);
}

/** An item of each resource that can refer to one which was made, each where it lives. */
export function makeReferrers(story: Story, { resource, key }: Made, inside: readonly Made[]): void {
	for (const { resource: referring, field } of referencesTo(story.model, resource)) {
		if (makersOf(story.model, referring.name).length === 0) continue;
		const chain: Made[] = [];
		for (const { name } of lineage(story.model, referring.name).slice(0, -1)) {
			const parent =
				inside.find((made) => made.resource === name) ?? lentAt(story, name, chain) ?? make(story, name, chain);
			if (parent !== undefined) chain.push(parent);
		}
		make(story, referring.name, chain, { fields: { [field]: key } });
	}
}

function bodyToMake(story: Story, maker: Behaviour, making: Making): Value | undefined {
	const schema = bodySchema(maker.operation);
	const resource = resourceActedOn(maker.effect);
	if (schema === undefined) return undefined;
	const { kind } = resourceNamed(story.model, resource ?? "");
	if (kind === "set" || kind === "list")
		return [story.source.fresh(resource ?? "")].filter((value) => value !== undefined);
	const drawn = withAllScopes(story, maker, story.source.body(maker.operation.id, making.optional ?? "all"));
	return isObject(drawn) ? withFields(drawn, maker.takes ?? "", making.fields ?? {}) : drawn;
}

/** A body that has a credential issued asks for one that is good for everything. */
export function withAllScopes(story: Story, maker: Behaviour, body: Value | undefined): Value | undefined {
	const resource = story.model.resources.get(resourceActedOn(maker.effect) ?? "");
	const scopes = [...(resource?.fields.values() ?? [])].flatMap((field) => field.scopes ?? [])[0];
	const known = [...story.model.behaviours.values()].flatMap(({ guards }) =>
		guards.flatMap((guard) => (guard.kind === "scope" ? guard.known : [])),
	);
	const schema = scopes === undefined ? undefined : resource?.fields.get(scopes)?.schema;
	if (scopes === undefined || schema === undefined || known.length === 0 || !isObject(body)) return body;
	const value = scopesValue(story.validation, schema, [...new Set(known)]);
	return value === undefined ? body : withFields(body, maker.takes ?? "", { [scopes]: value });
}

/** Scopes as a list, or as one text with blanks between; undefined when a schema admits neither. */
export function scopesValue(validation: Validation, schema: Schema, scopes: readonly string[]): Value | undefined {
	const forms: readonly Value[] = [[...scopes], scopes.join(" ")];
	return forms.find((form) => validation.validate(schema, form, "request").length === 0);
}

/** The body with other values in fields of the item that it carries, where that stands inside it. */
export function withFields(body: { readonly [key: string]: Value }, at: string, fields: Making["fields"]): Value {
	const [name, ...rest] = at === "" ? [] : at.slice(1).split("/");
	if (name === undefined) return { ...body, ...fields };
	const inner = body[name];
	return isObject(inner) ? { ...body, [name]: withFields(inner, rest.map((one) => `/${one}`).join(""), fields) } : body;
}

/** Puts members into a set or a list; false when no operation can. */
export function makeMembers(
	story: Story,
	resource: string,
	{ inside, members }: { inside: readonly Made[]; members: readonly Value[] },
): boolean {
	const [maker] = makersOf(story.model, resource);
	if (maker === undefined) return false;
	tell(story, compose(story, maker.operation.id, { inside, body: members }));
	return true;
}

/** Whether all that stands in a resource at the top was read before. */
export function isAdopted(story: Story, resource: string): boolean {
	return viewOf(story.state).isAdopted?.(placeOf(story.model, resource, [])) === true;
}

export function entriesOf(story: Story, container: string): readonly Entry[] {
	return viewOf(story.state).entries(container);
}

/** The call with what its guards ask for, as far as the state has it. */
export function satisfied(story: Story, call: Call): Call {
	const { guards } = behaviourOf(story.model, call.operation);
	return guards.reduce(
		(current, guard) => guardLawOf(guard).satisfy?.(guard, sceneIn(story, current)) ?? current,
		call,
	);
}
