import type { Source } from "../../problem/source.ts";
import { type Effect, resourceActedOn } from "../effect.ts";
import type { Behaviour, Model } from "../model.ts";
import type { Desk } from "../override.ts";
import { hintFor } from "./vocabulary.ts";

interface Saying {
	readonly said: { readonly effect?: string; readonly resource?: string };
	readonly behaviour: Behaviour;
	readonly source: Source;
}

/** The effect that a declaration names, on the resource that it names or that was inferred. */
export function declaredEffect(desk: Desk, model: Model, { said, behaviour, source }: Saying): Effect | undefined {
	if (said.effect === undefined && said.resource === undefined) return undefined;
	const kind = (said.effect ?? behaviour.effect.kind) as Effect["kind"];
	if (kind === "none" || kind === "opaque") return { kind };
	const resource = said.resource ?? resourceActedOn(behaviour.effect) ?? resourceAtPath(model, behaviour);
	if (resource !== undefined && model.resources.has(resource)) return effectOf(kind, resource);
	const known = [...model.resources.keys()];
	const hint = resource === undefined || known.length === 0 ? "name it with `resource`" : hintFor(resource, known);
	desk.problems.push({
		code: "unknown-resource",
		message: resource === undefined ? `the effect "${kind}" needs a resource` : `no resource is called "${resource}"`,
		place: desk.contract.locate(source),
		hint,
	});
	return undefined;
}

/** The resource whose item or content the operation's path names. */
function resourceAtPath(model: Model, { operation }: Behaviour): string | undefined {
	for (const { name, path, itemPath } of model.resources.values()) {
		if (operation.path === path || operation.path === itemPath) return name;
	}
	return undefined;
}

function effectOf(kind: Exclude<Effect["kind"], "none" | "opaque">, resource: string): Effect {
	switch (kind) {
		case "append":
			return { kind, resource, members: "append" };
		case "clear":
			return { kind, resource, does: "all" };
		case "create":
			return { kind, resource, does: "overwrite" };
		case "list":
			return { kind, resource, shows: "all", reveals: false };
		case "merge":
			return { kind, resource, does: "merge" };
		case "read":
			return { kind, resource, reveals: false };
		case "remove":
			return { kind, resource, which: "named", cascade: "as-declared", keepsCredentials: false };
		case "replace":
			return { kind, resource, does: "overwrite", members: "replace" };
		case "upsert":
			return { kind, resource, does: "overwrite", clearsChildren: false, keepsCredentials: false };
	}
}
