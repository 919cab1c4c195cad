import type { Contract, Operation } from "../contract/contract.ts";
import type { Effect } from "./effect.ts";
import type { Evidence } from "./evidence.ts";
import type { Guard } from "./guard.ts";
import type { Identity } from "./identity.ts";
import type { Lead } from "./infer/leads.ts";
import type { ListQuery } from "./query-law.ts";
import type { Resource } from "./resource.ts";
import type { Value } from "./value.ts";

/** What a contract says about behaviour: resources, and what each operation does to them under which guards. */
export interface Model {
	readonly contract: Contract;
	readonly authority: "document" | "service";
	readonly resources: ReadonlyMap<string, Resource>;
	/** By `operationId`, in document order. */
	readonly behaviours: ReadonlyMap<string, Behaviour>;
	/** Who is known to call; empty when nobody said. */
	readonly identities: readonly Identity[];
	/** Container → keys of items that stood there before us: to work inside of, never to be touched themselves. */
	readonly standing?: ReadonlyMap<string, readonly Value[]>;
	/** Resources that are not empty when what they live in was just made: the service puts something there itself. */
	readonly filled?: ReadonlySet<string>;
	/** Operation → what the service was seen to want of its body beyond what is documented. */
	readonly wants?: ReadonlyMap<string, Wants>;
}

/** What makes a body that the service takes. It claims nothing: it only lets a run go on. */
export interface Wants {
	/** Optional fields with which a good body is refused. */
	readonly without: ReadonlySet<string>;
	/** Optional fields without which it is refused. */
	readonly with: ReadonlySet<string>;
	/** Fields that must look otherwise than their schema says. */
	readonly forms: ReadonlyMap<string, Form>;
}

/** Values of one look: a text to which something of our own is put in front, or just this value. */
export type Form =
	| { readonly kind: "after"; readonly text: string }
	| { readonly kind: "value"; readonly value: Value };

export interface Behaviour {
	readonly operation: Operation;
	readonly effect: Effect;
	/** Why this effect. */
	readonly evidence: readonly Evidence[];
	/** The reason when nothing could be inferred, or when a limiting sentence took a claim away. */
	readonly reason?: string;
	/** In the order in which they are documented to be looked at. */
	readonly guards: readonly Guard[];
	/** Resource → the path parameter that carries the key of its item. */
	readonly keys: ReadonlyMap<string, string>;
	/** JSON Pointer to the item inside the body, where a body wraps it. */
	readonly takes?: string;
	/** Of what writes an item whole: fields that stay as they are when they are left out. */
	readonly spares?: ReadonlySet<string>;
	readonly answer: Answer;
	/** Where its success leads: links, and the `Location` of what was made. */
	readonly leads?: readonly Lead[];
	/** Of a list: what it can be asked for. */
	readonly query?: ListQuery;
	/** Who promises that it happens as if it were alone, whatever else is under way. */
	readonly atomic?: readonly Evidence[];
}

/** How a success carries what it shows. */
export interface Answer {
	/** Documented success statuses: `200`, `2XX`. */
	readonly statuses: readonly string[];
	readonly shows: "item" | "members" | "list" | "nothing" | "other";
	/** JSON Pointer to the item or the list inside the body. */
	readonly at: string;
	/** Properties of the shown item's schema that are fields of the resource. */
	readonly fields: readonly string[];
	/** Those of them that this answer may leave out: what it leaves out tells nothing. */
	readonly optional?: readonly string[];
	/** The member that shows the key, in an answer that names it otherwise than the item does; empty: the answer itself. */
	readonly key?: string;
	/** The answer may be a part of a longer list. */
	readonly pages?: boolean;
	readonly evidence: readonly Evidence[];
}

export function behaviourOf(model: Model, operation: string): Behaviour {
	const behaviour = model.behaviours.get(operation);
	if (behaviour === undefined) throw new Error(`the model has no operation ${operation}`);
	return behaviour;
}

export function resourceNamed(model: Model, name: string): Resource {
	const resource = model.resources.get(name);
	if (resource === undefined) throw new Error(`the model has no resource ${name}`);
	return resource;
}

/** The same model with one operation's behaviour changed. */
export function withBehaviour(model: Model, operation: string, change: Partial<Behaviour>): Model {
	const behaviours = new Map(model.behaviours);
	behaviours.set(operation, { ...behaviourOf(model, operation), ...change });
	return { ...model, behaviours };
}

/** The same model with one resource changed. */
export function withResource(model: Model, name: string, change: Partial<Resource>): Model {
	const resources = new Map(model.resources);
	resources.set(name, { ...resourceNamed(model, name), ...change });
	return { ...model, resources };
}

/** The same model with these callers. */
export function withIdentities(model: Model, identities: readonly Identity[]): Model {
	return { ...model, identities };
}

/** The chain from the outermost parent to the resource itself. */
export function lineage(model: Model, name: string): readonly Resource[] {
	const known = lineages.get(model.resources) ?? new Map<string, readonly Resource[]>();
	lineages.set(model.resources, known);
	const chain = known.get(name) ?? lineageOf(model, name);
	known.set(name, chain);
	return chain;
}

/** Every call asks for those of its resource. */
const lineages = new WeakMap<Model["resources"], Map<string, readonly Resource[]>>();

function lineageOf(model: Model, name: string): readonly Resource[] {
	const chain: Resource[] = [];
	let next: string | undefined = name;
	while (next !== undefined && chain.length <= model.resources.size) {
		const resource: Resource = resourceNamed(model, next);
		chain.unshift(resource);
		next = resource.parent;
	}
	return chain;
}
