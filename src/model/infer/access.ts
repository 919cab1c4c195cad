import type { Contract, Operation, SecurityRequirement } from "../../contract/contract.ts";
import { enumeration, items } from "../../schema/navigate.ts";
import { resourceActedOn } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import type { Partitioned } from "../guard/partitioned.ts";
import type { Needed, Scope } from "../guard/scope.ts";
import type { Guard, GuardCommon } from "../guard.ts";
import type { Behaviour, Model } from "../model.ts";
import type { Resource } from "../resource.ts";
import { sentencesOf } from "./words.ts";

const PLAIN = { enforced: true, leaks: "no" } as const;

/** The scopes that an operation asks for: by its security, else in so many words. */
export function scopeGuards(contract: Contract, operation: Operation): readonly Scope[] {
	const bySecurity = securityNeeds(contract, operation);
	const words = bySecurity === undefined ? scopeInWords(operation) : undefined;
	const alternatives = bySecurity ?? (words === undefined ? [] : [{ schemes: [], scopes: [words.scope] }]);
	if (alternatives.length === 0) return [];
	const text = `security asks for ${alternatives.map(({ scopes }) => scopes.join(" and ")).join(" or ")}`;
	const source = { file: operation.source.file, pointer: `${operation.source.pointer}/security` };
	const evidence: Evidence =
		words === undefined
			? { kind: "schema", text, source }
			: { kind: "words", text: words.text, source: operation.source };
	const plain = { ...forbidden(operation), evidence: [evidence], ...PLAIN };
	return [{ kind: "scope", alternatives, known: [], broad: [], compares: "exactly", strict: false, ...plain }];
}

/** All of them; what tells that a credential is not good for something does not tell that it is none. */
export function withoutScopeStatus(guards: readonly Guard[], scopes: readonly Scope[]): readonly Guard[] {
	const claimed = new Set(scopes.flatMap(({ statuses }) => statuses));
	const others = guards.map((guard) => {
		if (guard.kind !== "credentials" || guard.statuses.length < 2) return guard;
		return { ...guard, statuses: guard.statuses.filter((status) => !claimed.has(status)) };
	});
	return [...others, ...scopes];
}

/** Undefined where one of the alternatives asks for no scope. */
function securityNeeds(contract: Contract, { security }: Operation): readonly Needed[] | undefined {
	const needed = security.map((all) => neededBy(contract, all));
	return needed.length > 0 && needed.every(({ scopes }) => scopes.length > 0) ? needed : undefined;
}

/** Before OpenAPI 3.1 only OAuth 2 and OpenID Connect have scopes (3.0.3, Security Requirement Object). */
function neededBy({ openapi, securitySchemes }: Contract, all: SecurityRequirement): Needed {
	const isLate = !/^(?:2\.|3\.0)/.test(openapi);
	const scopes = all.flatMap(({ scheme, scopes: asked }) => {
		const kind = securitySchemes.get(scheme)?.kind;
		return isLate || kind === "oauth2" || kind === "openid-connect" ? asked : [];
	});
	return { schemes: all.map(({ scheme }) => scheme), scopes: [...new Set(scopes)] };
}

const ASKS = [
	/\b(?:requires?|needs?)(?: (?:the|an?))? (?:(?:oauth2?|api key|token) )?(?:scope|permission)s?:? [`"']([\w:./*-]+)[`"']/i,
	/\b(?:requires?|needs?)(?: (?:the|an?))? [`"']([\w:./*-]+)[`"'] (?:scope|permission)\b/i,
	/^(?:required )?scope: [`"']?([\w-]+[:.][\w:./-]+)[`"']?\.?$/i,
];

/** `Requires the "users:write" scope`. Two such sentences, or a condition in one, leave it open. */
function scopeInWords(operation: Operation): { scope: string; text: string } | undefined {
	if (operation.security.length === 0) return undefined;
	const found = sentencesOf(operation).flatMap(({ text }) => {
		const scope = ASKS.map((pattern) => pattern.exec(text)?.[1]).find((one) => one !== undefined);
		return scope === undefined ? [] : [{ scope, text }];
	});
	const [first, ...others] = found;
	const isOpen = first === undefined || CONDITION.test(first.text);
	return isOpen || others.some(({ scope }) => scope !== first.scope) ? undefined : first;
}

const CONDITION = /\b(?:if|unless|when|only|except|may|either|or|not|no longer|optional(?:ly)?)\b/i;

function forbidden({ responses }: Operation): Pick<GuardCommon, "statuses"> {
	const known = responses.map(({ status }) => status);
	if (known.includes("403")) return { statuses: ["403"] };
	return { statuses: ["4XX", "default"].filter((status) => known.includes(status)).slice(0, 1) };
}

/** Whatever an operation reaches through a resource that has parts; who is asked nothing is of no part. */
export function partitionGuards(
	{ operation, effect }: Pick<Behaviour, "operation" | "effect">,
	{ resources, keys }: { resources: ReadonlyMap<string, Resource>; keys: ReadonlyMap<string, string> },
	evidenceOf: (resource: Resource) => Evidence,
): readonly Partitioned[] {
	const top = topOf(resourceActedOn(effect) ?? [...keys.keys()][0], resources);
	if (top?.partition === undefined) return [];
	const isAnonymous = operation.security.every((all) => all.length === 0);
	if (isAnonymous && top.partition.by === "identity") return [];
	const { name: resource, partition } = top;
	return [
		{ kind: "partition", resource, partition, reaches: "own", statuses: [], evidence: [evidenceOf(top)], ...PLAIN },
	];
}

function topOf(name: string | undefined, resources: ReadonlyMap<string, Resource>): Resource | undefined {
	let resource = name === undefined ? undefined : resources.get(name);
	for (let depth = 0; resource?.parent !== undefined && depth < resources.size; depth++)
		resource = resources.get(resource.parent);
	return resource;
}

/** The behaviours with what every scope guard must know of the others: which scopes there are, and which contain others. */
export function withKnownScopes(
	contract: Contract,
	{ behaviours, resources }: Pick<Model, "behaviours" | "resources">,
): Model["behaviours"] {
	const needed = [...behaviours.values()].flatMap(({ guards }) => guards.flatMap(scopesOf));
	if (needed.length === 0) return behaviours;
	const described = describedScopes(contract);
	const known = [...new Set([...described.keys(), ...needed, ...issuedScopes(resources)])];
	const broad = known.filter((scope) => BROAD.test(described.get(scope) ?? ""));
	const informed = (guard: Guard): Guard => (guard.kind === "scope" ? { ...guard, known, broad } : guard);
	return new Map(
		[...behaviours].map(([id, behaviour]) => [id, { ...behaviour, guards: behaviour.guards.map(informed) }]),
	);
}

function scopesOf(guard: Guard): readonly string[] {
	return guard.kind === "scope" ? guard.alternatives.flatMap(({ scopes }) => scopes) : [];
}

/** In a description: it contains others. */
const BROAD = /\b(?:all|full|every(?:thing)?|any|includ(?:es|ing)|impl(?:ies|y)|grants|complete|unrestricted|also)\b/i;

/** All that a credential can be issued for, where its document lists it. */
function issuedScopes(resources: Model["resources"]): readonly string[] {
	return [...resources.values()].flatMap(({ fields }) =>
		[...fields.values()].flatMap(({ credential, scopes }) => {
			const schema = credential === undefined || scopes === undefined ? undefined : fields.get(scopes)?.schema;
			const listed = schema === undefined ? undefined : enumeration(items(schema) ?? schema);
			return (listed ?? []).filter((scope) => typeof scope === "string");
		}),
	);
}

function describedScopes({ securitySchemes }: Contract): ReadonlyMap<string, string> {
	const flows = [...securitySchemes.values()].flatMap((scheme) => (scheme.kind === "oauth2" ? scheme.flows : []));
	return new Map(flows.flatMap(({ scopes }) => Object.entries(scopes)));
}
