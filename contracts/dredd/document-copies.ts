import SwaggerParser from "@apidevtools/swagger-parser";
import { Converter } from "@apiture/openapi-down-convert";

type Json = Readonly<Record<string, unknown>>;

/**
 * Copies of a document that Dredd understands: OpenAPI 3.0, one file, without references. Dredd reads only the first of
 * several examples, so there is a copy for each: copy n shows the nth of every operation that has so many, and lacks the
 * answers that an earlier copy has shown in full.
 *
 * @returns the texts, in JSON
 */
export async function copyForDredd(document: string): Promise<readonly string[]> {
	const whole = await SwaggerParser.dereference(document);
	const converted = fillParameters(new Converter(whole, {}).convert()) as {
		readonly paths: Readonly<Record<string, Json>>;
	};
	const copies: string[] = [];
	for (let n = 0; ; n += 1) {
		const paths = Object.entries(converted.paths).flatMap(([path, item]) => showOperations(path, item, n));
		if (paths.length === 0) return copies;
		copies.push(JSON.stringify({ ...converted, components: {}, paths: Object.fromEntries(paths) }));
	}
}

/** Dredd refuses a document in which a parameter that it must fill in has no example: it gets one of the right type. */
function fillParameters(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(fillParameters);
	if (typeof node !== "object" || node === null) return node;
	const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fillParameters(value)]));
	const { in: place, required, example, examples, schema } = node as Parameter;
	const isWanting = typeof place === "string" && required === true && example === undefined && examples === undefined;
	return isWanting ? { ...copy, example: schema?.example ?? schema?.enum?.[0] ?? plainValue(schema) } : copy;
}

interface Parameter {
	readonly in?: unknown;
	readonly required?: unknown;
	readonly example?: unknown;
	readonly examples?: unknown;
	readonly schema?: {
		readonly example?: unknown;
		readonly enum?: readonly unknown[];
		readonly type?: string;
		readonly format?: string;
	};
}

function plainValue({ type, format }: NonNullable<Parameter["schema"]> = {}): unknown {
	if (type === "integer" || type === "number") return 1;
	if (type === "boolean") return true;
	return format === "uuid" ? "00000000-0000-4000-8000-000000000000" : "example";
}

function showOperations(path: string, item: Json, n: number): readonly [string, Json][] {
	const shown = Object.entries(item).flatMap(([method, operation]) => {
		const { responses, requestBody } = (operation ?? {}) as { responses?: Json; requestBody?: unknown };
		if (responses === undefined) return [[method, operation] as const];
		const perRequest = countExamples(requestBody);
		const left = Object.entries(responses).filter(
			([, response]) => n < Math.max(1, perRequest, countExamples(response)),
		);
		return left.length === 0
			? []
			: [[method, { ...(operation as Json), responses: Object.fromEntries(left) }] as const];
	});
	const copy = showExample(Object.fromEntries(shown), n) as Json;
	return Object.keys(copy).every((key) => key === "parameters") ? [] : [[path, copy]];
}

/** Of the part that has the most. */
function countExamples(node: unknown): number {
	if (typeof node !== "object" || node === null) return 0;
	const inside = Object.values(node).map(countExamples);
	return Math.max(0, hasExamples(node) ? Object.keys(node.examples).length : 0, ...inside);
}

function showExample(node: unknown, n: number): unknown {
	if (Array.isArray(node)) return node.map((item) => showExample(item, n));
	if (typeof node !== "object" || node === null) return node;
	const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, showExample(value, n)]));
	if (!hasExamples(node)) return copy;
	const named = Object.entries(node.examples);
	return { ...copy, examples: Object.fromEntries([named[Math.min(n, named.length - 1)] as [string, unknown]]) };
}

/** A media type or a parameter with named examples. A schema's list is none, nor a property that is called so. */
function hasExamples(node: object): node is { examples: Json } {
	const { examples } = node as { examples?: unknown };
	if (typeof examples !== "object" || examples === null || Array.isArray(examples)) return false;
	const named = Object.values(examples);
	return (
		named.length > 0 && named.every((example) => typeof example === "object" && example !== null && "value" in example)
	);
}
