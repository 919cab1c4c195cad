import type { Behaviour } from "../model.ts";
import type { Resource } from "../resource.ts";

/**
 * Marks the resources whose items nobody can say which there are: this API neither lists them, nor tells the key of what
 * it makes. Real services answer for most keys there, and a client has its keys from elsewhere.
 */
export function markUnlisted(
	resources: ReadonlyMap<string, Resource>,
	behaviours: ReadonlyMap<string, Behaviour>,
): ReadonlyMap<string, Resource> {
	const known = new Set<string>();
	for (const behaviour of behaviours.values()) {
		const resource = "resource" in behaviour.effect ? resources.get(behaviour.effect.resource) : undefined;
		if (resource !== undefined && tellsKey(behaviour, resource)) known.add(resource.name);
	}
	const marked = [...resources].map(([name, resource]): [string, Resource] => [
		name,
		isNamed(resource) && !known.has(name) ? { ...resource, unlisted: true } : resource,
	]);
	return new Map(marked);
}

/** Whether its items have keys at all. */
function isNamed({ kind, passedOnly }: Resource): boolean {
	return passedOnly !== true && (kind === "collection" || kind === "log");
}

/** A list of what one must name (`?ids=1,2`, `?account=7`) tells no more than one knows. */
function asksFor({ parameters }: Behaviour["operation"], names: readonly string[]): boolean {
	return parameters.some(({ in: place, required, name }) => place === "query" && required && names.includes(name));
}

/** Whether who calls an operation knows the key of some item afterwards. What a log holds, the server adds. */
function tellsKey({ effect, answer, keys, operation }: Behaviour, { kind, key, name, fields }: Resource): boolean {
	if (kind === "log") return false;
	const property = key?.property;
	const isShown = property !== undefined && answer.fields.includes(property);
	switch (effect.kind) {
		case "list":
			return answer.shows === "list" && isShown && !asksFor(operation, [property, `${property}s`, ...fields.keys()]);
		case "upsert":
			return keys.has(name) || isShown;
		case "create":
			return (
				keys.has(name) ||
				(answer.shows === "item" && isShown) ||
				answer.key !== undefined ||
				(key?.made === "client" && property !== undefined) ||
				operation.responses.some(({ headers }) => headers.some((header) => header.name.toLowerCase() === "location"))
			);
		default:
			return false;
	}
}
