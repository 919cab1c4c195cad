import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { Json } from "../http/exchange.ts";
import type { Passage } from "./block.ts";

/** A JSON value of a page, each part with its line. */
export interface Example {
	readonly value: Json;
	/** The line of the part that a JSON Pointer names, or of the nearest that is there. */
	lineOf(pointer: string): number;
	/** Whether something is left out of an object or a list: `...`, or a comment in its place. */
	isElided(pointer: string): boolean;
}

/**
 * Reads JSON as pages write it: with comments, trailing commas, and dots in place of what is left out. Undefined when
 * it is something else.
 *
 * @example parseExample(passageOf(lines))?.value // { id: "…", tags: [] }
 */
export function parseExample(passage: Passage): Example | undefined {
	const { plain, holes } = withoutHoles(passage.text);
	const errors: ParseError[] = [];
	const tree = parseTree(plain, errors, { allowTrailingComma: true, disallowComments: false });
	if (tree === undefined || errors.length > 0 || (tree.type !== "object" && tree.type !== "array")) return undefined;
	const places = new Map<string, { readonly line: number; readonly elided: boolean }>();
	const value = readNode(tree, "", (pointer, node) => {
		const inside = holes.filter((hole) => hole > node.offset && hole < node.offset + node.length);
		const elided = inside.some((hole) => innermost(node, hole) === node);
		places.set(pointer, { line: passage.lineAt(node.offset), elided });
	});
	return {
		value,
		lineOf: (pointer) => nearest(places, pointer)?.line ?? passage.lineAt(0),
		isElided: (pointer) => places.get(pointer)?.elided ?? false,
	};
}

const DEPTH_MAX = 100;

/** Where dots or comments stand; the dots become spaces, so that what is left is JSON with comments. */
function withoutHoles(text: string): { readonly plain: string; readonly holes: readonly number[] } {
	const holes: number[] = [];
	const plain = text.replaceAll(
		/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|,?\s*(?:\.\.\.|…)\s*,?/g,
		(piece: string, offset: number) => {
			if (piece.startsWith('"')) return piece;
			holes.push(offset + piece.search(/\S/));
			if (piece.startsWith("/")) return piece;
			// Between two members one comma is left; at an end it may stand.
			const commas = piece.split(",").length - 1;
			return piece.replaceAll(/[^\n]/g, " ").replace(" ", commas > 0 ? "," : " ");
		},
	);
	return { plain: plain.replaceAll(/([{[]\s*),/g, "$1 "), holes };
}

function innermost(node: Node, offset: number): Node {
	const child = node.children?.find((one) => one.offset < offset && offset < one.offset + one.length);
	if (child === undefined) return node;
	return child.type === "string" || child.type === "number"
		? node
		: innermost(child.type === "property" ? (child.children?.[1] ?? node) : child, offset);
}

function readNode(node: Node, pointer: string, place: (pointer: string, node: Node) => void): Json {
	if (pointer.split("/").length > DEPTH_MAX) return null;
	place(pointer, node);
	const children = node.children ?? [];
	if (node.type === "array") return children.map((child, index) => readNode(child, `${pointer}/${index}`, place));
	if (node.type !== "object") return node.value as Json;
	const members = children.flatMap((property): [string, Json][] => {
		const [key, child] = property.children ?? [];
		if (key === undefined || child === undefined) return [];
		const name = String(key.value);
		const at = `${pointer}/${escapePointer(name)}`;
		const value = readNode(child, at, place);
		return [[name, value]];
	});
	return Object.fromEntries(members);
}

export function escapePointer(name: string): string {
	return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** What stands at a pointer, or at the nearest part around it. */
export function nearest<Value>(places: ReadonlyMap<string, Value>, pointer: string): Value | undefined {
	for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
		const found = places.get(at);
		if (found !== undefined) return found;
	}
	return places.get("");
}
