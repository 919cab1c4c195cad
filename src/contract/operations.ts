import { type Context, reportAt } from "./context.ts";
import type { Operation, SecurityScheme } from "./contract.ts";
import { hintOf } from "./did-you-mean.ts";
import { textField } from "./node.ts";
import { normalizeOperation, type RawOperation } from "./operation.ts";
import { child, fieldsOf, type Part } from "./part.ts";
import { follow } from "./reference.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const OTHER_FIELDS = ["$ref", "summary", "description", "servers", "parameters", "additionalOperations"];

/**
 * All operations, in document order. Operations without an id get one made of method and path; of those that share an
 * id all but the first get a number.
 */
export function normalizeOperations(
	context: Context,
	schemes: () => ReadonlyMap<string, SecurityScheme>,
): readonly Operation[] {
	const taken = new Map<string, number>();
	return findOperations(context).map((found) => {
		const id = uniqueId(context, found, taken);
		taken.set(id, 1);
		return normalizeOperation(context, { ...found, id }, schemes);
	});
}

type Found = Omit<RawOperation, "id">;

function findOperations(context: Context): readonly Found[] {
	return fieldsOf(follow(context, child(context.root, "paths"))).flatMap(([path, raw]) => {
		if (!path.startsWith("/")) {
			const message = `the path "${path}" does not begin with a slash; it is read as "/${path}"`;
			reportAt(context, raw, { code: "invalid-path", message });
		}
		const target = follow(context, raw);
		if (target === undefined) return [];
		// Fields beside the `$ref` of a path item are merged with what it leads to; those beside it win.
		return operationsOf(context, path, target.value === raw.value ? [target] : [target, raw]);
	});
}

function operationsOf(context: Context, path: string, pathItems: readonly Part[]): readonly Found[] {
	const fields = new Map(pathItems.flatMap(fieldsOf));
	const methods = context.version === "3.2" ? [...METHODS, "query"] : METHODS;
	return [...fields].flatMap(([key, raw]) => {
		if (methods.includes(key)) return found(key.toUpperCase(), raw);
		if (key === "additionalOperations" && context.version === "3.2")
			return fieldsOf(raw).flatMap(([method, part]) => found(method, part));
		if (!OTHER_FIELDS.includes(key)) reportUnknown(context, raw, { key, methods });
		return [];
	});

	function found(method: string, raw: Part): readonly Found[] {
		const part = follow(context, raw);
		return part === undefined ? [] : [{ method, path, pathItems, part }];
	}
}

function reportUnknown(
	context: Context,
	part: Part,
	{ key, methods }: { readonly key: string; readonly methods: readonly string[] },
): void {
	const message = `"${key}" is no method and no other field of a path; it is left out`;
	reportAt(context, part, { code: "unknown-key", message, ...hintOf(key, [...methods, ...OTHER_FIELDS]) });
}

/** @param taken ids in use, with the last number that was tried for each */
function uniqueId(context: Context, { method, path, part }: Found, taken: Map<string, number>): string {
	const written = textField(part.value, "operationId");
	const id = written === undefined || written === "" ? `${method.toLowerCase()} ${path}` : written;
	const last = taken.get(id);
	if (last === undefined) return id;
	let number = last + 1;
	while (taken.has(`${id}-${number}`)) number++;
	taken.set(id, number);
	const message = `the operationId "${id}" is used twice; ${method} ${path} is called "${id}-${number}"`;
	reportAt(context, child(part, "operationId") ?? part, { code: "duplicate-operation-id", message });
	return `${id}-${number}`;
}
