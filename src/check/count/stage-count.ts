import type { Call, Credential } from "../../model/call.ts";
import { credentialField } from "../../model/credential.ts";
import { securityFor } from "../../model/identity.ts";
import type { Counted } from "../../model/law/counts.ts";
import { type Behaviour, resourceNamed } from "../../model/model.ts";
import type { Value } from "../../model/value.ts";
import { removerOf } from "../cleanup.ts";
import { issueCredential } from "../plan/issue-credential.ts";
import { compose, make, makersOf, type Story, satisfied } from "../plan/story.ts";

/** What is called to use credentials in a known way. */
export interface Staged {
	/** Asks how much one holder has used. */
	readonly ask: Call;
	readonly own: Credential;
	readonly other: Credential;
	readonly scheme: string;
	readonly read: Call;
	readonly refused: Call;
	readonly write: Call | undefined;
	/** Takes the credential away, where that leaves the item there that holds it. */
	readonly revoke: Call | undefined;
}

/** Makes two holders with a credential each; the reason where that cannot be had. */
export function stageCount(story: Story, behaviour: Behaviour, { counting }: Counted): Staged | string {
	const { model } = story;
	const [scheme] = [...model.contract.securitySchemes.keys()].filter(
		(one) => credentialField(model, one) !== undefined,
	);
	const held = scheme === undefined ? undefined : credentialField(model, scheme);
	if (scheme === undefined || held === undefined) return "the API issues no credential whose use could be counted";
	const reference = resourceNamed(model, held.resource).refers?.get(counting.holder);
	if (reference === undefined) return `${counting.holder} names nothing of which two could be made`;
	const holders = [1, 2].map(() => make(story, reference.resource, [])?.key);
	const issued = holders.map((key): Credential | undefined =>
		key === undefined ? undefined : issueCredential(story, { scheme, holding: { [counting.holder]: key } }),
	);
	const [own, other] = issued;
	const read = readingOf(story, behaviour, scheme);
	const refused = refusedOf(story, scheme);
	if (own === undefined || other === undefined || holders[0] === undefined)
		return "no credentials of two holders could be made";
	if (read === undefined || refused === undefined) return "no call is there whose use could be counted";
	const ask = compose(story, behaviour.operation.id, { inside: [] });
	const asked: Call = { ...ask, query: { ...ask.query, [counting.parameter]: holders[0] } };
	const write = writingOf(story, { scheme, except: [held.resource, reference.resource] });
	return { ask: asked, own, other, scheme, read, refused, write, revoke: revocationOf(story, held, own) };
}

function isFor({ model }: Story, { operation }: Behaviour, scheme: string): boolean {
	const [one, ...more] = securityFor(model, operation);
	return one?.scheme === scheme && more.length === 0;
}

function readingOf(story: Story, { operation: asking }: Behaviour, scheme: string): Call | undefined {
	const reader = [...story.model.behaviours.values()].find(
		(one) =>
			one.effect.kind === "list" &&
			one.keys.size === 0 &&
			one.operation.id !== asking.id &&
			story.model.resources.get(one.effect.resource)?.records === undefined &&
			isFor(story, one, scheme),
	);
	return reader === undefined ? undefined : compose(story, reader.operation.id, { inside: [] });
}

/** Asks for an item that is not there. */
function refusedOf(story: Story, scheme: string): Call | undefined {
	const reader = [...story.model.behaviours.values()].find(
		(one) => one.effect.kind === "read" && one.keys.size === 1 && isFor(story, one, scheme) && isGuarded(one),
	);
	const name = reader?.effect.kind === "read" ? reader.effect.resource : "";
	const key = reader === undefined ? undefined : story.source.fresh(name);
	return reader === undefined || key === undefined
		? undefined
		: compose(story, reader.operation.id, { inside: [], key });
}

function isGuarded({ guards, effect }: Behaviour): boolean {
	return guards.some((guard) => guard.kind === "exists" && "resource" in effect && guard.resource === effect.resource);
}

/** Makes something that can be taken away again. */
function writingOf(story: Story, { scheme, except }: { scheme: string; except: readonly string[] }): Call | undefined {
	const maker = [...story.model.behaviours.values()].find(
		({ effect, keys, guards, ...one }) =>
			effect.kind === "create" &&
			keys.size === 0 &&
			!except.includes(effect.resource) &&
			makersOf(story.model, effect.resource)[0]?.operation.id === one.operation.id &&
			guards.every(({ kind }) => kind !== "refers") &&
			removerOf(story.model, effect.resource) !== undefined &&
			isFor(story, { effect, keys, guards, ...one }, scheme),
	);
	if (maker === undefined) return undefined;
	const body = story.source.body(maker.operation.id, "all");
	return { ...satisfied(story, compose(story, maker.operation.id, { inside: [], body })), tag: "counted" };
}

function revocationOf(story: Story, held: { resource: string }, own: Credential): Call | undefined {
	const remover = removerOf(story.model, held.resource);
	const entry = [...story.state.containers.values()]
		.flat()
		.find(({ value }) => own.kind === "value" && Object.values(value as Record<string, Value>).includes(own.value));
	const leaves = remover?.effect.kind === "remove" && remover.effect.keeps !== undefined;
	return !leaves || remover === undefined || entry === undefined
		? undefined
		: compose(story, remover.operation.id, { inside: [], key: entry.key });
}
