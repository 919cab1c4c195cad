import { identify, isObject, isServerValue, propertyOf, type Value } from "./value.ts";

/**
 * How a patch is applied. `apply` as RFC 6902 says; the others are mistakes: `merge` merges an object into what stands
 * there, `first-only` stops after the first operation, `keep-removed` takes nothing away, and an `add` to a list
 * replaces the element there, replaces the whole list, or goes to the end wherever it was aimed at.
 */
export type PatchWay =
	| "apply"
	| "merge"
	| "first-only"
	| "keep-removed"
	| "add-replaces-element"
	| "add-replaces-list"
	| "add-appends";

export type Patched =
	| { readonly kind: "done"; readonly document: Value }
	/** The operation at this index cannot be applied; `document` is what those before it have made. */
	| { readonly kind: "failed"; readonly at: number; readonly why: string; readonly document: Value }
	/** It depends on a value that only the server knows. */
	| { readonly kind: "unknown" };

export interface Applying {
	readonly way?: PatchWay;
	/** Operations that fail are left out, and the others are applied. */
	readonly skips?: boolean;
	/** A `test` that fails is no failure. */
	readonly tests?: boolean;
}

/** One operation of a patch, read. */
type Step = (document: Value) => Value;

/**
 * Applies a JSON Patch (RFC 6902) to a document in which the server's own values may stand as symbols. Pure.
 *
 * @example patchedBy({ tags: ["a"] }, [{ op: "add", path: "/tags/-", value: "b" }]) // { kind: "done", document: { tags: ["a", "b"] } }
 */
export function patchedBy(document: Value, patch: Value | undefined, applying: Applying = {}): Patched {
	const operations = applying.way === "first-only" ? operationsOf(patch).slice(0, 1) : operationsOf(patch);
	let current = document;
	for (const [at, operation] of operations.entries()) {
		const after = applied(current, operation, applying);
		if (after instanceof Unknown) return { kind: "unknown" };
		if (!(after instanceof Failure)) current = after;
		else if (applying.skips !== true) return { kind: "failed", at, why: after.message, document: current };
	}
	return { kind: "done", document: current };
}

function operationsOf(patch: Value | undefined): readonly Value[] {
	return Array.isArray(patch) ? (patch as readonly Value[]) : [];
}

function applied(document: Value, operation: Value, applying: Applying): Value | Failure | Unknown {
	try {
		return readStep(operation, applying)(document);
	} catch (error) {
		if (error instanceof Unknown || error instanceof Failure) return error;
		throw error;
	}
}

/** The top-level members that a patch may change. */
export function touchedBy(patch: Value | undefined): ReadonlySet<string> {
	const paths = operationsOf(patch).flatMap((one) => {
		if (!isObject(one) || one.op === "test" || one.op === undefined) return [];
		return one.op === "move" ? [one.path, one.from] : [one.path];
	});
	return new Set(paths.flatMap((path) => (typeof path === "string" ? tokensOf(path).slice(0, 1) : [])));
}

/** An operation that cannot be applied. */
class Failure extends Error {}

/** What happens depends on what nobody but the server knows. */
class Unknown extends Error {}

function readStep(operation: Value, { way = "apply", tests = true }: Applying): Step {
	if (!isObject(operation)) throw new Failure("an operation is an object");
	const { op, value } = operation;
	const path = pointerIn(operation, "path");
	const needed = (): Value => {
		if (value === undefined) throw new Failure(`"${String(op)}" needs a value`);
		return value;
	};
	switch (op) {
		case "add":
			return (document) => add(document, path, { value: needed(), way });
		case "remove":
			return (document) => (way === "keep-removed" ? keep(document, path) : remove(document, path));
		case "replace":
			return (document) => put(keep(document, path), path, { value: needed(), way });
		case "move": {
			const from = pointerIn(operation, "from");
			if (from.length < path.length && from.every((token, index) => token === path[index]))
				throw new Failure("nothing can be moved into itself");
			return (document) => add(remove(document, from), path, { value: at(document, from), way });
		}
		case "copy": {
			const from = pointerIn(operation, "from");
			return (document) => add(document, path, { value: at(document, from), way });
		}
		case "test":
			return (document) => (tests ? test(document, path, needed()) : document);
		default:
			throw new Failure(`no operation is called "${String(op)}"`);
	}
}

function pointerIn(operation: { readonly [name: string]: Value }, name: "path" | "from"): readonly string[] {
	const pointer = operation[name];
	if (typeof pointer !== "string" || (pointer !== "" && !pointer.startsWith("/")))
		throw new Failure(`"${name}" is no JSON Pointer`);
	return tokensOf(pointer);
}

function tokensOf(pointer: string): readonly string[] {
	return pointer
		.split("/")
		.slice(1)
		.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What stands there; a failure where nothing does. */
function at(document: Value, path: readonly string[]): Value {
	return path.reduce((inner, token): Value => {
		known(inner);
		const found = Array.isArray(inner)
			? (inner as readonly Value[])[indexIn(token, inner.length - 1)]
			: isObject(inner) && Object.hasOwn(inner, token)
				? inner[token]
				: undefined;
		if (found === undefined) throw new Failure(`nothing stands at /${path.join("/")}`);
		return found;
	}, document);
}

/** The document, when something stands there for certain: what nobody set may be absent. */
function keep(document: Value, path: readonly string[]): Value {
	const found = at(document, path);
	if (path.length > 0) known(found);
	return document;
}

function known(value: Value): void {
	if (isServerValue(value)) throw new Unknown();
}

/** The place of an element (RFC 6901, section 4): digits without a zero in front. */
function indexIn(token: string, most: number): number {
	if (!/^(?:0|[1-9]\d{0,8})$/.test(token) || Number(token) > most) throw new Failure(`there is no element ${token}`);
	return Number(token);
}

interface Putting {
	readonly value: Value;
	readonly way: PatchWay;
}

/** The document with what holds the last token of a path changed. */
function within(document: Value, path: readonly string[], change: (holder: Value, last: string) => Value): Value {
	const [token, ...rest] = path;
	if (token === undefined) return document;
	if (rest.length === 0) return change(document, token);
	const inner = within(at(document, [token]), rest, change);
	return Array.isArray(document)
		? (document as readonly Value[]).with(Number(token), inner)
		: { ...(document as object), [token]: inner };
}

function add(document: Value, path: readonly string[], putting: Putting): Value {
	const { value, way } = putting;
	if (path.length === 0) return value;
	const end = path.at(-1);
	const holder = at(document, path.slice(0, -1));
	if (way === "add-replaces-list" && Array.isArray(holder))
		return put(document, path.slice(0, -1), { value: [value], way });
	return within(document, path, (inner, last) => {
		known(inner);
		if (!Array.isArray(inner)) return withMember(inner, last, putting);
		const list = inner as readonly Value[];
		const index = end === "-" ? list.length : indexIn(last, list.length);
		if (way === "add-replaces-element" && index < list.length) return list.with(index, value);
		return list.toSpliced(way === "add-appends" ? list.length : index, 0, value);
	});
}

/** Sets what stands at a path that is known to be there. */
function put(document: Value, path: readonly string[], putting: Putting): Value {
	if (path.length === 0) return mergedInto(document, putting);
	return within(document, path, (inner, last) =>
		Array.isArray(inner)
			? (inner as readonly Value[]).with(Number(last), mergedInto(at(inner, [last]), putting))
			: withMember(inner, last, putting),
	);
}

function withMember(holder: Value, name: string, putting: Putting): Value {
	if (!isObject(holder)) throw new Failure(`${name} is a member of nothing`);
	return { ...holder, [name]: mergedInto(propertyOf(holder, name), putting) };
}

function mergedInto(before: Value | undefined, { value, way }: Putting): Value {
	return way === "merge" && isObject(before) && isObject(value) ? { ...before, ...value } : value;
}

function remove(document: Value, path: readonly string[]): Value {
	keep(document, path);
	if (path.length === 0) throw new Failure("the whole document cannot be taken away");
	return within(document, path, (inner, last) =>
		Array.isArray(inner)
			? (inner as readonly Value[]).toSpliced(Number(last), 1)
			: Object.fromEntries(Object.entries(inner as object).filter(([name]) => name !== last)),
	);
}

function test(document: Value, path: readonly string[], wanted: Value): Value {
	const found = at(document, path);
	if (holdsServerValue(found)) throw new Unknown();
	if (identify(found) !== identify(wanted)) throw new Failure(`/${path.join("/")} holds something else`);
	return document;
}

/** Whether a symbol stands anywhere in a value. */
export function holdsServerValue(value: Value): boolean {
	if (isServerValue(value)) return true;
	if (Array.isArray(value)) return (value as readonly Value[]).some(holdsServerValue);
	return isObject(value) && Object.values(value).some(holdsServerValue);
}
