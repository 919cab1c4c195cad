import type { Dialect } from "./dialect.ts";
import { findIdentifiers, type Identifiers, type Resource } from "./identifier.ts";
import { decodePercent, isUri, parsePointer, resolveFile, splitReference, valueAt } from "./reference.ts";

/** Gives documents by the name that references use; what it does not know stays unresolved. It must not block. */
export interface DocumentSource {
	get(file: string): RegistryDocument | undefined;
}

/** A parsed document. `file` is its one name: two documents never share it. */
export interface RegistryDocument {
	readonly value: unknown;
	readonly dialect: Dialect;
	readonly file: string;
}

/** A place in a document, with what stands there and the resource it belongs to. */
export interface Location {
	readonly file: string;
	readonly pointer: string;
	readonly value: unknown;
	readonly resource: Resource;
}

/** Finds what references mean. */
export interface Locator {
	/** The place that `file#pointer` names. */
	at(file: string, pointer: string): Location | undefined;
	/** The place that a reference means when it is written at another place. */
	follow(reference: string, from: { file: string; pointer: string; resource: Resource }): Location | undefined;
	/** The resource that a schema belongs to, given the one around it: its own when it names itself. */
	resourceOf(value: unknown, place: { file: string; pointer: string; resource: Resource }): Resource;
}

/** Names are looked up in the documents seen so far, then in the source; each document is searched for names once. */
export function createLocator(documents: DocumentSource): Locator {
	const known = new Map<string, { document: RegistryDocument; identifiers: Identifiers }>();
	const byUri = new Map<string, Resource>();

	function open(file: string) {
		const document = documents.get(file);
		if (document === undefined) return undefined;
		const opened = known.get(document.file);
		if (opened !== undefined) return opened;
		const entry = { document, identifiers: findIdentifiers(document) };
		known.set(document.file, entry);
		for (const resource of entry.identifiers.resources) {
			if (!byUri.has(resource.uri)) byUri.set(resource.uri, resource);
		}
		return entry;
	}

	function at(file: string, pointer: string): Location | undefined {
		const entry = open(file);
		if (entry === undefined || (pointer !== "" && !pointer.startsWith("/"))) return undefined;
		const value = valueAt(entry.document.value, parsePointer(pointer));
		if (value === undefined) return undefined;
		return { file: entry.document.file, pointer, value, resource: resourceAround(entry.identifiers, pointer) };
	}

	function inResource(resource: Resource, fragment: string): Location | undefined {
		if (fragment !== "" && !fragment.startsWith("/")) {
			const named = resource.anchors.get(decodePercent(fragment));
			return named === undefined ? undefined : at(resource.file, named);
		}
		const decoded = resource.pointer + decodePercent(fragment);
		return at(resource.file, decoded) ?? at(resource.file, resource.pointer + fragment);
	}

	/** What is written relative to something near by, though the letter says otherwise: the document, any ancestor. */
	function nearBy(fragment: string, from: { file: string; pointer: string }): Location | undefined {
		const entry = open(from.file);
		if (entry === undefined) return undefined;
		const inDocument = inResource(entry.identifiers.root, fragment);
		if (inDocument !== undefined) return inDocument;
		if (!fragment.startsWith("/")) return firstOf(entry.identifiers.resources, (one) => inResource(one, fragment));
		for (let end = from.pointer.length; end > 0; end = from.pointer.lastIndexOf("/", end - 1)) {
			const found = at(from.file, from.pointer.slice(0, end) + decodePercent(fragment));
			if (found !== undefined) return found;
		}
		return undefined;
	}

	function resourceNamed(name: string, from: { file: string; resource: Resource }): Resource | undefined {
		const uri = resolveFile(from.resource.uri, name);
		const own = byUri.get(uri);
		if (own !== undefined) return own;
		const files = [uri, resolveFile(from.file, name), name].flatMap((file) => [file, decodePercent(file)]);
		return firstOf(files, (file) => open(file)?.identifiers.root) ?? (isUri(name) ? byUri.get(name) : undefined);
	}

	function follow(reference: string, from: { file: string; pointer: string; resource: Resource }) {
		const { file, fragment = "" } = splitReference(reference);
		if (file === "") return inResource(from.resource, fragment) ?? nearBy(fragment, from);
		const resource = resourceNamed(file, from);
		return resource === undefined ? undefined : inResource(resource, fragment);
	}

	function resourceOf(value: unknown, place: { file: string; pointer: string; resource: Resource }): Resource {
		const names = typeof value === "object" && value !== null && ("$id" in value || "id" in value);
		return (names ? at(place.file, place.pointer)?.resource : undefined) ?? place.resource;
	}

	return { at, follow, resourceOf };
}

function firstOf<T, R>(items: Iterable<T>, find: (item: T) => R | undefined): R | undefined {
	for (const item of items) {
		const found = find(item);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The innermost resource that a pointer lies in. */
function resourceAround(identifiers: Identifiers, pointer: string): Resource {
	let best = identifiers.root;
	if (identifiers.resources.length === 1) return best;
	for (const resource of identifiers.resources) {
		const isInside = pointer === resource.pointer || pointer.startsWith(`${resource.pointer}/`);
		if (isInside && resource.pointer.length >= best.pointer.length) best = resource;
	}
	return best;
}
