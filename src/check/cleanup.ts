import type { Call } from "../model/call.ts";
import { credentialField } from "../model/credential.ts";
import { resourceActedOn } from "../model/effect.ts";
import { lawOf } from "../model/effect-laws.ts";
import { securityFor } from "../model/identity.ts";
import type { World } from "../model/judge.ts";
import { type Behaviour, lineage, type Model } from "../model/model.ts";
import type { Resource } from "../model/resource.ts";
import { addressOf, sceneOf } from "../model/scene.ts";
import { viewOf } from "../model/state.ts";
import { identify, type Value } from "../model/value.ts";
import type { Desk } from "./desk.ts";
import type { History } from "./history.ts";

/**
 * Removes what a sequence made: what lives inside goes with it. Where the answers contradicted the model nobody knows
 * what is left, so everything that a write ever named is removed. What cannot be removed is told in the end.
 */
export async function cleanUp(
	desk: Desk,
	history: History,
	{ worlds, thorough }: { worlds: readonly World[]; thorough: boolean },
): Promise<void> {
	const [world] = worlds;
	const remains = [...madeBy(desk.model, history, world), ...(thorough ? namedIn(desk.model, history) : [])];
	const distinct = new Map(
		remains.map((one) => [`${one.resource} ${identify([...one.path.values(), one.key, { ...one.header }])}`, one]),
	);
	for (const remain of distinct.values()) {
		const remover = removerOf(desk.model, remain.resource);
		const turn =
			remover === undefined || desk.session.lost() !== undefined
				? undefined
				: await desk.session.send(removal(desk.model, remover, remain), world?.bindings ?? new Map());
		if (!remain.isThere || isGone(turn?.told?.status)) continue;
		if (remover !== undefined) desk.leftBehind.set(remain.resource, "not done");
		else if (!desk.leftBehind.has(remain.resource)) desk.leftBehind.set(remain.resource, "no way");
	}
}

/** Whether the answer to a removal says that the item is not there any more. */
function isGone(status: number | undefined): boolean {
	return status !== undefined && (status < 300 || status === 404 || status === 410);
}

/** An item that the run may have left: what names it, and the items around it. */
interface Remain {
	readonly resource: string;
	readonly key: Value;
	/** Resource → key, from the outermost parent inwards. */
	readonly path: ReadonlyMap<string, Value>;
	/** The headers with which it was made: they may say in which part of the data it stands. */
	readonly header: Call["header"];
	/** The model knows it to be there. */
	readonly isThere: boolean;
}

/** Items that the model knows to be there, but for those that stood there before and that go with an item around them. */
function madeBy(model: Model, { start, turns }: History, world: World | undefined): readonly Remain[] {
	if (world === undefined) return [];
	const view = viewOf(world.state);
	const stood = start.map(({ state }) => viewOf(state));
	const isOurs = (container: string, key: Value): boolean =>
		stood.every((before) => before.entry(container, key) === undefined);
	return turns.flatMap(({ call }): readonly Remain[] => {
		const behaviour = model.behaviours.get(call.operation);
		const name = behaviour === undefined ? undefined : resourceActedOn(behaviour.effect);
		const resource = name === undefined ? undefined : model.resources.get(name);
		if (behaviour === undefined || resource?.kind !== "collection" || !brings(behaviour)) return [];
		if (goesWithParent(model, resource)) return [];
		const { container } = addressOf(sceneOf(model, view, call), resource.name);
		const parents = [...behaviour.keys].filter(([parent]) => parent !== resource.name);
		const path = new Map(parents.map(([parent, parameter]) => [parent, call.path[parameter] ?? ""]));
		const { header } = call;
		const keys = view.entries(container).flatMap(({ key }) => (isOurs(container, key) ? [key] : []));
		return keys.map((key) => ({ resource: resource.name, key, path, header, isThere: true }));
	});
}

/** Keys that writes of the sequence named in their paths, at the top. Reads may have named what is not ours. */
function namedIn(model: Model, { turns }: History): readonly Remain[] {
	return turns.flatMap(({ call }): readonly Remain[] => {
		const behaviour = model.behaviours.get(call.operation);
		if (behaviour === undefined || !brings(behaviour)) return [];
		return [...behaviour.keys].flatMap(([resource, parameter]): readonly Remain[] => {
			const key = call.path[parameter];
			const isTop = model.resources.get(resource)?.parent === undefined;
			return key === undefined || !isTop
				? []
				: [{ resource, key, path: new Map(), header: call.header, isThere: false }];
		});
	});
}

/** Whether an operation can bring an item into being: as documented, or by mistake. */
function brings({ effect }: Behaviour): boolean {
	return lawOf(effect).writes && effect.kind !== "remove" && effect.kind !== "clear";
}

function goesWithParent(model: Model, { name }: Resource): boolean {
	return lineage(model, name)
		.slice(0, -1)
		.some((parent) => removerOf(model, parent.name) !== undefined);
}

export function removerOf(model: Model, resource: string): Behaviour | undefined {
	return [...model.behaviours.values()].find(
		({ effect, keys }) => effect.kind === "remove" && effect.resource === resource && keys.has(resource),
	);
}

/** Those of the headers of one call that an operation takes as well, as it spells them. */
export function headersFor({ operation }: Behaviour, header: Call["header"]): Call["header"] {
	const taken = operation.parameters.filter((one) => one.in === "header");
	const sent = new Map(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
	return Object.fromEntries(
		taken.flatMap(({ name }) => {
			const value = sent.get(name.toLowerCase());
			return value === undefined ? [] : [[name, value] as const];
		}),
	);
}

function removal(model: Model, remover: Behaviour, { resource, key, path, header }: Remain): Call {
	const { operation, keys } = remover;
	const named = [...keys].map(([name, parameter]) => [parameter, name === resource ? key : (path.get(name) ?? "")]);
	const schemes = securityFor(model, operation);
	const credentials = Object.fromEntries(schemes.map(({ scheme }) => [scheme, { kind: "right" as const }]));
	const sent = { path: Object.fromEntries(named), query: {}, header: headersFor(remover, header) };
	return { operation: operation.id, ...sent, credentials, flaws: [] };
}

/** Whether an operation can be called with the credentials at hand: given for the target, or issued by the API itself. */
export function missingCredential(
	model: Model,
	{ operation }: Behaviour,
	given: ReadonlyMap<string, string>,
): string | undefined {
	const alternatives = operation.security;
	if (alternatives.length === 0) return undefined;
	const lacking = alternatives.map(
		(all) => all.find(({ scheme }) => !given.has(scheme) && credentialField(model, scheme) === undefined)?.scheme,
	);
	return lacking.includes(undefined) ? undefined : lacking[0];
}
