import { encodeUnreserved } from "../../http/percent.ts";
import { leadOf } from "../../model/effect.ts";
import { resourceNamed } from "../../model/model.ts";
import type { Scene } from "../../model/scene.ts";
import { resourceOf } from "../../model/state.ts";
import { isServerValue, type Value } from "../../model/value.ts";
import type { MockRequest } from "../request/mock-request.ts";
import type { StoredChange } from "../store/store.ts";

/**
 * Where what a call created can be read: its path, and its URL where the host is known. Undefined when it created
 * nothing that has a path.
 */
export function locationsOf(
	{ model, behaviour, call }: Scene,
	changes: readonly StoredChange[],
	{ headers: { host }, prefix = "" }: Pick<MockRequest, "headers" | "prefix">,
): readonly string[] | undefined {
	const effect = leadOf(behaviour.effect);
	if (effect.kind !== "create") return undefined;
	const { itemPath } = resourceNamed(model, effect.resource);
	const made = changes.findLast((change) => change.kind === "put" && resourceOf(change.container) === effect.resource);
	if (itemPath === undefined || made?.kind !== "put") return undefined;
	const names = [...itemPath.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] as string);
	let path = `${prefix}${itemPath}`;
	for (const [index, name] of names.entries()) {
		const isOwn = index === names.length - 1;
		const value = isOwn ? made.entry.key : call.path[name];
		if (value === undefined || isServerValue(value)) return undefined;
		path = path.replace(`{${name}}`, () => encodeUnreserved(textOf(value)));
	}
	return host === undefined ? [path] : [path, `http://${host}${path}`];
}

function textOf(value: Value): string {
	return typeof value === "string" ? value.toWellFormed() : JSON.stringify(value);
}
