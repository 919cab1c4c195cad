import type { Source } from "../problem/source.ts";
import { decodePercent, extendPointer, parsePointer, resolveFile, splitReference } from "../schema/reference.ts";
import { type Context, reportAt } from "./context.ts";
import { didYouMean } from "./did-you-mean.ts";
import { REFERENCE_HOPS_MAX } from "./limit.ts";
import { field, isObject, kindOf, type RawObject } from "./node.ts";
import { child, isMapPart, type Part, partAt } from "./part.ts";

/** Why a reference leads nowhere, as the end of a sentence. */
export interface DeadEnd {
	readonly reason: string;
	readonly hint?: string;
}

/**
 * Follows `$ref`s until a map stands there that is none. Undefined, and listed with the place of the `$ref`, when it
 * leads nowhere, in a circle, or to something that is no map.
 *
 * @example follow(context, child(operation, "requestBody"))
 */
export function follow(context: Context, part: Part | undefined): Part<RawObject> | undefined {
	const found = part === undefined ? undefined : chase(context, part);
	if (part === undefined || found === undefined) return undefined;
	if (isMapPart(found)) return found;
	reportAt(context, part, { code: "invalid-part", message: `a map belongs here, and here is ${kindOf(found.value)}` });
	return undefined;
}

/**
 * The part under a key, behind its `$ref` when it has one: whole maps and lists are kept in files of their own, too,
 * which the specification allows for few of them.
 *
 * @example fieldsOf(enter(context, root, "paths"))
 */
export function enter(context: Context, part: Part, key: string): Part | undefined {
	const found = child(part, key);
	return found === undefined ? undefined : chase(context, found);
}

/** Follows `$ref`s until something stands there that is none. */
function chase(context: Context, part: Part): Part | undefined {
	const seen = new Set<string>();
	let current = part;
	for (let hops = 0; hops < REFERENCE_HOPS_MAX; hops++) {
		const reference = field(current.value, "$ref");
		if (typeof reference !== "string") return current;
		const next = resolveReference(context, reference, current.source);
		const end = "reason" in next ? next : circleEnd(next, seen);
		if (end !== undefined) {
			reportBroken(context, current, reference, end);
			return undefined;
		}
		current = withRemarks(context, current, next as Part);
	}
	reportBroken(context, part, String(field(part.value, "$ref")), { reason: "it leads from reference to reference" });
	return undefined;
}

function circleEnd(next: Part | DeadEnd, seen: Set<string>): DeadEnd | undefined {
	if ("reason" in next) return next;
	const name = `${next.source.file}#${next.source.pointer}`;
	if (seen.has(name)) return { reason: "it leads back to itself" };
	seen.add(name);
	return undefined;
}

/** Since 3.1 a `summary` and `description` beside a `$ref` take the place of the target's (Reference Object). */
function withRemarks(context: Context, reference: Part, target: Part): Part {
	if (context.version === "2.0" || context.version === "3.0" || !isObject(target.value)) return target;
	const { summary, description } = reference.value as RawObject;
	if (typeof summary !== "string" && typeof description !== "string") return target;
	const remarks = {
		...(typeof summary === "string" && { summary }),
		...(typeof description === "string" && { description }),
	};
	return { value: { ...target.value, ...remarks }, source: target.source };
}

/** Lists a `$ref` that leads nowhere. */
export function reportBroken(context: Context, part: Part, reference: string, end: DeadEnd): void {
	const { reason, ...hint } = end;
	reportAt(context, partAt(part, "$ref", reference), {
		code: "broken-reference",
		message: `$ref "${reference}" leads nowhere: ${reason}`,
		...hint,
	});
}

/**
 * The part that a reference means when it stands at `from`: `#/pointer`, `file`, `file#/pointer` or a URL, relative to
 * the file that it stands in (RFC 3986 section 5, RFC 6901 section 6).
 */
export function resolveReference(context: Context, reference: string, from: Source): Part | DeadEnd {
	return seek(context, { reference, from, hops: 0 });
}

interface Quest {
	readonly reference: string;
	readonly from: Source;
	/** References that were followed on the way to the one that was asked for. */
	readonly hops: number;
}

function seek(context: Context, quest: Quest): Part | DeadEnd {
	if (quest.hops > REFERENCE_HOPS_MAX) return { reason: "it leads from reference to reference" };
	const { file: name, fragment = "" } = splitReference(quest.reference);
	const file = name === "" ? quest.from.file : resolveFile(quest.from.file, name);
	const document = context.documents.get(file === selfOf(context) ? context.root.source.file : file);
	if (document === undefined) return fileEnd(context, file);
	if (fragment !== "" && !fragment.startsWith("/")) return { reason: `nothing is called "#${fragment}"` };
	const root: Part = { value: document.value, source: { file: document.file, pointer: "" } };
	return walk(context, { part: root, tokens: parsePointer(fragment), hops: quest.hops });
}

/** The name that a document of 3.2 gives itself: references may use it instead of `#`. */
function selfOf(context: Context): string | undefined {
	const self = field(context.root.value, "$self");
	return typeof self === "string" ? self : undefined;
}

function fileEnd(context: Context, file: string): DeadEnd {
	const [fault] = context.documents.faults(file);
	if (fault === undefined) return { reason: `${file} cannot be read` };
	const line = fault.place?.line === undefined ? "" : ` (${file}, line ${fault.place.line})`;
	return { reason: `${fault.message}${line}`, ...(fault.hint !== undefined && { hint: fault.hint }) };
}

interface Way {
	readonly part: Part;
	readonly tokens: readonly string[];
	readonly hops: number;
}

/** Percent escapes in a pointer are decoded unless the key is written with them. References on the way are followed. */
function walk(context: Context, way: Way): Part | DeadEnd {
	let current = way.part;
	for (const [index, token] of way.tokens.entries()) {
		const key = own(current.value, token) === undefined ? decodePercent(token) : token;
		const value = own(current.value, key);
		if (value === undefined) return detour(context, { part: current, tokens: way.tokens.slice(index), hops: way.hops });
		current = partAt(current, key, value);
	}
	return current;
}

/** The next token is not here; when a `$ref` stands here instead, it may be where that leads. */
function detour(context: Context, way: Way): Part | DeadEnd {
	const reference = field(way.part.value, "$ref");
	if (typeof reference !== "string") return missing(way.part, decodePercent(way.tokens[0] ?? ""));
	const target = seek(context, { reference, from: way.part.source, hops: way.hops + 1 });
	return "reason" in target ? target : walk(context, { part: target, tokens: way.tokens, hops: way.hops + 1 });
}

function own(value: unknown, token: string): unknown {
	if (Array.isArray(value)) return /^\d+$/.test(token) ? (value[Number(token)] as unknown) : undefined;
	return field(value, token);
}

function missing(parent: Part, token: string): DeadEnd {
	const { file, pointer } = parent.source;
	const reason = `there is no "${token}" at ${pointer === "" ? `the root of ${file}` : `${file}#${pointer}`}`;
	const meant = isMapPart(parent) ? didYouMean(token, Object.keys(parent.value)) : undefined;
	if (meant === undefined) return { reason };
	return { reason, hint: `did you mean "#${extendPointer(pointer, [meant])}"?` };
}
