import type { Place } from "../problem/source.ts";
import { claimsOfOperation } from "./claim.ts";
import { resourceActedOn } from "./effect.ts";
import type { Evidence } from "./evidence.ts";
import { overlayTarget } from "./explain.ts";
import { visibilityOf } from "./explain-facts.ts";
import { guardLawOf } from "./guard-laws.ts";
import type { Answer, Behaviour, Model } from "./model.ts";
import type { Pager } from "./query/pager.ts";
import type { Key } from "./resource.ts";

/** What `explain` prints, as a value for tools. */
export interface ExplainedOperation {
	readonly id: string;
	readonly method: string;
	readonly path: string;
	readonly resource?: {
		readonly name: string;
		readonly kind: string;
		readonly parent?: string;
		readonly key?: Pick<Key, "property" | "made">;
		readonly fields: readonly string[];
	};
	readonly effect: string;
	readonly reason?: string;
	readonly evidence: readonly ExplainedEvidence[];
	readonly guards: readonly {
		readonly kind: string;
		readonly sentence: string;
		readonly statuses: readonly string[];
		readonly evidence: readonly ExplainedEvidence[];
	}[];
	readonly answer: Pick<Answer, "statuses" | "shows" | "at" | "fields">;
	readonly visibility: Readonly<Record<string, string>>;
	readonly links: readonly {
		readonly name: string;
		readonly to: string;
		readonly hands: Readonly<Record<string, string>>;
		readonly evidence: ExplainedEvidence;
	}[];
	/** An overlay action (OpenAPI Overlay 1.0) that declares the effect; none where an overlay cannot reach. */
	readonly overlay?: {
		readonly target: string;
		readonly update: { readonly "x-holdfast": { readonly effect: string } };
	};
	readonly query?: {
		readonly pager?: Omit<Pager, "kind" | "does" | "evidence">;
		readonly filters: Readonly<Record<string, string>>;
		readonly sort: readonly string[];
		readonly search: readonly string[];
	};
	readonly claims: readonly {
		readonly law: string;
		readonly sentence: string;
		readonly level: string;
		readonly rivals: readonly string[];
	}[];
}

export type ExplainedEvidence = Pick<Evidence, "kind" | "text"> & Partial<Place>;

/**
 * Why the model believes what it believes, operation by operation.
 *
 * @param operation an `operationId` or `METHOD /path`; all operations when left out
 * @example explainAll(model, "replaceCids")[0]?.effect // "replace"
 */
export function explainAll(model: Model, operation?: string): readonly ExplainedOperation[] {
	return [...model.behaviours.values()]
		.filter(
			({ operation: { id, method, path } }) =>
				operation === undefined || operation === id || operation === `${method} ${path}`,
		)
		.map((behaviour) => explainOne(model, behaviour));
}

function explainOne(model: Model, behaviour: Behaviour): ExplainedOperation {
	const { operation, effect, evidence, reason, guards, answer } = behaviour;
	const { statuses, shows, at, fields } = answer;
	const located = (all: readonly Evidence[]): readonly ExplainedEvidence[] => all.map((one) => locate(model, one));
	const names = (rivals: readonly { readonly name: string }[]): readonly string[] => [
		...new Set(rivals.map(({ name }) => name)),
	];
	return {
		id: operation.id,
		method: operation.method,
		path: operation.path,
		...resourceOf(model, behaviour),
		effect: effect.kind,
		...(reason === undefined ? {} : { reason }),
		evidence: located(evidence),
		guards: guards.map((guard) => ({
			kind: guard.kind,
			sentence: guardLawOf(guard).sentence(guard, model),
			statuses: guard.statuses,
			evidence: located(guard.evidence),
		})),
		answer: { statuses, shows, at, fields },
		visibility: visibilityOf(model, behaviour),
		links: (behaviour.leads ?? []).map(({ name, to, hands, evidence: why }) => {
			return { name, to, hands, evidence: locate(model, why) };
		}),
		...overlayOf(model, behaviour),
		...queryOf(behaviour),
		claims: claimsOfOperation(model, behaviour).map(({ law, sentence, level, rivals }) => {
			return { law, sentence, level, rivals: names(rivals) };
		}),
	};
}

function locate(model: Model, { kind, text, source }: Evidence): ExplainedEvidence {
	return { kind, text, ...(source === undefined ? {} : model.contract.locate(source)) };
}

function resourceOf(model: Model, { effect }: Behaviour): Pick<ExplainedOperation, "resource"> {
	const resource = model.resources.get(resourceActedOn(effect) ?? "");
	if (resource === undefined) return {};
	const { name, kind, parent, key, fields } = resource;
	const { property, made } = key ?? {};
	return {
		resource: {
			name,
			kind,
			...(parent === undefined ? {} : { parent }),
			...(made === undefined ? {} : { key: { made, ...(property === undefined ? {} : { property }) } }),
			fields: [...fields.keys()],
		},
	};
}

function queryOf({ query }: Behaviour): Pick<ExplainedOperation, "query"> {
	if (query === undefined) return {};
	return {
		query: {
			...(query.pager === undefined ? {} : { pager: explainPager(query.pager) }),
			filters: Object.fromEntries(query.filters.map(({ parameter, field }) => [parameter, field])),
			sort: query.sort?.parameters ?? [],
			search: query.search?.parameters ?? [],
		},
	};
}

function explainPager({
	kind: _law,
	does: _way,
	evidence: _why,
	...pager
}: Pager): Omit<Pager, "kind" | "does" | "evidence"> {
	return pager;
}

function overlayOf(model: Model, behaviour: Behaviour): Pick<ExplainedOperation, "overlay"> {
	const found = overlayTarget(model, behaviour);
	if (found === undefined) return {};
	return { overlay: { target: found.target, update: { "x-holdfast": { effect: found.effect } } } };
}
