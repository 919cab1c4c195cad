import { admit, type Told, type World } from "../model/judge.ts";
import type { Model } from "../model/model.ts";
import type { Resource } from "../model/resource.ts";

/**
 * What is believed after an answer, for going on: what the model admits. Where it admits nothing, what the answer says
 * at least, the fields of items left open: a wrong field must not hide the id that the next call needs.
 */
export function follow(model: Model, worlds: readonly World[], told: Told): readonly World[] {
	for (const one of [model, loosen(model)]) {
		const step = admit(one, worlds, told);
		if (step.kind === "admitted") return step.worlds;
	}
	return worlds;
}

const loosened = new WeakMap<Model, Model>();

/** The model with no field compared but the server's own. */
function loosen(model: Model): Model {
	const known = loosened.get(model);
	if (known !== undefined) return known;
	const resources = new Map([...model.resources].map(([name, resource]) => [name, withOpenFields(resource)]));
	const loose = { ...model, resources };
	loosened.set(model, loose);
	return loose;
}

function withOpenFields(resource: Resource): Resource {
	const fields = [...resource.fields].map(
		([name, field]) => [name, field.owner === "client" ? { ...field, compared: false } : field] as const,
	);
	return { ...resource, fields: new Map(fields) };
}
