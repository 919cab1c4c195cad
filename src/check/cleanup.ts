import type { Call } from "../model/call.ts";
import { resourceActedOn } from "../model/effect.ts";
import { credentialField } from "../model/guard/credentials.ts";
import type { World } from "../model/judge.ts";
import type { Behaviour, Model } from "../model/model.ts";
import type { Value } from "../model/value.ts";
import type { History } from "./history.ts";
import type { Session } from "./session.ts";

/**
 * Removes what a sequence made at the top: what lives inside goes with it. Where the answers contradicted the model
 * nobody knows what is left, so everything that was ever named is removed.
 */
export async function cleanUp(
	session: Session,
	history: History,
	{ worlds, thorough }: { worlds: readonly World[]; thorough: boolean },
): Promise<void> {
	const bindings = worlds[0]?.bindings ?? new Map();
	for (const remover of removers(session.model)) {
		const resource = resourceActedOn(remover.effect) ?? "";
		const present = worlds[0]?.state.containers.get(resource)?.map(({ key }) => key) ?? [];
		const keys = thorough ? [...present, ...namedIn(history, session.model, resource)] : present;
		for (const key of new Set(keys)) await session.send(removal(remover, resource, key), bindings);
	}
}

/** Operations that remove an item of a resource at the top. */
function removers(model: Model): readonly Behaviour[] {
	return [...model.behaviours.values()].filter(({ effect, keys }) => {
		if (effect.kind !== "remove") return false;
		const resource = model.resources.get(effect.resource);
		return resource?.parent === undefined && resource?.kind === "collection" && keys.has(effect.resource);
	});
}

/** Keys of a resource that calls of the sequence named in their paths. */
function namedIn({ turns }: History, model: Model, resource: string): readonly Value[] {
	return turns.flatMap(({ call }) => {
		const parameter = model.behaviours.get(call.operation)?.keys.get(resource);
		const value = parameter === undefined ? undefined : call.path[parameter];
		return value === undefined ? [] : [value];
	});
}

function removal({ operation, keys }: Behaviour, resource: string, key: Value): Call {
	const parameter = keys.get(resource) ?? "";
	const schemes = operation.security[0] ?? [];
	const credentials = Object.fromEntries(schemes.map(({ scheme }) => [scheme, { kind: "right" as const }]));
	return { operation: operation.id, path: { [parameter]: key }, query: {}, header: {}, credentials, flaws: [] };
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
