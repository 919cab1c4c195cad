import { type Effect, partsOf } from "./effect.ts";
import { lawOf } from "./effect-laws.ts";
import { type Evidence, levelOf } from "./evidence.ts";
import { SHARED } from "./guard/rate.ts";
import type { Guard } from "./guard.ts";
import { guardLawOf } from "./guard-laws.ts";
import { type Counted, countedBy, countWords } from "./law/counts.ts";
import { type Behaviour, behaviourOf, type Model, withBehaviour } from "./model.ts";
import { askingsOf } from "./query-law.ts";
import { queryLawOf } from "./query-laws.ts";
import type { Rule } from "./rule-name.ts";

/** A law of a certain operation, as a sentence, with why we believe it and what else it could be. */
export interface Claim {
	/** Stable: operation, and which of its laws. */
	readonly id: string;
	readonly operation: string;
	readonly law: string;
	readonly sentence: string;
	/** What a finding prints after `documented`. */
	readonly documented: string;
	readonly level: "drift" | "surprise";
	readonly evidence: readonly Evidence[];
	readonly rivals: readonly Rival[];
}

/** The same model with one value changed: a plausible other implementation. */
export interface Rival {
	readonly name: string;
	readonly means?: string;
	readonly claim: string;
	readonly rule: Rule;
	/** Rivals of several operations that one mistake in the service makes true together. */
	readonly cause: string;
	/** A liar answers as documented and does otherwise. */
	readonly lies: boolean;
	/** Makes the change in any model, so that several rivals can hold at once. */
	readonly inject: (model: Model) => Model;
}

/** Every claim of a model, operation by operation. */
export function claimsOf(model: Model): readonly Claim[] {
	return [...model.behaviours.values()].flatMap((behaviour) => claimsOfOperation(model, behaviour));
}

/** The claims of one operation. */
export function claimsOfOperation(model: Model, behaviour: Behaviour): readonly Claim[] {
	const guards = behaviour.guards.flatMap((guard, index) =>
		guardLawOf(guard).isClaim?.(guard, behaviour) === false ? [] : [guardClaim(model, behaviour, { guard, index })],
	);
	const isSilent = behaviour.effect.kind === "opaque" || behaviour.effect.kind === "none";
	if (isSilent) return guards;
	const counts = countedBy(model, behaviour).map((counted) => countClaim(behaviour, counted));
	return [effectClaim(model, behaviour), ...guards, ...queryClaims(model, behaviour), ...counts];
}

/** Nothing that could be injected says how else a service counts: it is counted after, with credentials of our own. */
function countClaim({ operation }: Behaviour, counted: Counted): Claim {
	const { evidence } = counted.counting;
	return {
		id: `${operation.id}/counts ${counted.field}`,
		operation: operation.id,
		law: "counts",
		sentence: `shows how much was used: ${countWords(counted)}`,
		documented: countWords(counted),
		level: levelOf(evidence),
		evidence,
		rivals: [],
	};
}

/** What a list claims of everything that it can be asked for; nothing where it does not say what it shows. */
function queryClaims(model: Model, behaviour: Behaviour): readonly Claim[] {
	const { operation, query, answer } = behaviour;
	if (query === undefined || (answer.shows !== "list" && answer.shows !== "members")) return [];
	return askingsOf(query).map(({ asking, name: place, replace }) => {
		const law = queryLawOf(asking);
		const id = `${operation.id}/${place}`;
		const rivals = law.rivals(asking, behaviour, model).map(
			({ name, asking: other }): Rival => ({
				name,
				claim: id,
				rule: law.rule,
				cause: `${id} ${name}`,
				lies: false,
				inject: (any) => {
					const now = behaviourOf(any, operation.id).query;
					return now === undefined ? any : withBehaviour(any, operation.id, { query: replace(now, other) });
				},
			}),
		);
		return {
			id,
			operation: operation.id,
			law: law.kind,
			sentence: law.sentence(asking),
			documented: law.documented(asking),
			level: levelOf(asking.evidence),
			evidence: asking.evidence,
			rivals,
		};
	});
}

/** What a finding about an effect prints after `documented`. */
export function effectWords(effect: Effect): string {
	return partsOf(effect)
		.map((part) => lawOf(part).documented?.(part) ?? part.kind)
		.join(" and ");
}

function effectClaim(model: Model, behaviour: Behaviour): Claim {
	const { effect, operation, evidence } = behaviour;
	const law = lawOf(effect);
	const id = `${operation.id}/effect`;
	const rivals = law
		.rivals(effect, behaviour, model)
		.flatMap(({ name, means, effect: other, rule = "effect" }): readonly Rival[] => {
			const open: Rival = {
				name,
				...(means === undefined ? {} : { means }),
				claim: id,
				rule,
				cause: `${id} ${name}`,
				lies: false,
				inject: (any) => withBehaviour(any, operation.id, { effect: other }),
			};
			if (!law.writes || other.answers !== undefined) return [open];
			const liar: Effect = { ...other, answers: effect };
			return [open, { ...open, lies: true, inject: (any) => withBehaviour(any, operation.id, { effect: liar }) }];
		});
	return {
		id,
		operation: operation.id,
		law: effect.kind,
		sentence: law.sentence(effect, model),
		documented: effectWords(effect),
		level: levelOf(evidence),
		evidence,
		rivals,
	};
}

function guardClaim(model: Model, behaviour: Behaviour, { guard, index }: { guard: Guard; index: number }): Claim {
	const { operation } = behaviour;
	const law = guardLawOf(guard);
	const id = `${operation.id}/${guard.kind}${index}`;
	const rivals = law.rivals(guard, behaviour, model).map(
		({ name, guard: other, rule }): Rival => ({
			name,
			claim: id,
			rule,
			cause: `${causeOf(guard, other) ?? id} ${name}`,
			lies: false,
			inject: (any) => withGuard(any, operation.id, { index, guard: other }),
		}),
	);
	return {
		id,
		operation: operation.id,
		law: guard.kind,
		sentence: law.sentence(guard, model),
		documented: law.documented(guard, model),
		level: levelOf(guard.evidence),
		evidence: guard.evidence,
		rivals,
	};
}

/** Credentials of one scheme, and keys of one resource, are looked at by one piece of code. */
function causeOf(guard: Guard, other: Guard): string | undefined {
	if (guard.kind === "credentials" && other.enforced && other.leaks === "no") {
		return `credentials ${guard.alternatives
			.flat()
			.map(({ scheme }) => scheme)
			.join()}`;
	}
	if (guard.kind === "scope" && other.kind === "scope" && other.compares !== guard.compares) return "scopes";
	// What writes entries stands in one place, or in each operation's own.
	if (guard.kind === "records" && guard.refused) return `records ${guard.log}`;
	if (guard.kind === "rate") return guard.group.startsWith(SHARED) ? `rate ${guard.group}` : undefined;
	const isLooked = guard.kind === "exists" && other.kind === "exists" && other.compares !== guard.compares;
	return isLooked ? `keys of ${guard.resource}` : undefined;
}

function withGuard(model: Model, operation: string, { index, guard }: { index: number; guard: Guard }): Model {
	return withBehaviour(model, operation, { guards: behaviourOf(model, operation).guards.with(index, guard) });
}
