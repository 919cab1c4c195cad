import type { Contract, Operation } from "../contract/contract.ts";
import { UserError } from "../problem/problem.ts";
import { type Effect, resourceActedOn } from "./effect.ts";
import type { Evidence } from "./evidence.ts";
import { withGoverned } from "./governed.ts";
import { frozenGuards } from "./guard/frozen.ts";
import { readOnlyGuards } from "./guard/read-only.ts";
import { recordsGuards } from "./guard/records.ts";
import type { Guard } from "./guard.ts";
import { partitionGuards, scopeGuards, withKnownScopes, withoutScopeStatus } from "./infer/access.ts";
import { inferAnswer } from "./infer/answer.ts";
import { takenBy } from "./infer/body.ts";
import { withDeclared } from "./infer/declared-places.ts";
import { inferEffect } from "./infer/effect.ts";
import { inferGuards } from "./infer/guards.ts";
import { inferLeads } from "./infer/leads.ts";
import { type Place, placesOf } from "./infer/path-shape.ts";
import { inferQuery } from "./infer/query.ts";
import { rateGuardsInWords } from "./infer/rate.ts";
import { inferResource } from "./infer/resources.ts";
import { bodySchema, oneIn, propertiesOf, singular } from "./infer/shown.ts";
import { sparing } from "./infer/sparing.ts";
import { type Spots, spotsOf } from "./infer/spots.ts";
import { standingGuards } from "./infer/standing.ts";
import { inferTransition } from "./infer/transition.ts";
import { markUnlisted } from "./infer/unlisted.ts";
import { withMirrors } from "./mirror.ts";
import type { Behaviour, Model } from "./model.ts";
import { atomicPromise } from "./override/atomic.ts";
import { checkLimits, sharedLimits } from "./override/limit.ts";
import { partitionEvidence } from "./override/partition.ts";
import { type Desk, declaredBehaviour, overrideBehaviour, overrideResources, type Root, readRoot } from "./override.ts";
import { holdsMembers, type Resource } from "./resource.ts";

export interface Inferring {
	/** Who serves must do something: where the document leaves it open, what is usual. Who judges claims nothing there. */
	readonly guesses?: boolean;
}

/**
 * Reads the behaviour model out of a contract: resources from paths and schemas, effects from methods and words, guards
 * from security, statuses and input; what `x-holdfast` declares of each goes over it.
 *
 * @throws UserError when an `x-holdfast` says what no law knows, with every such mistake
 * @example inferModel(await loadContract({ spec: "openapi.yaml" })).resources.get("apps")?.kind // "collection"
 */
export function inferModel(contract: Contract, { guesses = false }: Inferring = {}): Model {
	const desk: Desk = { contract, problems: [] };
	const places = placesOf(contract);
	const spots = withDeclared(spotsOf(places), places);
	const root = readRoot(desk);
	const resources = withMirrors(overrideResources(desk, inferResources(spots, guesses), root));
	const surroundings: Surroundings = { desk, root, spots, resources, guesses };
	checkLimits(desk, root);
	const behaviours = new Map(places.map((place) => [place.operation.id, behaviourAt(place, surroundings)]));
	restrainPatches(behaviours);
	if (desk.problems.length > 0) throw new UserError(desk.problems);
	return {
		contract,
		authority: root.authority,
		resources: markUnlisted(withGoverned(resources, [...behaviours.values()]), behaviours),
		behaviours: withKnownScopes(contract, { behaviours, resources }),
		identities: [],
	};
}

/** The paths of a patch begin at what its resource is shown as: where a read shows it in an envelope, nobody knows where. */
function restrainPatches(behaviours: Map<string, Behaviour>): void {
	const wrapped = new Set(
		[...behaviours.values()].flatMap(({ effect, answer }) =>
			effect.kind === "read" && answer.at !== "" ? [effect.resource] : [],
		),
	);
	for (const [id, behaviour] of behaviours) {
		const { effect, evidence } = behaviour;
		if (effect.kind !== "patch" || !wrapped.has(effect.resource) || evidence.some(({ kind }) => kind === "overlay"))
			continue;
		const reason = "nothing says where the paths of its patches begin: what they change is shown in an envelope";
		const guards = behaviour.guards.filter(({ kind }) => kind !== "applies");
		behaviours.set(id, { ...behaviour, effect: { kind: "opaque" }, evidence: [], reason, guards });
	}
}

function inferResources(spots: Spots, guesses: boolean): ReadonlyMap<string, Resource> {
	const found = [...spots.values()].flatMap((spot) => inferResource(spot, { spots, guesses }) ?? []);
	return new Map(found.map((resource) => [resource.name, resource]));
}

interface Surroundings {
	readonly desk: Desk;
	readonly root: Root;
	readonly spots: Spots;
	readonly resources: ReadonlyMap<string, Resource>;
	readonly guesses: boolean;
}

function behaviourAt(place: Place, { desk, root, spots, resources, guesses }: Surroundings): Behaviour {
	const { operation } = place;
	const spot = spots.get(place.base);
	const own = spot === undefined ? undefined : resources.get(spot.name);
	const declared = declaredBehaviour(desk, operation, { resources, own: own?.name });
	const keys = declared?.keys.size ? declared.keys : keysOf(place, spots, resources);
	const inferred =
		declared?.effect ??
		(own === undefined ? inferTransition(place, { spots, resources }) : undefined) ??
		inferEffect(place, own, { made: fieldsMade(spot?.own ?? []), guesses });
	const { effect } = inferred;
	const resource = resources.get(resourceActedOn(effect) ?? "");
	const atomic = atomicPromise(desk, operation, { root, effect, own: declared });
	const leads = inferLeads(operation, { effect, spot, operations: desk.contract.operations });
	const plain: Behaviour = {
		operation,
		...inferred,
		keys,
		guards: [
			...withoutScopeStatus(inferGuards(operation, effect, { resources, keys }), scopeGuards(desk.contract, operation)),
			...impliedReferences(operation, resource, keys),
			...partitionGuards({ operation, effect }, { resources, keys }, (top) => partitionEvidence(desk, top)),
			...standingGuards(operation, effect, { resources, keys }),
			...rateGuardsInWords(desk.contract, operation, root),
			...sharedLimits(desk, root, operation),
		],
		answer: inferAnswer(operation, effect, resource),
		...(leads.length === 0 ? {} : { leads }),
		...(atomic === undefined ? {} : { atomic }),
		...wrapping(place, effect, resource),
		...sparing(operation, effect, resource),
		...(effect.kind === "list" ? { query: inferQuery(operation, resource) } : {}),
	};
	const whole = declared === undefined ? plain : overrideBehaviour(desk, plain, { declared, resource });
	const further = [
		...frozenGuards(resources, whole),
		...readOnlyGuards(resources, whole),
		...recordsGuards(resources, whole),
	];
	return further.length === 0 ? whole : { ...whole, guards: [...whole.guards, ...further] };
}

/**
 * A body that carries a field which refers must name what is there, whether or not anybody refuses it otherwise. Where the
 * documented 404 speaks of what is referred to, and no part of the path names such an item, it is refused.
 */
function impliedReferences(
	operation: Operation,
	resource: Resource | undefined,
	keys: ReadonlyMap<string, string>,
): readonly Guard[] {
	const schema = bodySchema(operation);
	const names = new Set(schema === undefined ? [] : propertiesOf(schema).map(({ name }) => name));
	return [...(resource?.refers ?? [])]
		.filter(([field]) => names.has(field))
		.map(([property, { resource: of, evidence }]) => {
			const common = { kind: "refers", property, of, enforced: true, leaks: "no" } as const;
			const told = keys.has(of) ? undefined : absenceOf(operation, of);
			if (told === undefined) return { ...common, sure: false, statuses: [], evidence };
			return { ...common, sure: true, statuses: ["404"], evidence: [told, ...evidence] };
		});
}

/** The description of a 404 that names what is not there: `There is no such tenant.` */
function absenceOf({ responses }: Operation, name: string): Evidence | undefined {
	const absent = responses.find(({ status }) => status === "404");
	const names = absent !== undefined && new RegExp(`\\b${singular(name)}\\b`, "i").test(absent.description);
	return names ? { kind: "words", text: absent.description, source: absent.source } : undefined;
}

/** Where a body that stores an item wraps it. */
function wrapping({ operation }: Place, { kind }: Effect, resource: Resource | undefined): Pick<Behaviour, "takes"> {
	const stores = kind === "create" || kind === "upsert" || kind === "replace" || kind === "merge";
	if (!stores || resource === undefined || holdsMembers(resource)) return {};
	const taken = takenBy(operation, resource.name);
	return taken.kind === "item" && taken.at !== "" ? { takes: taken.at } : {};
}

/** Names of the fields that the bodies can carry which make items; undefined when none can be made. */
function fieldsMade(own: readonly Place[]): ReadonlySet<string> | undefined {
	const creators = own.filter(({ operation }) => operation.method === "POST");
	if (creators.length === 0) return undefined;
	const names = creators.flatMap(({ operation, base }) => {
		const schema = bodySchema(operation);
		const inner = schema === undefined ? undefined : (oneIn(schema, base.split("/").at(-1) ?? "")?.schema ?? schema);
		return inner === undefined ? [] : propertiesOf(inner).filter(({ readOnly }) => !readOnly);
	});
	return new Set(names.map(({ name }) => name));
}

/** Which path parameter carries the key of which resource's item, from the outermost inwards. */
function keysOf({ shape }: Place, spots: Spots, resources: ReadonlyMap<string, Resource>): ReadonlyMap<string, string> {
	const keys = new Map<string, string>();
	let base = "";
	for (const segment of shape.segments) {
		if (segment.kind === "parameter") {
			const spot = spots.get(base);
			if (spot !== undefined && resources.has(spot.name)) keys.set(spot.name, segment.name);
		}
		base += segment.kind === "parameter" ? "/{}" : `/${segment.text}`;
	}
	return keys;
}
