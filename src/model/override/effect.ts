import type { Source } from "../../problem/source.ts";
import type { Effect } from "../effect.ts";
import type { Desk } from "../override.ts";
import { plainEffect } from "../plain-effect.ts";
import type { Resource } from "../resource.ts";
import { noteProblem, noteUnknown } from "./note.ts";

interface Saying {
	readonly said: { readonly effect?: string; readonly resource?: string };
	readonly source: Source;
	readonly resources: ReadonlyMap<string, Resource>;
	/** The resource that the operation's path names. */
	readonly own: string | undefined;
}

/** The effect that a declaration names, on the resource that it names or that the path does. */
export function declaredEffect(desk: Desk, { said, source, resources, own }: Saying): Effect | undefined {
	const kind = said.effect as Effect["kind"] | undefined;
	const at = { ...source, pointer: `${source.pointer}/resource` };
	if (said.resource !== undefined && !resources.has(said.resource)) {
		noteUnknown(desk, at, { what: "resource", name: said.resource, known: [...resources.keys()] });
		return undefined;
	}
	if (kind === undefined) {
		if (said.resource !== undefined)
			noteProblem(desk, {
				code: "bad-declaration",
				message: "a resource alone says nothing",
				source: at,
				hint: "name the `effect` on it as well",
			});
		return undefined;
	}
	if (kind === "none" || kind === "opaque") return { kind };
	const resource = said.resource ?? own;
	if (resource !== undefined) return plainEffect(kind, resource);
	noteProblem(desk, {
		code: "unknown-resource",
		message: `the effect "${kind}" needs a resource, and the path names none`,
		source: { ...source, pointer: `${source.pointer}/effect` },
		hint: `name it with \`resource\`; there are ${[...resources.keys()].join(", ") || "none"}`,
	});
	return undefined;
}
