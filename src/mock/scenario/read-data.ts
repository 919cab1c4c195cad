import { isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { hintOf } from "../../contract/did-you-mean.ts";
import type { Json } from "../../http/exchange.ts";
import type { Resource } from "../../model/resource.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Scenario, SeedData } from "./scenario.ts";
import { nameOf, type ScenarioReader } from "./scenario-reader.ts";

/** More than this is no seed data. */
const COUNT_MAX = 1_000_000;

/** Reads and checks `data`: by resource, how many items or which ones. */
export function readData(node: unknown, reader: ScenarioReader): Scenario["data"] {
	const data = new Map<string, SeedData>();
	if (node === undefined) return data;
	if (!isMap(node)) {
		reader.complain("scenario-form", "`data` is an object by resource", node);
		return data;
	}
	const names = [...reader.model.resources.keys()];
	for (const { key, value } of node.items) {
		const name = nameOf(key);
		const resource = reader.model.resources.get(name);
		if (resource === undefined) {
			const hint = { hint: `there are ${names.join(", ")}`, ...hintOf(name, names) };
			reader.complain("unknown-resource", `no resource is called "${name}"`, key, hint);
			continue;
		}
		const read = readOne(value ?? key, resource, reader);
		if (read !== undefined) data.set(name, read);
	}
	return data;
}

/** Reads and checks `tenants`: by tenant, or by value of the header that parts resources, what it holds. */
export function readTenants(node: unknown, reader: ScenarioReader): NonNullable<Scenario["tenants"]> {
	const tenants = new Map<string, Scenario["data"]>();
	if (node === undefined) return tenants;
	if (!isMap(node)) {
		reader.complain("scenario-form", "`tenants` is an object of data by tenant", node);
		return tenants;
	}
	const isParted = [...reader.model.resources.values()].some(({ partition }) => partition !== undefined);
	if (!isParted)
		reader.complain("no-partition", "no resource has parts", node, { hint: "declare `partition` in an overlay" });
	for (const { key, value } of node.items) tenants.set(nameOf(key), readData(value ?? undefined, reader));
	return tenants;
}

function readOne(node: unknown, resource: Resource, reader: ScenarioReader): SeedData | undefined {
	if (isSeq(node)) return { kind: "items", items: readItems(node.items, resource, reader) };
	if (isScalar(node)) return node.value === "examples" ? { kind: "examples" } : readCount(node, reader);
	if (!isMap(node)) {
		const message = `${resource.name} is a number, a list, \`examples\`, a \`file\`, or \`count\` and \`values\``;
		reader.complain("scenario-form", message, node);
		return undefined;
	}
	const file = node.get("file", true);
	if (file !== undefined && !resource.fields.has("file")) return readFileData(node, file, { resource, reader });
	// A singleton has no list: what stands there is its one value.
	if (resource.kind === "singleton") return { kind: "items", items: readItems([node], resource, reader) };
	return readCounted(node, resource, reader);
}

function readCounted(node: YAMLMap, resource: Resource, reader: ScenarioReader): SeedData | undefined {
	refuseKeys(node, ["count", "values", "file"], reader);
	const counted = readCount(node.get("count", true), reader);
	const values = node.get("values", true);
	if (counted === undefined || values === undefined) return counted;
	if (!isMap(values)) {
		reader.complain("scenario-form", "`values` is an object by field", values);
		return undefined;
	}
	checkFields(values, resource, reader);
	return { ...counted, values: values.toJSON() as { readonly [field: string]: Json } };
}

function refuseKeys(node: YAMLMap, known: readonly string[], reader: ScenarioReader): void {
	for (const { key } of node.items) {
		const name = nameOf(key);
		if (!known.includes(name)) reader.complain("unknown-key", `unknown key "${name}"`, key, hintOf(name, known));
	}
}

/** The items of another file, JSON or YAML: a list, or the one value of a singleton. */
function readFileData(
	node: YAMLMap,
	file: unknown,
	{ resource, reader }: { readonly resource: Resource; readonly reader: ScenarioReader },
): SeedData | undefined {
	refuseKeys(node, ["file"], reader);
	const name = isScalar(file) ? file.value : undefined;
	if (typeof name !== "string") {
		reader.complain("scenario-form", "`file` is the name of a file, relative to this one", file);
		return undefined;
	}
	const opened = reader.open(name, file);
	if (opened === undefined) return undefined;
	const { contents } = opened;
	if (isSeq(contents)) return { kind: "items", items: readItems(contents.items, resource, opened.reader) };
	if (resource.kind === "singleton") return { kind: "items", items: readItems([contents], resource, opened.reader) };
	opened.reader.complain("scenario-form", `a file of ${resource.name} is a list`, contents);
	return undefined;
}

function readCount(node: unknown, reader: ScenarioReader): Extract<SeedData, { kind: "count" }> | undefined {
	const count = isScalar(node) ? node.value : undefined;
	if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= COUNT_MAX) {
		return { kind: "count", count, values: {} };
	}
	reader.complain("bad-count", `how many is a whole number from 0 to ${COUNT_MAX}`, node);
	return undefined;
}

function readItems(nodes: readonly unknown[], resource: Resource, reader: ScenarioReader): readonly Json[] {
	const isPlain = resource.kind === "set" || resource.kind === "list";
	for (const node of nodes) {
		if (isPlain) checkValue(node, { schema: resource.schema, label: `a member of ${resource.name}` }, reader);
		else if (isMap(node)) checkFields(node, resource, reader);
		else reader.complain("scenario-form", `an item of ${resource.name} is an object`, node);
	}
	if (!isPlain) refuseTwins(nodes.filter(isMap), resource, reader);
	return nodes.map((node) => (isNode(node) ? (node.toJSON() as Json) : null));
}

function checkFields(item: YAMLMap, resource: Resource, reader: ScenarioReader): void {
	const inner = [...reader.model.resources.values()].filter(({ parent }) => parent === resource.name);
	const known = [...resource.fields.keys(), ...inner.map(({ name }) => name)];
	for (const { key, value } of item.items as readonly Pair[]) {
		const name = nameOf(key);
		const field = resource.fields.get(name);
		const child = inner.find((one) => one.name === name);
		if (field !== undefined) checkValue(value ?? key, { schema: field.schema, label: name }, reader);
		else if (child === undefined) {
			reader.complain("unknown-field", `${resource.name} have no field "${name}"`, key, hintOf(name, known));
		} else if (isSeq(value)) readItems(value.items, child, reader);
		else reader.complain("scenario-form", `${name} is a list`, value ?? key);
	}
}

function checkValue(
	node: unknown,
	{ schema, label }: { schema: Schema | undefined; label: string },
	reader: ScenarioReader,
): void {
	if (schema === undefined || !isNode(node)) return;
	for (const { pointer, message } of reader.validation.validate(schema, node.toJSON(), "response")) {
		reader.complain("bad-value", `${label}${pointer.replaceAll("/", ".")} ${message}`, node);
	}
}

function refuseTwins(items: readonly YAMLMap[], { name, key }: Resource, reader: ScenarioReader): void {
	const property = key?.property;
	if (property === undefined) return;
	const seen = new Set<string>();
	for (const item of items) {
		const value = JSON.stringify(item.get(property));
		if (value !== undefined && seen.has(value)) {
			reader.complain("duplicate-item", `two items of ${name} have ${property} ${value}`, item);
		}
		seen.add(value);
	}
}
