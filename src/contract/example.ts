import { type Context, reportAt } from "./context.ts";
import type { Example } from "./contract.ts";
import { field, isObject, textField } from "./node.ts";
import { child, isMapPart, type Part, partAt } from "./part.ts";
import { enter, follow, resolveReference } from "./reference.ts";

/**
 * All examples that a parameter, header or media type gives: its own `examples` and `example`, then those of its schema.
 * Where only an external value is named there is none. Whether an example is valid is judged elsewhere.
 *
 * @param isJson whether serialized values (3.2) are JSON text
 */
export function normalizeExamples(context: Context, part: Part, isJson: boolean): readonly Example[] {
	return [...namedExamples(context, part, isJson), ...singleExample(part), ...schemaExamples(context, part)];
}

function singleExample(part: Part): readonly Example[] {
	const single = child(part, "example");
	return single === undefined ? [] : [{ name: "example", value: single.value, source: single.source }];
}

function namedExamples(context: Context, part: Part, isJson: boolean): readonly Example[] {
	const examples = enter(context, part, "examples");
	if (examples === undefined || examples.value === null) return [];
	if (Array.isArray(examples.value)) {
		reportAt(context, examples, {
			code: "invalid-examples",
			message: "examples are a map by name, and here is a list",
		});
		return bareList(examples);
	}
	if (!isMapPart(examples)) return [];
	return Object.entries(examples.value).flatMap(([name, value]) => {
		const found = normalizeExample(context, { name, part: partAt(examples, name, value), isJson });
		return found === undefined ? [] : [found];
	});
}

interface RawExample {
	readonly name: string;
	readonly part: Part;
	readonly isJson: boolean;
}

const EXAMPLE_FIELDS = ["value", "dataValue", "serializedValue", "externalValue", "$ref", "summary", "description"];

function normalizeExample(context: Context, { name, part, isJson }: RawExample): Example | undefined {
	if (!isObject(part.value) || !EXAMPLE_FIELDS.some((known) => Object.hasOwn(part.value as object, known))) {
		if (name.startsWith("x-")) return undefined;
		reportAt(context, part, {
			code: "invalid-examples",
			message: `the example "${name}" is no Example Object; it is taken as the value`,
			hint: "write it under value",
		});
		return { name, value: part.value, source: part.source };
	}
	const resolved = follow(context, part);
	const valued = resolved === undefined ? undefined : exampleValue(resolved, isJson);
	if (resolved === undefined || valued === undefined) return undefined;
	const summary = textField(resolved.value, "summary");
	return { name, ...(summary !== undefined && { summary }), ...valued };
}

function exampleValue(part: Part, isJson: boolean): Pick<Example, "value" | "source"> | undefined {
	const plain = child(part, "dataValue") ?? child(part, "value");
	if (plain !== undefined) return plain;
	const serialized = child(part, "serializedValue");
	if (serialized === undefined || typeof serialized.value !== "string") return undefined;
	return { value: isJson ? parsedOrText(serialized.value) : serialized.value, source: serialized.source };
}

function parsedOrText(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** `example` (OpenAPI) and `examples` (JSON Schema) of the schema, also when a `$ref` leads to it. */
function schemaExamples(context: Context, part: Part): readonly Example[] {
	const schema = child(part, "schema");
	if (schema === undefined) return [];
	const reference = field(schema.value, "$ref");
	// What is broken here is listed by those who read the schema.
	const target = typeof reference === "string" ? resolveReference(context, reference, schema.source) : schema;
	if ("reason" in target) return [];
	const list = child(target, "examples");
	const single = child(target, "example");
	const first = single === undefined ? [] : [{ name: "schema", value: single.value, source: single.source }];
	return [...first, ...(list !== undefined && Array.isArray(list.value) ? bareList(list, "schema ") : [])];
}

function bareList(list: Part, prefix = ""): readonly Example[] {
	return (list.value as readonly unknown[]).map((value, index) => ({
		name: `${prefix}${index + 1}`,
		value,
		source: partAt(list, String(index), value).source,
	}));
}
