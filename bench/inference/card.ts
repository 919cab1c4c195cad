import type { Contract, MediaType, Operation, Parameter, Response } from "../../src/contract/contract.ts";
import { annotation, items, nodeOf, properties, resolve, typesOf } from "../../src/schema/navigate.ts";
import type { Schema } from "../../src/schema/schema.ts";

const TEXT_MAX = 900;
const NOTE_MAX = 160;
const ERROR_MAX = 50;
const SIBLINGS_MAX = 10;
const PROPERTIES_MAX = 20;
const NESTED_MAX = 8;
const LEVELS = 3;
/** Names that may hold a key, and headers that may tell where an item or a page is: always shown. */
const KEY_LIKE = /id$|^name$|key$|uuid|slug|login|code$|number$|path$|^data$|^items$|results?$/i;
const TELLING_HEADER = /link|location|page|total|count|range|cursor|limit-|etag/i;

export interface Card {
	readonly file: string;
	readonly contract: Contract;
	readonly operation: Operation;
}

/**
 * What a person needs to judge one operation, compactly: its neighbours, parameters, texts, bodies and answers.
 * In schemas `!` marks what is required, `ro` and `wo` what is read-only and write-only.
 *
 * @example renderCard({ file: "museum.yaml", contract, operation }) // "museum.yaml  getMuseumHours\nGET /museum-hours…"
 */
export function renderCard({ file, contract, operation }: Card): string {
	const lines = [
		`${file}  (${contract.title})`,
		`${operation.method} ${operation.path}   [${operation.id}] ${operation.deprecated ? "DEPRECATED" : ""}`,
		`  text: ${cut(operation.summary, NOTE_MAX)} || ${cut(operation.description, TEXT_MAX)}`,
		...siblings(contract, operation).map((line) => `  ~ ${line}`),
		...renderParameters(operation).map((line) => `  ? ${line}`),
		...renderBody(operation),
		...operation.responses.filter(({ status }) => !isError(status)).flatMap((one) => renderResponse(operation, one)),
		...renderErrors(operation),
		...neighbours(contract, operation).map((line) => `  = ${line}`),
	];
	return `${lines.join("\n")}\n`;
}

function cut(text: string | undefined, length: number): string {
	const flat = (text ?? "-").replace(/\s+/g, " ").trim();
	return flat.length > length ? `${flat.slice(0, length)}…` : flat;
}

/** The paths around an operation: its ancestors, and those that share its prefix, each with its methods. */
function siblings(contract: Contract, operation: Operation): readonly string[] {
	const methods = new Map<string, string[]>();
	for (const { path, method } of contract.operations) methods.set(path, [...(methods.get(path) ?? []), method]);
	const near = [...methods.keys()].filter((path) => isNear(path, operation.path));
	const shown = near.toSorted((a, b) => distance(a, operation.path) - distance(b, operation.path));
	const more = shown.length > SIBLINGS_MAX ? [`… ${shown.length - SIBLINGS_MAX} more`] : [];
	return [...shown.slice(0, SIBLINGS_MAX).map((path) => `${path} ${methods.get(path)?.join(" ")}`), ...more];
}

function isNear(path: string, own: string): boolean {
	const stems = literalStems(own);
	const last = stems.at(-1);
	return own.startsWith(`${path}/`) || (last !== undefined && path.startsWith(last)) || path.startsWith(`${own}/`);
}

/** The prefixes that end behind a literal word, and for the last one also the prefix before it when that has a literal. */
function literalStems(path: string): readonly string[] {
	const segments = path.split("/").filter((segment) => segment !== "");
	const literal = segments.map((segment) => !segment.startsWith("{") && !/^(v\d+|api|rest)$/i.test(segment));
	const last = literal.lastIndexOf(true);
	const before = literal.slice(0, Math.max(last, 0)).lastIndexOf(true);
	const upTo = (index: number): string => `/${segments.slice(0, index).join("/")}`;
	const stem = upTo(last + 1).replace(/[^A-Za-z0-9/_{}-].*$/, "");
	return before >= 0 ? [stem, upTo(last)] : [stem];
}

function distance(path: string, own: string): number {
	const mine = own.split("/");
	const theirs = path.split("/");
	const common = mine.findIndex((segment, index) => theirs[index] !== segment);
	const shared = common === -1 ? mine.length : common;
	return mine.length + theirs.length - 2 * shared;
}

/** Headers say little about what an operation does: their names are enough. */
function renderParameters({ parameters }: Operation): readonly string[] {
	const headers = parameters.filter((one) => one.in === "header").map(({ name, required }) => mark(name, required));
	const others = parameters.filter((one) => one.in !== "header").map(renderParameter);
	return headers.length === 0 ? others : [...others, cut(`headers ${headers.join(", ")}`, TEXT_MAX)];
}

function mark(name: string, required: boolean): string {
	return required ? `${name}!` : name;
}

function renderParameter({ name, in: place, required, schema, description }: Parameter): string {
	const type = schema === undefined ? "?" : renderSchema(schema, 1);
	return `${place} ${mark(name, required)}: ${type} -- ${cut(description, NOTE_MAX)}`;
}

function renderBody({ body }: Operation): readonly string[] {
	if (body === undefined) return [];
	return [
		`  > body${body.required ? "!" : ""} ${cut(body.description, NOTE_MAX)}`,
		`      ${renderContent(body.content)}`,
	];
}

/** The JSON body, or the first, and the names of the other media types. */
function renderContent(content: readonly MediaType[]): string {
	const first = content.find(({ name }) => name.includes("json")) ?? content[0];
	const others = content.filter((media) => media !== first).map(({ name }) => name);
	const more = others.length > 0 ? ` (or ${cut(others.join(", "), NOTE_MAX)})` : "";
	return first === undefined ? "(no content)" : `${renderMedia(first)}${more}`;
}

function renderMedia({ name, schema, itemSchema }: MediaType): string {
	const one = schema ?? itemSchema;
	return `${name}: ${one === undefined ? "(no schema)" : renderSchema(one, LEVELS)}`;
}

function renderResponse(operation: Operation, response: Response): readonly string[] {
	const { status, description, headers, content, links } = response;
	const telling = headers.filter(({ name }) => TELLING_HEADER.test(name));
	const extra = [...telling.map(({ name }) => `header ${name}`), ...links.map(({ name }) => `link ${name}`)];
	const head = `  < ${status} ${cut(description, NOTE_MAX)} ${extra.join(", ")}`;
	const isFirst = operation.responses.find(({ content }) => content.length > 0) === response;
	if (content.length === 0) return [head];
	const names = content.map(({ name }) => name).join(", ");
	return [head, `      ${/^d/i.test(status) && !isFirst ? names : renderContent(content)}`];
}

function isError(status: string): boolean {
	return /^[45]/.test(status);
}

function renderErrors({ responses }: Operation): readonly string[] {
	const errors = responses.filter(({ status }) => isError(status));
	const shown = errors.map(({ status, description }) => `${status} ${cut(description, ERROR_MAX)}`);
	return shown.length === 0 ? [] : [`  < errors: ${shown.join("; ")}`];
}

/**
 * What a GET of the item, or of the collection around it, shows, and what is sent to create one: there one sees which
 * property holds the key, and who chooses it.
 */
function neighbours(contract: Contract, own: Operation): readonly string[] {
	const within = (method: string, isWanted: (path: string) => boolean): Operation | undefined => {
		return contract.operations.find((one) => one !== own && one.method === method && isWanted(one.path));
	};
	const isItem = (path: string): boolean => path === own.path || isItemOf(path, own.path);
	const isAround = (path: string): boolean => path === own.path || isItemOf(own.path, path);
	const isReader = own.method === "GET" && own.path.endsWith("}");
	const reader = isReader ? undefined : (within("GET", isItem) ?? within("GET", isAround));
	const success = reader?.responses.find(({ status, content }) => status.startsWith("2") && content.length > 0);
	const maker = own.method === "POST" ? undefined : (within("POST", isAround) ?? within("PUT", isItem));
	return [
		...neighbour(reader, "gives", success?.content[0]?.schema),
		...neighbour(maker, "takes", maker?.body?.content[0]?.schema),
	];
}

function isItemOf(path: string, around: string): boolean {
	const collection = around.replace(/\/$/, "");
	return path.startsWith(`${collection}/{`) && path.indexOf("/", collection.length + 1) === -1;
}

function neighbour(operation: Operation | undefined, verb: string, schema: Schema | undefined): readonly string[] {
	if (operation === undefined || schema === undefined) return [];
	return [`${operation.method} ${operation.path} ${verb} ${renderSchema(schema, 2)}`];
}

function renderSchema(schema: Schema, levels: number): string {
	const marks = [annotation(schema, "readOnly") === true && "ro", annotation(schema, "writeOnly") === true && "wo"];
	const note = marks.filter((mark) => mark !== false).map((mark) => ` ${mark}`);
	return `${renderShape(schema, levels)}${note.join("")}`;
}

function renderShape(schema: Schema, levels: number): string {
	if (levels < 0) return "…";
	const types = typesOf(schema);
	const element = items(schema);
	const shapes = [
		...(properties(schema).length > 0 ? [renderProperties(schema, levels)] : []),
		...(element === undefined
			? []
			: [`[${renderSchema(element, items(element) === undefined ? levels : levels - 1)}]`]),
	];
	if (shapes.length > 0) return shapes.join(" or ");
	const format = annotation(schema, "format");
	const node = nodeOf(resolve(schema));
	const listed = Array.isArray(node.enum) ? ` one of ${cut(node.enum.join(" "), 60)}` : "";
	const map = typeof node.additionalProperties === "object" ? " map" : "";
	return `${types.join("/") || "any"}${format === undefined ? "" : `<${String(format)}>`}${map}${listed}`;
}

function renderProperties(schema: Schema, levels: number): string {
	if (levels <= 0) return "{…}";
	const limit = levels === LEVELS ? PROPERTIES_MAX : NESTED_MAX;
	const named = properties(schema);
	const kept = named.filter(({ name }, index) => index < limit || (KEY_LIKE.test(name) && index < 4 * limit));
	const shown = kept.map((property) => {
		const depth = property.schema.node === schema.node ? 0 : levels - 1;
		return `${property.name}${property.required ? "!" : ""}: ${renderSchema(property.schema, depth)}`;
	});
	const more = named.length > kept.length ? [`… ${named.length - kept.length} more`] : [];
	return `${schemaName(schema)}{ ${[...shown, ...more].join(", ")} }`;
}

function schemaName(schema: Schema): string {
	const name = /\/(?:schemas|definitions)\/([^/]+)$/.exec(resolve(schema).source.pointer)?.[1];
	return name === undefined ? "" : `${name} `;
}
