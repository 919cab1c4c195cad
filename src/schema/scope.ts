import type { Resource } from "./identifier.ts";

/**
 * Which schemas answer to the names that `$dynamicRef` looks for, outermost first: part of what a schema *is*, so that
 * the same words entered from two places are two schemas. Empty in nearly every document.
 */
export type Scope = ReadonlyMap<string, { readonly file: string; readonly pointer: string }>;

/** Scopes of one registry, compared by content: entering the same resources again gives the same scope. */
export interface Scopes {
	/** The scope of somebody who begins in this resource. */
	begin(resource: Resource): Scope;
	/** The scope after entering a resource; names that are bound already stay so (2020-12 Core, section 8.2.3.2). */
	enter(scope: Scope, resource: Resource): Scope;
	/** A short name, unique in this registry. */
	nameOf(scope: Scope): string;
}

export function createScopes(): Scopes {
	const known = new Map<string, Scope>();
	const nowhere: Scope = intern(new Map());

	function intern(scope: Scope): Scope {
		const key = JSON.stringify([...scope].sort(([a], [b]) => (a < b ? -1 : 1)));
		const same = known.get(key);
		if (same === undefined) known.set(key, scope);
		return same ?? scope;
	}

	function enter(scope: Scope, resource: Resource): Scope {
		if (resource.dynamic.size === 0) return scope;
		const wider = new Map(scope);
		for (const [name, pointer] of resource.dynamic) {
			if (!wider.has(name)) wider.set(name, { file: resource.file, pointer });
		}
		return wider.size === scope.size ? scope : intern(wider);
	}

	return {
		begin: (resource) => enter(nowhere, resource),
		enter,
		nameOf: (scope) => `scope-${[...known.values()].indexOf(scope)}`,
	};
}
