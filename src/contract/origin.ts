import type { Source } from "../problem/source.ts";
import { extendPointer, parsePointer } from "../schema/reference.ts";

/**
 * Where the parts of a document really come from. An overlay, or the translation of Swagger 2.0, writes parts into a
 * document whose text does not hold them; removing a list item moves the ones behind it. This side table leads from a
 * place in the document as it is now to the place in the text where somebody can read it.
 */
export interface Origins {
	/** The part at these tokens, and all below it, was written by `source`. */
	write(file: string, tokens: readonly string[], source: Source): void;
	/** The part at these tokens is gone; of a list of this length the items behind it move up. */
	remove(file: string, tokens: readonly string[], listLength?: number): void;
	/** The place in a text; the given place itself when nothing was written there. */
	find(source: Source): Source;
}

interface Node {
	source?: Source;
	readonly children: Map<string, Node>;
	/** Of a list from which items were removed: where each item stood in the text. */
	order?: number[];
}

/**
 * @example
 * const origins = createOrigins();
 * origins.write("a.yaml", ["info", "title"], { file: "o.yaml", pointer: "/actions/0/update/title" });
 * origins.find({ file: "a.yaml", pointer: "/info/title" }).file // "o.yaml"
 */
export function createOrigins(): Origins {
	const roots = new Map<string, Node>();
	return {
		write: (file, tokens, source) => {
			const node = nodeAt(roots, file, tokens);
			node.children.clear();
			delete node.order;
			node.source = source;
		},
		remove: (file, tokens, listLength) => {
			const parent = nodeAt(roots, file, tokens.slice(0, -1));
			const token = tokens.at(-1) ?? "";
			if (listLength === undefined) parent.children.delete(token);
			else removeItem(parent, Number(token), listLength);
		},
		find: (source) => find(roots.get(source.file), source),
	};
}

function newNode(): Node {
	return { children: new Map() };
}

function nodeAt(roots: Map<string, Node>, file: string, tokens: readonly string[]): Node {
	let node = roots.get(file) ?? newNode();
	roots.set(file, node);
	for (const token of tokens) {
		const child = node.children.get(token) ?? newNode();
		node.children.set(token, child);
		node = child;
	}
	return node;
}

function removeItem(list: Node, index: number, length: number): void {
	list.order ??= Array.from({ length }, (_, position) => position);
	while (list.order.length < length) list.order.push(list.order.length);
	list.order.splice(index, 1);
	const moved = [...list.children].filter(([token]) => Number(token) !== index);
	list.children.clear();
	for (const [token, child] of moved)
		list.children.set(Number(token) > index ? String(Number(token) - 1) : token, child);
}

function find(root: Node | undefined, source: Source): Source {
	if (root === undefined) return source;
	let node: Node | undefined = root;
	let found: Source = root.source ?? { file: source.file, pointer: "" };
	for (const token of parsePointer(source.pointer)) {
		const child: Node | undefined = node?.children.get(token);
		const position = node?.order?.[Number(token)] ?? token;
		found = child?.source ?? { file: found.file, pointer: extendPointer(found.pointer, [position]) };
		node = child;
	}
	return found;
}
