import type { MediaType, Operation } from "../../contract/contract.ts";
import type { Effect } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import type { Merge } from "../law/merge.ts";
import { plainEffect } from "../plain-effect.ts";
import { holdsMembers } from "../resource.ts";
import type { Acting, Inferred } from "./effect.ts";
import { listAt, listIn, oneIn, plainTypes, propertiesOf, successSchema } from "./shown.ts";

type Convention = (acting: Acting) => Inferred | undefined;

/** What a method does by convention, where the place and the body allow it (RFC 9110, 9.3; RFC 5789). */
export function byConvention(acting: Acting): Inferred | undefined {
	return CONVENTIONS[acting.place.operation.method]?.(acting);
}

const CONVENTIONS: Readonly<Record<string, Convention>> = {
	GET: (acting) => reads(acting, "GET shows what is there, RFC 9110 9.3.1"),
	HEAD: (acting) => reads(acting, "HEAD tells of what is there, RFC 9110 9.3.2"),
	QUERY: safe,
	OPTIONS: safe,
	TRACE: safe,
	POST: posts,
	PUT: puts,
	PATCH: patches,
	DELETE: deletes,
};

function standard(text: string, effect: Effect): Inferred {
	return { effect, evidence: [{ kind: "convention", text }] };
}

function unclear(reason: string): Inferred {
	return { effect: { kind: "opaque" }, evidence: [], reason };
}

function safe({ place }: Acting): Inferred {
	return standard(`${place.operation.method} is safe, RFC 9110 9.2.1`, { kind: "none" });
}

/** Whether the path names all that the resource holds, and not one item of it. */
function isWhole({ place, resource }: Acting): boolean {
	return !place.onItem && resource.kind !== "singleton";
}

function reads(acting: Acting, text: string): Inferred {
	const { place, resource } = acting;
	const schema = successSchema(place.operation);
	if (!isWhole(acting)) {
		const showsSeveral = place.onItem && schema !== undefined && listAt(schema, "") !== undefined;
		return showsSeveral ? safe(acting) : standard(text, plainEffect("read", resource.name));
	}
	const showsOther = schema !== undefined && listIn(schema, resource.name) === undefined;
	return showsOther ? safe(acting) : standard(text, plainEffect("list", resource.name));
}

function posts(acting: Acting): Inferred | undefined {
	const { place, resource, taken } = acting;
	if (!isWhole(acting)) return undefined;
	if (holdsMembers(resource)) {
		if (taken.kind !== "members") return unclear("its body is no plain list of the members");
		return standard("POST adds, RFC 9110 9.3.3", plainEffect("append", resource.name));
	}
	if (resource.kind === "log") return undefined;
	if (
		taken.kind === "members" ||
		(taken.kind === "other" && place.operation.body !== undefined && isSeveral(taken.what))
	)
		return unclear("its body carries several items at once");
	const shown = successSchema(place.operation);
	if (shown !== undefined && listAt(shown, "") !== undefined) return unclear("its answer shows several items");
	return standard("POST adds an item, RFC 9110 9.3.3", plainEffect("create", resource.name));
}

function isSeveral(what: string): boolean {
	return !what.startsWith("something");
}

function puts(acting: Acting): Inferred | undefined {
	const { place, resource, taken } = acting;
	const text = "PUT replaces, RFC 9110 9.3.4";
	if (holdsMembers(resource)) {
		if (place.onItem)
			return standard("PUT makes what its path names, RFC 9110 9.3.4", plainEffect("append", resource.name));
		if (taken.kind !== "members") return unclear("its body is no plain list of the members");
		return standard(text, plainEffect("replace", resource.name));
	}
	// A PUT on a collection of items replaces nothing that we know.
	if (isWhole(acting)) return undefined;
	if (resource.kind !== "singleton") {
		const making = makes(acting);
		if (making !== undefined) return { effect: plainEffect("upsert", resource.name), evidence: [making] };
	}
	if (taken.kind === "nothing") return unclear("it has no body");
	if (taken.kind !== "item") return unclear(`its body carries ${whatOf(taken)}`);
	if (isPartial(acting)) return standard("PUT changes what its body can hold", unclearMerge(resource.name));
	return standard(text, plainEffect("replace", resource.name));
}

function plainMerge(resource: string): Merge {
	return { kind: "merge", resource, does: "merge" };
}

/** "Update" does not say what becomes of what is not sent. */
export function unclearMerge(resource: string): Effect {
	return { ...plainMerge(resource), orElse: ["overwrite", "deep-merge"] };
}

/**
 * Why a PUT also makes the item: 201 is documented, or nothing else makes one and nothing says that it must be there: no
 * 404, and no sentence that it updates.
 */
function makes({ place, resource, made, taken, updates }: Acting): Evidence | undefined {
	const { operation } = place;
	if (taken.kind === "other" || taken.kind === "members") return undefined;
	const documented = operation.responses.find(({ status }) => status === "201");
	const mustBeThere = operation.responses.some(({ status }) => status === "404" || status === "410");
	const isOnly = made === undefined && resource.key?.made === "client";
	// Generators document 201 and 404 for every PUT; beside 200 and without 404, 201 was written on purpose.
	const isMeant = !mustBeThere && operation.responses.some(({ status }) => status === "200" || status === "204");
	if (documented !== undefined && (isOnly || isMeant))
		return { kind: "schema", text: "201 is documented: PUT makes the item, RFC 9110 9.3.4", source: documented.source };
	if (!isOnly || mustBeThere || updates) return undefined;
	return { kind: "convention", text: "PUT makes or replaces, and nothing else makes an item, RFC 9110 9.3.4" };
}

/** The body lacks fields that an item can be made with: to replace the whole would lose them. */
function isPartial({ made, taken, resource }: Acting): boolean {
	if (made === undefined || taken.kind !== "item") return false;
	const held = new Set(propertiesOf(taken.schema).map(({ name }) => name));
	return [...made].some((name) => !held.has(name) && name !== resource.key?.property);
}

function whatOf(taken: Acting["taken"]): string {
	return taken.kind === "other" ? taken.what : "plain values";
}

function patches(acting: Acting): Inferred | undefined {
	const { place, resource, taken } = acting;
	if (isWhole(acting)) return undefined;
	if (taken.kind === "nothing") return unclear("it has no body");
	const format = jsonPatchIn(place.operation);
	if (format !== undefined) return patchesBy(acting, format);
	if (taken.kind !== "item") return unclear(`its body carries ${whatOf(taken)}`);
	const isDeep = isMergePatch(place.operation);
	if (isDeep)
		return standard("a merge patch changes what is sent, RFC 7396", {
			...plainMerge(resource.name),
			does: "deep-merge",
		});
	// Whether an object inside is changed or replaced, no standard says.
	return standard("PATCH changes what is sent, RFC 5789", { ...plainMerge(resource.name), orElse: ["deep-merge"] });
}

/** Where a JSON Patch is all that an operation takes; where it is one of several formats, nobody knows which is meant. */
function jsonPatchIn({ body }: Operation): MediaType | undefined {
	const content = body?.content ?? [];
	const [first] = content;
	const isList = first?.schema !== undefined && plainTypes(first.schema).join() === "array";
	return isList && content.every(({ name }) => name.startsWith("application/json-patch")) ? first : undefined;
}

/** The paths of a patch begin at what the resource is shown as: inside an envelope nobody knows where. */
function patchesBy({ place, resource }: Acting, { source }: MediaType): Inferred {
	const shown = successSchema(place.operation);
	const isWrapped = shown !== undefined && (oneIn(shown, resource.name)?.at ?? "") !== "";
	if (holdsMembers(resource) || isWrapped) return unclear("nothing says where the paths of its patches begin");
	return {
		effect: plainEffect("patch", resource.name),
		evidence: [{ kind: "schema", text: "a JSON Patch is taken, RFC 6902", source }],
	};
}

function isMergePatch({ body }: Operation): boolean {
	const names = body?.content.map(({ name }) => name) ?? [];
	return names.length > 0 && names.every((name) => name.startsWith("application/merge-patch"));
}

function deletes(acting: Acting): Inferred | undefined {
	const { place, resource } = acting;
	const text = "DELETE removes, RFC 9110 9.3.5";
	if (!isWhole(acting)) return standard(text, plainEffect("remove", resource.name));
	const { body, parameters } = place.operation;
	if (body !== undefined || parameters.some(({ in: where }) => where === "query"))
		return unclear("what it removes depends on what it is sent");
	return standard(text, plainEffect("clear", resource.name));
}
