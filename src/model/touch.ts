import { resourceActedOn } from "./effect.ts";
import type { Behaviour, Model } from "./model.ts";
import type { Value } from "./value.ts";

/** Methods that change nothing (RFC 9110 9.2.1, and QUERY). */
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

/** Words in a path or an operation's name that announce more than one item's end. */
const DRASTIC = /(?:^|[^a-z])(?:shutdown|restart|reset|purge|wipe|truncate|flush|factory)(?:$|[^a-z])/i;

/**
 * Why an operation must not be called on a target that others use: it reaches further than what the run itself made.
 * Undefined when it may be called.
 *
 * @example reachesTooFar(model, behaviourOf(model, "deleteAllUsers")) // "it acts on everything that is there"
 */
export function reachesTooFar(model: Model, { operation, effect, keys }: Behaviour): string | undefined {
	if (SAFE.has(operation.method)) return undefined;
	if (DRASTIC.test(separated(`${operation.path} ${operation.id}`)))
		return "its name announces more than one item's end";
	if (effect.kind === "none") return undefined;
	if (effect.kind === "opaque") return keys.size > 0 ? undefined : "nobody knows what it touches";
	const resource = model.resources.get(resourceActedOn(effect) ?? "");
	if (resource === undefined || resource.parent !== undefined) return undefined;
	if (resource.kind === "singleton") return "there is one of it for everybody";
	const actsOnAll = effect.kind === "clear" || resource.kind === "set" || resource.kind === "list";
	return actsOnAll ? "it acts on everything that is there" : undefined;
}

/** A text of this length that was drawn is nobody else's. */
const OURS_LENGTH_MIN = 16;

/** Whether a key that a call carries may be that of an item which somebody else made. */
export function mayMeetOthers({ operation, keys }: Behaviour, parameter: string, value: Value | undefined): boolean {
	if (SAFE.has(operation.method) || ![...keys.values()].includes(parameter)) return false;
	return !(typeof value === "string" && value.length >= OURS_LENGTH_MIN);
}

/** `resetAll` is two words. */
function separated(name: string): string {
	return name.replaceAll(/([a-z])([A-Z])/g, "$1 $2");
}
