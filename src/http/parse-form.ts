import type { Json } from "./exchange.ts";
import { memberShape, shapeInParts, TEXT, type ValueShape } from "./parameter.ts";
import { parseText } from "./parse-scalar.ts";

/** Deeper names are taken as they stand. */
const DEPTH_MAX = 20;

/**
 * Reads `application/x-www-form-urlencoded` by the shape of its object: repeated names become arrays where the shape
 * has one, and names with brackets (`deepObject`: `card[number]`, `items[0][id]`, `tags[]`) what they name the parts of.
 *
 * @example parseForm("a=1&b=x&b=y", { kind: "object", properties: { b: { kind: "array", items: TEXT } }, additional: TEXT })
 */
export function parseForm(text: string, shape: ValueShape): Json {
	const members: Members = new Map();
	for (const [name, value] of new URLSearchParams(text)) add(members, stepsOf(name, shape), value);
	return buildMembers(members, shape);
}

/** Texts by name, in order; a name with brackets holds names of its own. */
type Members = Map<string, Members | string[]>;

/** `card[number]` is `card`, then `number`, where the shape has a `card` that is no plain text. */
function stepsOf(name: string, shape: ValueShape): readonly string[] {
	const open = name.indexOf("[");
	if (open <= 0 || !name.endsWith("]") || shape.kind !== "object" || Object.hasOwn(shape.properties, name))
		return [name];
	const first = name.slice(0, open);
	if (shapeInParts(memberShape(shape, first)).kind === "scalar" && Object.hasOwn(shape.properties, first))
		return [name];
	const inner = name.slice(open + 1, -1).split("][");
	return inner.length > DEPTH_MAX ? [name] : [first, ...inner];
}

function add(members: Members, [name = "", ...rest]: readonly string[], text: string): void {
	const known = members.get(name);
	if (rest.length === 0) {
		if (Array.isArray(known)) known.push(text);
		else if (known === undefined) members.set(name, [text]);
		return;
	}
	// What is said to be a text and to have parts is what it was said to be first.
	if (Array.isArray(known)) return;
	const inner: Members = known ?? new Map();
	members.set(name, inner);
	add(inner, rest, text);
}

function buildMembers(members: Members, shape: ValueShape): Json {
	const built = [...members].map(([name, held]): [string, Json] => {
		const own = shape.kind === "object" ? memberShape(shape, name) : TEXT;
		return [name, Array.isArray(held) ? buildTexts(held, own) : buildInner(held, own)];
	});
	return Object.fromEntries(built);
}

function buildTexts(texts: readonly string[], given: ValueShape): Json {
	const shape = texts.length > 1 ? shapeInParts(given) : given;
	if (shape.kind === "array") return texts.map((text) => parseText(text, shape.items));
	// A name given twice where one is meant: the first counts, as most frameworks have it.
	return parseText(texts[0] ?? "", shape);
}

/** Numbers, or nothing, between the brackets are places of a list. */
function buildInner(members: Members, given: ValueShape): Json {
	const shape = shapeInParts(given);
	const isList =
		shape.kind === "array" || (shape.kind !== "object" && [...members.keys()].every((name) => /^\d*$/.test(name)));
	if (!isList) return buildMembers(members, shape);
	const item = shape.kind === "array" ? shape.items : TEXT;
	return [...members.values()].flatMap((held) =>
		Array.isArray(held) ? held.map((text) => parseText(text, item)) : [buildInner(held, item)],
	);
}
