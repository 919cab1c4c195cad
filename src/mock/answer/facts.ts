import type { Json } from "../../http/exchange.ts";
import { callerOf } from "../../model/credential.ts";
import { type Model, resourceNamed } from "../../model/model.ts";
import type { Scene } from "../../model/scene.ts";
import { resourceOf } from "../../model/state.ts";
import { isServerValue } from "../../model/value.ts";

/** What a request is about, by the names under which documents show it: `app_id` is `my-app`. */
export type Facts = ReadonlyMap<string, Json>;

/** The values of the path, and the key of the item on whose behalf the request is made. */
export function factsOf(scene: Scene): Facts {
	const facts = new Map<string, Json>();
	const caller = callerOf(scene);
	const property =
		caller === undefined ? undefined : resourceNamed(scene.model, resourceOf(caller.container)).key?.property;
	if (caller !== undefined && property !== undefined && !isServerValue(caller.entry.key)) {
		facts.set(property, caller.entry.key as Json);
	}
	for (const [name, value] of Object.entries(scene.call.path)) facts.set(name, value as Json);
	return facts;
}

/** The names that say what something is about: keys of items, and what paths carry. */
export function identifyingNames(model: Model): ReadonlySet<string> {
	const names = new Set<string>();
	for (const { key } of model.resources.values()) if (key?.property !== undefined) names.add(key.property);
	for (const { operation } of model.behaviours.values()) {
		for (const parameter of operation.parameters) if (parameter.in === "path") names.add(parameter.name);
	}
	return names;
}
