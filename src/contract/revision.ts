import type { Source } from "../problem/source.ts";
import type { Origins } from "./origin.ts";

export type Tokens = readonly (string | number)[];

/**
 * A document that is being changed. What changes is copied first, along the way from the root, so that a part that YAML
 * aliases use in several places changes in one place only; and every change is noted in the origins.
 */
export interface Revision {
	root(): unknown;
	at(tokens: Tokens): unknown;
	/** Puts a value where one was or where none was; in a list also right behind the last item. */
	set(tokens: Tokens, value: unknown, source: Source): void;
	remove(tokens: Tokens): void;
}

type Container = Record<string | number, unknown>;

/** @example createRevision({ root, file, origins }).set(["info", "title"], "New", source) */
export function createRevision(document: {
	readonly root: unknown;
	readonly file: string;
	readonly origins: Origins;
}): Revision {
	let root = document.root;
	const owned = new WeakSet<object>();

	function own(value: unknown): Container {
		if (typeof value !== "object" || value === null) throw new Error("only maps and lists have parts");
		if (owned.has(value)) return value as Container;
		const copy = (Array.isArray(value) ? [...value] : { ...value }) as Container;
		owned.add(copy);
		return copy;
	}

	/** The container at these tokens, with every container above it, as copies that may be changed. */
	function ownAt(tokens: Tokens): Container {
		let container = own(root);
		root = container;
		for (const token of tokens) {
			const inner = own(container[token]);
			put(container, token, inner);
			container = inner;
		}
		return container;
	}

	function at(tokens: Tokens): unknown {
		let value = root;
		for (const token of tokens) {
			if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return undefined;
			value = (value as Container)[token];
		}
		return value;
	}

	return {
		root: () => root,
		at,
		set: (tokens, value, source) => {
			const key = tokens.at(-1);
			const copy = structuredClone(value);
			if (key === undefined) root = copy;
			else put(ownAt(tokens.slice(0, -1)), key, copy);
			document.origins.write(document.file, tokens.map(String), source);
		},
		remove: (tokens) => {
			const key = tokens.at(-1);
			if (key === undefined || at(tokens) === undefined) return;
			const container = ownAt(tokens.slice(0, -1));
			const length = Array.isArray(container) ? container.length : undefined;
			if (Array.isArray(container)) container.splice(Number(key), 1);
			else delete container[key];
			document.origins.remove(document.file, tokens.map(String), length);
		},
	};
}

/** Plain assignment of `__proto__` would change what the object inherits. */
function put(container: Container, key: string | number, value: unknown): void {
	Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}
