import { properties } from "../../schema/navigate.ts";
import type { Effect } from "../effect.ts";
import type { Answer } from "../model.ts";
import { holdsMembers, type Resource } from "../resource.ts";
import type { Place } from "./path-shape.ts";
import { listIn, oneIn, successes, successSchema } from "./shown.ts";

/** How an operation's success carries its item or its list. */
export function inferAnswer({ operation }: Place, effect: Effect, resource: Resource | undefined): Answer {
	const statuses = successes(operation).map(({ status }) => status);
	const schema = successSchema(operation);
	if (schema === undefined) return { statuses, shows: "nothing", at: "", fields: [], evidence: [] };
	const other: Answer = { statuses, shows: "other", at: "", fields: [], evidence: [] };
	if (resource === undefined) return other;
	const list = listIn(schema, resource.name);
	if (list !== undefined && (effect.kind === "list" || holdsMembers(resource))) {
		const fields = properties(list.schema).map(({ name }) => name);
		const members = holdsMembers(resource);
		return { ...other, shows: members ? "members" : "list", at: list.at, fields };
	}
	if (effect.kind === "list") return other;
	const one = oneIn(schema, resource.name);
	if (one === undefined) return other;
	const fields = properties(one.schema)
		.map(({ name }) => name)
		.filter((name) => resource.fields.has(name));
	return fields.length === 0 ? other : { ...other, shows: "item", at: one.at, fields };
}
