import type { Dialect } from "./dialect.ts";
import type { Place } from "./link.ts";
import { createLocator, type DocumentSource } from "./location.ts";
import { createNormalizer } from "./normalize.ts";
import { isObject } from "./normalize-node.ts";
import { extendPointer, splitReference } from "./reference.ts";
import type { JsonSchema, Registry, Schema } from "./schema.ts";
import { createScopes } from "./scope.ts";

export type { DocumentSource, RegistryDocument } from "./location.ts";

/**
 * Makes a registry over documents that are already read. Everything is lazy: a schema is normalized when it is asked
 * for, a reference is resolved when the schema that holds it is, and what has been made once is kept.
 *
 * @example schemaAt(createRegistry({ documents }), "openapi.yaml", "/components/schemas/Pet")
 */
export function createRegistry(options: { readonly documents: DocumentSource }): Registry {
	const locator = createLocator(options.documents);
	const scopes = createScopes();
	const normalizer = createNormalizer(locator, scopes);
	const handles = new WeakMap<object, Schema>();
	const booleans = new Map<string, Schema>();

	function handleFor(place: Place): Schema | undefined {
		const { value } = place.location;
		if (typeof value !== "boolean" && !isObject(value)) return undefined;
		return handleOf(normalizer.nodeAt(place), place.location);
	}

	function handleOf(node: JsonSchema, source: { file: string; pointer: string }): Schema {
		const known = typeof node === "boolean" ? booleans.get(booleanKey(node, source)) : handles.get(node);
		if (known !== undefined) return known;
		const { file, pointer } = (typeof node === "boolean" ? undefined : normalizer.placeOf(node)?.location) ?? source;
		const handle: Schema = { node, source: { file, pointer }, registry };
		if (typeof node === "boolean") booleans.set(booleanKey(node, source), handle);
		else handles.set(node, handle);
		return handle;
	}

	function resolve(reference: string): Schema | undefined {
		const scoped = normalizer.scopedPlace(reference);
		if (scoped !== undefined) return handleFor(scoped);
		const { file, fragment = "" } = splitReference(reference);
		// A reference that nobody made absolute may use percent escapes, anchors and `$id`s.
		const root = locator.at(file, "");
		const location = locator.at(file, fragment) ?? (root && locator.follow(`#${fragment}`, root));
		return location && handleFor({ location, scope: scopes.begin(location.resource) });
	}

	function at(schema: Schema, path: readonly (string | number)[]): Schema | undefined {
		let node: unknown = schema.node;
		for (const token of path) {
			if (typeof node !== "object" || node === null || !Object.hasOwn(node, token)) return undefined;
			node = (node as Record<string | number, unknown>)[token];
		}
		if (typeof node !== "boolean" && !isObject(node)) return undefined;
		return handleOf(node, { file: schema.source.file, pointer: extendPointer(schema.source.pointer, path) });
	}

	const registry: Registry = { resolve, at };
	return registry;
}

function booleanKey(node: boolean, { file, pointer }: { file: string; pointer: string }): string {
	return `${node} ${file}#${pointer}`;
}

/**
 * The schema at a place of a document; undefined when nothing stands there that can be a schema.
 *
 * @example schemaAt(registry, "openapi.yaml", "/components/schemas/Pet")?.node
 */
export function schemaAt(registry: Registry, file: string, pointer: string): Schema | undefined {
	return registry.resolve(`${file}#${pointer}`);
}

/**
 * A schema that stands in no document: `#/…` inside it refers to the schema itself. Throws when the value is neither
 * an object nor a boolean.
 *
 * @example schemaFrom({ type: "string", nullable: true }, "openapi-3.0").node // { type: ["string", "null"] }
 */
export function schemaFrom(node: unknown, dialect: Dialect = "2020-12"): Schema {
	const document = { value: node, dialect, file: "schema" };
	const registry = createRegistry({ documents: { get: (file) => (file === document.file ? document : undefined) } });
	const schema = schemaAt(registry, document.file, "");
	if (schema === undefined) throw new Error("a schema is an object or a boolean");
	return schema;
}
