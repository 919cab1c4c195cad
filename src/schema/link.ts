import { isOpenApi } from "./dialect.ts";
import type { Location, Locator } from "./location.ts";
import { isObject, set } from "./normalize-node.ts";
import { resolveFile, splitReference } from "./reference.ts";
import type { Scope, Scopes } from "./scope.ts";

/** A place that is being or has been normalized. */
export interface Place {
	readonly location: Location;
	readonly scope: Scope;
	/** The places around it, to see a document that contains itself (YAML aliases can do that). */
	readonly parent?: Place;
}

/** Writes the references of a place as absolute ones. */
export interface Links {
	follow(reference: string, place: Place): string;
	followDynamic(keyword: "$dynamicRef" | "$recursiveRef", reference: string, place: Place): string;
	/** A discriminator with absolute references in its mapping. */
	absoluteMapping(discriminator: Readonly<Record<string, unknown>>, place: Place): unknown;
	/** `file#pointer`; where dynamic scope matters, a name that only this registry understands. */
	referenceTo(place: Place): string;
	/** The place behind such a name. */
	scopedPlace(reference: string): Place | undefined;
}

export function createLinks(locator: Locator, scopes: Scopes): Links {
	const scoped = new Map<string, Place>();

	function follow(reference: string, place: Place): string {
		const location = locator.follow(reference, place.location);
		if (location === undefined) return danglingReference(reference, place);
		return referenceTo({ location, scope: scopes.enter(place.scope, location.resource) });
	}

	/** 2020-12 Core, section 8.2.3.2: a plain reference, unless its target is itself a dynamic anchor. */
	function followDynamic(keyword: "$dynamicRef" | "$recursiveRef", reference: string, place: Place): string {
		const nearest = keyword === "$recursiveRef" ? nearestAnchored(place) : undefined;
		const location = nearest ?? locator.follow(reference, place.location);
		if (location === undefined) return danglingReference(reference, place);
		const name = keyword === "$recursiveRef" ? "" : (splitReference(reference).fragment ?? "");
		const isDynamic = location.resource.dynamic.get(name) === location.pointer;
		const outermost = isDynamic ? place.scope.get(name) : undefined;
		const target = outermost === undefined ? location : (locator.at(outermost.file, outermost.pointer) ?? location);
		return referenceTo({ location: target, scope: scopes.enter(place.scope, target.resource) });
	}

	/** In an OpenAPI document the root is no schema: `$recursiveRef` then means the next schema around it that is anchored. */
	function nearestAnchored({ location }: Place): Location | undefined {
		if (!isOpenApi(location.resource.dialect)) return undefined;
		const { file, pointer } = location;
		for (let end = pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1)) {
			const around = locator.at(file, pointer.slice(0, end));
			if (isObject(around?.value) && around.value.$recursiveAnchor === true) return around;
		}
		return undefined;
	}

	function referenceTo(place: Place): string {
		const { file, pointer, resource } = place.location;
		const plain = `${file}#${pointer}`;
		if (place.scope === scopes.begin(resource)) return plain;
		const name = `${plain}#${scopes.nameOf(place.scope)}`;
		if (!scoped.has(name)) scoped.set(name, place);
		return name;
	}

	function absoluteMapping(discriminator: Readonly<Record<string, unknown>>, place: Place): unknown {
		if (!isObject(discriminator.mapping)) return discriminator;
		const mapping: Record<string, unknown> = {};
		for (const [value, target] of Object.entries(discriminator.mapping)) {
			if (typeof target === "string") set(mapping, value, followMapping(target, place));
		}
		return { ...discriminator, mapping };
	}

	/** A mapping names a schema of the components, or refers to one like any `$ref` (OpenAPI 3.1, section 4.8.25). */
	function followMapping(target: string, place: Place): string {
		const names = [`#/components/schemas/${target}`, `#/definitions/${target}`, target];
		const candidates = /^[\w.-]+$/.test(target) ? names : [target];
		for (const candidate of candidates) {
			if (locator.follow(candidate, place.location) !== undefined) return follow(candidate, place);
		}
		return danglingReference(target, place);
	}

	return { follow, followDynamic, absoluteMapping, referenceTo, scopedPlace: (reference) => scoped.get(reference) };
}

/** An unresolvable reference still says, absolutely, what it asked for. */
function danglingReference(reference: string, place: Place): string {
	const { file, fragment = "" } = splitReference(reference);
	return `${resolveFile(place.location.resource.uri, file)}#${fragment}`;
}
