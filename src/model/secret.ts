import { annotation } from "../schema/navigate.ts";
import type { Model } from "./model.ts";
import type { Field } from "./resource.ts";
import { isObject } from "./value.ts";

/** A value that no report may show, and what stands in its place. */
export interface Secret {
	readonly name: string;
	readonly value: string;
}

/** Shorter values blacken ordinary text. */
const SECRET_MIN = 4;
const DEPTH_MAX = 8;
const ELEMENTS_MAX = 200;

/**
 * The secrets in a body that is sent or answered: what a field holds that is a credential, that is shown only once, or
 * that is written and never shown.
 *
 * @example secretsIn(model, { data: { id: "1", secret: "sk-1234" } }) // [{ name: "secret", value: "sk-1234" }]
 */
export function secretsIn(model: Model, body: unknown): readonly Secret[] {
	const names = secretNames(model);
	return names.size === 0 ? [] : walk(body, { names, depth: 0 });
}

function walk(value: unknown, at: { names: ReadonlySet<string>; depth: number }): readonly Secret[] {
	const below = { ...at, depth: at.depth + 1 };
	if (at.depth > DEPTH_MAX) return [];
	if (Array.isArray(value)) return value.slice(0, ELEMENTS_MAX).flatMap((item) => walk(item, below));
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, member]) =>
		at.names.has(name) && typeof member === "string"
			? member.length < SECRET_MIN
				? []
				: [{ name, value: member }]
			: walk(member, below),
	);
}

const known = new WeakMap<Model["resources"], ReadonlySet<string>>();

function secretNames({ resources }: Model): ReadonlySet<string> {
	const names =
		known.get(resources) ??
		new Set(
			[...resources.values()].flatMap(({ fields }) =>
				[...fields.values()].flatMap((field) => (isSecret(field) ? [field.name] : [])),
			),
		);
	known.set(resources, names);
	return names;
}

function isSecret({ credential, reveal, writeOnly, written, schema }: Field): boolean {
	const isHidden = writeOnly && written && annotation(schema, "format") === "password";
	return credential !== undefined || reveal !== undefined || isHidden;
}
