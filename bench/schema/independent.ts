import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { parsePointer, valueAt } from "../../src/schema/reference.ts";

/**
 * A second opinion: Ajv on the documents as they are written, sharing nothing with the kit. What is not JSON Schema in
 * OpenAPI 2.0 and 3.0 is rewritten here once more, the plainest way.
 */
export interface Independent {
	/** The validator of the schema at a place, or why Ajv cannot make one. */
	compile(file: string, pointer: string): ValidateFunction | string;
}

type Node = Record<string, unknown>;

const TYPES = new Set(["null", "boolean", "object", "array", "number", "integer", "string"]);
const LISTS = ["allOf", "anyOf", "oneOf"];

export function createIndependent(options: {
	readonly open: (file: string) => unknown;
	readonly isOld: boolean;
	readonly direction: "request" | "response";
}): Independent {
	const ajv = new Ajv2020({
		strict: false,
		validateSchema: false,
		verbose: true,
		logger: false,
		inlineRefs: false,
		multipleOfPrecision: 8,
		code: { regExp: Object.assign((source: string) => createExpression(source), { code: "new RegExp" }) },
	});
	for (const [name, format] of Object.entries(fullFormats)) if (name !== "int64") ajv.addFormat(name, format as never);
	ajv.addFormat("int64", { type: "number", validate: Number.isInteger });
	ajv.addFormat("byte", {
		type: "string",
		validate: (text: string) => Buffer.from(text, "base64").length > 0 || text === "",
	});
	ajv.addFormat("uint32", { type: "number", validate: (value: number) => Number.isInteger(value) && value >= 0 });
	ajv.addFormat("uint64", { type: "number", validate: (value: number) => Number.isInteger(value) && value >= 0 });
	const opened = new Map<string, unknown>();

	function add(file: string): void {
		if (opened.has(file)) return;
		const document = rewrite(structuredClone(options.open(file) ?? {}), options) as object;
		opened.set(file, document);
		const targets = makeAbsolute(document, uriOf(file));
		ajv.addSchema(document, uriOf(file));
		for (const target of targets) add(fileOf(target));
	}

	/** A form of 2.0 is written as parameters: its schema is put together from them. */
	function formSchema(file: string, place: string): object {
		const document = options.open(file) as Node;
		const operation = parsePointer(place).slice(0, -1);
		const fields = [operation.slice(0, -1), operation].flatMap((owner) => {
			const list = valueAt(document, [...owner, "parameters"]);
			return (Array.isArray(list) ? (list as Node[]) : []).map((written, index) => ({
				parameter: follow(written, document) ?? written,
				place: [...owner, "parameters", String(index)],
			}));
		});
		const form = fields.filter(({ parameter }) => parameter.in === "formData");
		if (form.length === 0) throw new Error(`no form at ${place}`);
		const pointer = (tokens: readonly string[]) =>
			tokens.map((token) => encodeURIComponent(token.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
		return {
			type: "object",
			required: form.filter(({ parameter }) => parameter.required === true).map(({ parameter }) => parameter.name),
			properties: Object.fromEntries(
				form.map(({ parameter, place: at }) => [parameter.name, { $ref: `${uriOf(file)}#/${pointer(at)}` }]),
			),
		};
	}

	return {
		compile(file, pointer) {
			try {
				add(file);
				// A parameter or header of 2.0 is its own schema.
				const isOwn = pointer.endsWith("/schema") && valueAt(opened.get(file), parsePointer(pointer)) === undefined;
				const place = isOwn ? pointer.slice(0, -"/schema".length) : pointer;
				if (options.isOld && isOwn && place.endsWith("/requestBody")) return ajv.compile(formSchema(file, place));
				return ajv.compile({ $ref: `${uriOf(file)}#${place.split("/").map(encodeURIComponent).join("/")}` });
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
		},
	};
}

const uriOf = (file: string): string => `file://${encodeURI(file)}`;
const fileOf = (uri: string): string => decodeURI(uri.slice("file://".length));

function createExpression(source: string): { test(text: string): boolean } {
	const inner = /^\/(\^.*\$)\/[a-z]*$/s.exec(source)?.[1] ?? source;
	for (const flags of ["u", ""]) {
		try {
			return new RegExp(inner, flags);
		} catch {
			// Tried without the flag next.
		}
	}
	return { test: () => true };
}

/** Writes every reference as an absolute one, and gives the files that they lead to. */
function makeAbsolute(document: unknown, uri: string): ReadonlySet<string> {
	const files = new Set<string>();
	const seen = new Set<object>();
	const visit = (value: unknown): void => {
		if (typeof value !== "object" || value === null || seen.has(value)) return;
		seen.add(value);
		for (const [key, inner] of Object.entries(value)) {
			visit(inner);
			if (key !== "$ref" || typeof inner !== "string" || !URL.canParse(inner, uri)) continue;
			const absolute = new URL(inner, uri).href;
			(value as Node).$ref = absolute;
			if (absolute.startsWith("file:")) files.add(absolute.split("#")[0] ?? "");
		}
	};
	visit(document);
	return files;
}

function rewrite(
	document: unknown,
	{ isOld, direction }: { isOld: boolean; direction: "request" | "response" },
): unknown {
	const seen = new Set<object>();
	const flag = direction === "request" ? "readOnly" : "writeOnly";
	const visit = (value: unknown): void => {
		if (typeof value !== "object" || value === null || seen.has(value)) return;
		seen.add(value);
		if (!Array.isArray(value)) rewriteNode(value as Node, isOld);
		for (const inner of Object.values(value)) visit(inner);
	};
	const relax = (value: unknown, done: Set<object>): void => {
		if (typeof value !== "object" || value === null || done.has(value)) return;
		done.add(value);
		const root = document as Node;
		relaxRequired(value as Node, flagged(value as Node, { root, flag, depth: 0 }), root);
		for (const inner of Object.values(value)) relax(inner, done);
	};
	relax(document, new Set());
	visit(document);
	return document;
}

/** What one part of an object says of a property holds for all of them; one that is referred to is copied for it. */
function relaxRequired(node: Node, excused: ReadonlySet<string>, root: Node): void {
	if (Array.isArray(node.required)) node.required = node.required.filter((name) => !excused.has(String(name)));
	if (excused.size === 0) return;
	for (const list of LISTS.map((keyword) => node[keyword]).filter((one) => Array.isArray(one))) {
		for (const [index, part] of list.entries()) {
			if (typeof part !== "object" || part === null) continue;
			const target = follow(part as Node, root);
			const isAffected = Array.isArray(target?.required) && target.required.some((name) => excused.has(String(name)));
			if (isAffected) list[index] = structuredClone(target);
			relaxRequired(list[index] as Node, excused, root);
		}
	}
}

function flagged(node: Node, search: { root: Node; flag: string; depth: number }): Set<string> {
	const found = new Set<string>();
	if (search.depth > 6) return found;
	const deeper = { ...search, depth: search.depth + 1 };
	for (const [name, property] of Object.entries((node.properties as Node | undefined) ?? {})) {
		if (hasFlag(property, deeper)) found.add(name);
	}
	for (const part of [
		follow(node, search.root),
		...LISTS.flatMap((keyword) => (node[keyword] as Node[] | undefined) ?? []),
	]) {
		if (part !== undefined && typeof part === "object") for (const name of flagged(part, deeper)) found.add(name);
	}
	return found;
}

function hasFlag(property: unknown, search: { root: Node; flag: string; depth: number }): boolean {
	if (typeof property !== "object" || property === null || search.depth > 6) return false;
	const node = property as Node;
	if (node[search.flag] === true) return true;
	const deeper = { ...search, depth: search.depth + 1 };
	return [follow(node, search.root), ...((node.allOf as Node[] | undefined) ?? [])].some((part) =>
		hasFlag(part, deeper),
	);
}

function follow(node: Node, root: Node): Node | undefined {
	if (typeof node.$ref !== "string" || !node.$ref.startsWith("#/")) return undefined;
	let current: unknown = root;
	for (const token of node.$ref.slice(2).split("/")) {
		const name = decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
		current = (current as Node | undefined)?.[name];
	}
	return current as Node | undefined;
}

function rewriteNode(node: Node, isOld: boolean): void {
	if (isOld) rewriteOld(node);
	if (node.nullable === false) delete node.nullable;
	if (node.type === "file") node.type = "string";
	if (typeof node.type === "string" && !TYPES.has(node.type)) delete node.type;
	rewriteBound(node, "exclusiveMinimum", "minimum");
	rewriteBound(node, "exclusiveMaximum", "maximum");
	rewriteNullable(node);
	for (const keyword of ["required", "enum", ...LISTS]) {
		const value = node[keyword];
		const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
		if (!isMap && (!Array.isArray(value) || value.length === 0)) delete node[keyword];
	}
}

function rewriteOld(node: Node): void {
	if (typeof node.$id === "string") delete node.$id;
	if (Array.isArray(node.items)) {
		node.prefixItems = node.items;
		delete node.items;
	}
	if (typeof node.$ref !== "string") return;
	for (const key of Object.keys(node)) if (key !== "$ref") delete node[key];
}

function rewriteBound(node: Node, exclusive: string, bound: string): void {
	if (typeof node[exclusive] !== "boolean") return;
	const applies = node[exclusive] === true && typeof node[bound] === "number";
	delete node[exclusive];
	if (!applies) return;
	node[exclusive] = node[bound];
	delete node[bound];
}

function rewriteNullable(node: Node): void {
	if (node.nullable !== true && node["x-nullable"] !== true) return;
	delete node.nullable;
	delete node["x-nullable"];
	// By the letter it says nothing beside a combination without a type; everybody who writes it means "this or null".
	if (node.type === undefined && LISTS.some((keyword) => Array.isArray(node[keyword]))) {
		const whole = { ...node };
		for (const key of Object.keys(node)) delete node[key];
		node.anyOf = [whole, { type: "null" }];
		return;
	}
	if (typeof node.type === "string") node.type = [node.type, "null"];
	if (node.type !== undefined && Array.isArray(node.enum) && !node.enum.includes(null)) node.enum.push(null);
}
