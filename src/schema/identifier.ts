import { type Dialect, dialectOf, FORMS, idKeyword, isOpenApi } from "./dialect.ts";
import { extendPointer, resolveFile, splitReference } from "./reference.ts";

/** A schema with an identity of its own (`$id`), or a whole document: what references inside it are relative to. */
export interface Resource {
	readonly uri: string;
	readonly file: string;
	/** Where it begins in its file; empty for the document. */
	readonly pointer: string;
	readonly dialect: Dialect;
	/** Pointers by plain name (`$anchor`, `$dynamicAnchor`, and `$id: "#name"` of old). */
	readonly anchors: Map<string, string>;
	/** Pointers by the name that `$dynamicRef` looks for; the empty name stands for `$recursiveAnchor`. */
	readonly dynamic: Map<string, string>;
}

/** Everything in a document that has a name. */
export interface Identifiers {
	readonly root: Resource;
	readonly resources: readonly Resource[];
}

/** A document that stays unfinished beyond this has no names after it; 13 MB of JSON have about a million values. */
const VALUES_MAX = 20_000_000;

const DATA: ReadonlySet<string> = new Set(["enum", "const", "default", "example", "examples"]);

/** A pointer is put together only for what has a name: most values have none. */
interface Visit {
	readonly value: object;
	readonly key: string;
	readonly parent: Visit | undefined;
	readonly resource: Resource;
	/** A map of schemas by name, in which `$id` is a name and no keyword. */
	readonly isMap: boolean;
}

/**
 * Finds every `$id`, `$anchor`, `$dynamicAnchor` and `$recursiveAnchor` of a document, in one bounded walk.
 * In a JSON Schema only places that hold schemas count; in OpenAPI all but data (`enum`, `example` …) does.
 * Source: JSON Schema 2020-12 Core, section 8.2.
 */
export function findIdentifiers(document: { value: unknown; dialect: Dialect; file: string }): Identifiers {
	const { value, dialect, file } = document;
	const root = newResource({ uri: file, file, pointer: "", dialect });
	const found = [root];
	if (idKeyword(dialect) === undefined) return { root, resources: found };
	if (!isContainer(value)) return { root, resources: found };
	const stack: Visit[] = [{ value, key: "", parent: undefined, resource: root, isMap: false }];
	const seen = new Set<object>();
	for (let count = 0; count < VALUES_MAX; count++) {
		const visit = stack.pop();
		if (visit === undefined) break;
		if (seen.has(visit.value)) continue;
		seen.add(visit.value);
		const resource = visit.isMap || Array.isArray(visit.value) ? visit.resource : enter(visit, found);
		pushChildren(visit, resource, stack);
	}
	return { root, resources: found };
}

function isContainer(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}

function pointerOf(visit: Visit): string {
	const tokens: string[] = [];
	for (let at = visit; at.parent !== undefined; at = at.parent) tokens.push(at.key);
	return extendPointer("", tokens.reverse());
}

function newResource(place: Omit<Resource, "anchors" | "dynamic">): Resource {
	return { ...place, anchors: new Map(), dynamic: new Map() };
}

/** Notes the names of one object and gives the resource that its children belong to. */
function enter(visit: Visit, found: Resource[]): Resource {
	const node = visit.value as Record<string, unknown>;
	const dialect = dialectOf(node.$schema) ?? visit.resource.dialect;
	const resource = ownResource(visit, dialect, found);
	for (const keyword of ["$anchor", "$dynamicAnchor"] as const) {
		const name = node[keyword];
		if (typeof name === "string") resource.anchors.set(name, pointerOf(visit));
	}
	if (typeof node.$dynamicAnchor === "string") resource.dynamic.set(node.$dynamicAnchor, pointerOf(visit));
	if (node.$recursiveAnchor === true && pointerOf(visit) === resource.pointer)
		resource.dynamic.set("", resource.pointer);
	return resource;
}

function ownResource(visit: Visit, dialect: Dialect, found: Resource[]): Resource {
	const node = visit.value as Record<string, unknown>;
	const id = node[idKeyword(dialect) ?? "$id"];
	const replacesAll = typeof node.$ref === "string" && /^draft-0/.test(dialect);
	if (typeof id !== "string" || replacesAll) return visit.resource;
	const { file, fragment } = splitReference(id);
	if (fragment !== undefined && fragment !== "") visit.resource.anchors.set(fragment, pointerOf(visit));
	if (file === "") return visit.resource;
	const uri = resolveFile(visit.resource.uri, file);
	const resource = newResource({ uri, file: visit.resource.file, pointer: pointerOf(visit), dialect });
	found.push(resource);
	return resource;
}

function pushChildren(parent: Visit, resource: Resource, stack: Visit[]): void {
	const node = parent.value as Readonly<Record<string, unknown>>;
	const everything = parent.isMap || Array.isArray(node) || isOpenApi(resource.dialect);
	for (const key of Object.keys(node)) {
		const value = node[key];
		if (!isContainer(value)) continue;
		const form = parent.isMap ? undefined : FORMS.get(key);
		if (!parent.isMap && (everything ? DATA.has(key) : form === undefined || DATA.has(key))) continue;
		const isMap = form === "schema-map" || form === "dependencies";
		stack.push({ value, key, parent, resource, isMap });
	}
}
