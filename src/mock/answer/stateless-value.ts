import type { Json } from "../../http/exchange.ts";
import type { Scene } from "../../model/scene.ts";
import { isObject } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Desk } from "../desk.ts";
import { traitsOf } from "../schema-traits.ts";
import { factsOf } from "./facts.ts";
import type { MediaPlan } from "./media-plan.ts";
import { objectShapeOf, type ShapeProperty } from "./object-shape.ts";

/** Methods that change nothing (RFC 9110 9.2.1): the same question, the same answer. */
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

/**
 * The answer of an operation whose effect nobody knows: the document's example, else something made up. Members named
 * like a path parameter show its value, those named like a member of a request that acts show what was sent, and every
 * such request gets ids of its own.
 */
export function statelessValue(desk: Desk, plan: MediaPlan, scene: Scene): Json | undefined {
	const { schema } = plan.media;
	const base =
		plan.example()?.value ?? (schema === undefined ? undefined : desk.inventor.invent(schema, { optional: "all" }));
	if (schema === undefined || !isObject(base)) return base;
	const { properties } = objectShapeOf(schema);
	const echo = echoesOf(scene);
	const members: { [name: string]: Json } = { ...(base as { readonly [name: string]: Json }) };
	for (const property of properties) {
		const said = echo.get(property.name);
		if (said !== undefined && admits(desk, property, said)) members[property.name] = said;
		else if (isFresh(scene, property, members))
			members[property.name] = freshId(desk, property, scene) ?? (members[property.name] as Json);
	}
	return members;
}

function echoesOf(scene: Scene): ReadonlyMap<string, Json> {
	const facts = factsOf(scene);
	const { body } = scene.call;
	if (!isActing(scene) || !isObject(body)) return facts;
	return new Map([...Object.entries(body as { readonly [name: string]: Json }), ...facts]);
}

function isActing({ behaviour }: Scene): boolean {
	return !SAFE.has(behaviour.operation.method);
}

function admits({ validation }: Desk, { schema, constant }: ShapeProperty, value: Json): boolean {
	return constant === undefined && validation.validate(schema, value, "response").length === 0;
}

function isFresh(
	scene: Scene,
	{ name, schema, constant }: ShapeProperty,
	members: { readonly [name: string]: Json },
): boolean {
	return isActing(scene) && constant === undefined && Object.hasOwn(members, name) && isIdentifier(name, schema);
}

function isIdentifier(name: string, schema: Schema): boolean {
	if (!/(?:^|_|-)(?:id|uuid|guid)$|(?:Id|ID|Uuid)$/.test(name)) return false;
	const { isText, types } = traitsOf(schema);
	return isText || types.includes("integer");
}

function freshId({ issuer, store }: Desk, { name, schema }: ShapeProperty, { behaviour }: Scene): Json | undefined {
	const { id } = behaviour.operation;
	return issuer.issue(schema, `${id}#${store.view.counter(answersCounter(id))}.${name}`);
}

/** Counts the answers of an operation, so that each can have ids of its own. */
export function answersCounter(operation: string): string {
	return `answers/${operation}`;
}
