import { type Context, reportAt } from "./context.ts";
import type { Operation, Parameter, SecurityScheme } from "./contract.ts";
import { lazy } from "./lazy.ts";
import { field, textField } from "./node.ts";
import { gatherParameters, normalizeParameter, type RawParameter } from "./parameter.ts";
import { child, fieldsOf, itemsOf, type Part } from "./part.ts";
import { type PathTemplate, parsePathTemplate, type TemplatePart, templateParameters } from "./path-template.ts";
import { gatherResponses, normalizeBody, normalizeResponse } from "./response.ts";
import { normalizeSecurity, saysSecurity } from "./security.ts";
import { normalizeSwaggerBody, normalizeSwaggerParameter, normalizeSwaggerResponse } from "./swagger.ts";

/** An operation that was found in the document, its parts still unread. */
export interface RawOperation {
	/** Unique in the document. */
	readonly id: string;
	/** Upper case. */
	readonly method: string;
	readonly path: string;
	/** The path item, and what stands beside its `$ref` when it has one: the last wins. */
	readonly pathItems: readonly Part[];
	readonly part: Part;
}

/** An operation in the one form; parameters, body, responses and security are made when first asked for. */
export function normalizeOperation(
	context: Context,
	raw: RawOperation,
	schemes: () => ReadonlyMap<string, SecurityScheme>,
): Operation {
	const { part } = raw;
	const gathered = lazy(() => gatherParameters(context, [...raw.pathItems, part]));
	const parameters = lazy(() => normalizeParameters(context, raw, gathered()));
	const body = lazy(() =>
		context.version === "2.0" ? normalizeSwaggerBody(context, part, gathered()) : normalizeBody(context, part),
	);
	const responses = lazy(() => normalizeResponses(context, part));
	const security = lazy(() => normalizeSecurity(context, part, schemes()));
	const [summary, description] = [remark(raw, "summary"), remark(raw, "description")];
	return {
		id: raw.id,
		method: raw.method,
		path: raw.path,
		...(summary !== undefined && { summary }),
		...(description !== undefined && { description }),
		tags: itemsOf(child(part, "tags")).map(({ value }) => String(value)),
		deprecated: field(part.value, "deprecated") === true,
		get parameters() {
			return parameters();
		},
		get body() {
			return body();
		},
		get responses() {
			return responses();
		},
		get security() {
			return security();
		},
		isSilentOnSecurity: !saysSecurity(context, part),
		callbacks: fieldsOf(child(part, "callbacks")).map(([name]) => name),
		extension: field(part.value, "x-holdfast"),
		source: part.source,
	};
}

/** What a path item says holds for its operations that say nothing themselves (OpenAPI 3.1, Path Item Object). */
function remark({ part, pathItems }: RawOperation, key: "summary" | "description"): string | undefined {
	return [part, ...pathItems.toReversed()].map(({ value }) => textField(value, key)).find((text) => text !== undefined);
}

function normalizeResponses(context: Context, part: Part): Operation["responses"] {
	return gatherResponses(context, part).map((raw) =>
		context.version === "2.0" ? normalizeSwaggerResponse(context, part, raw) : normalizeResponse(context, raw),
	);
}

function normalizeParameters(
	context: Context,
	raw: RawOperation,
	gathered: readonly RawParameter[],
): readonly Parameter[] {
	const template = parsePathTemplate(raw.path);
	const normalize = context.version === "2.0" ? normalizeSwaggerParameter : normalizeParameter;
	const parameters = gathered.flatMap((parameter) => {
		if (!hasPlace(context, parameter, template)) return [];
		const normalized = normalize(context, parameter);
		return normalized === undefined ? [] : [normalized];
	});
	const all = [...parameters, ...undeclared(context, { raw, template, parameters })];
	return all.map((parameter) => inQuery(parameter, template));
}

/**
 * Some documents write a query into the path key: `/current?lat={lat}`. A path parameter whose only place is the value
 * of such a query parameter is one, and travels as one.
 */
function inQuery(parameter: Parameter, { segments, query }: PathTemplate): Parameter {
	const isMeant = (part: TemplatePart) => part.kind === "parameter" && part.name === parameter.name;
	if (parameter.in !== "path" || segments.some((segment) => segment.some(isMeant))) return parameter;
	const constant = query.find(({ value }) => value.length === 1 && value.every(isMeant));
	return constant === undefined ? parameter : { ...parameter, name: constant.name, in: "query", style: "form" };
}

/** A path parameter that the path has no place for cannot be sent; it is listed and left out. */
function hasPlace(context: Context, { name, in: place, part }: RawParameter, template: PathTemplate): boolean {
	if (place !== "path" || templateParameters(template).includes(name)) return true;
	const message = `the path parameter "${name}" has no place in the path; it is left out`;
	reportAt(context, part, { code: "unused-path-parameter", message });
	return false;
}

interface Declared {
	readonly raw: RawOperation;
	readonly template: PathTemplate;
	readonly parameters: readonly Parameter[];
}

/** A place in the path that no parameter fills is listed, and gets a parameter that may be any text. */
function undeclared(context: Context, { raw, template, parameters }: Declared): readonly Parameter[] {
	const inPath = new Set(template.segments.flat().flatMap((part) => (part.kind === "parameter" ? [part.name] : [])));
	return templateParameters(template).flatMap((name) => {
		// What stands in a query of the key may be declared as the query parameter that it is.
		const isDeclared = (one: Parameter) => one.name === name && (one.in === "path" || !inPath.has(name));
		if (parameters.some(isDeclared)) return [];
		const message = `the path has a place for "${name}", and no parameter of that name is declared`;
		reportAt(context, raw.part, { code: "undeclared-path-parameter", message, hint: "it is taken as any text" });
		return [anyText(name, raw.part)];
	});
}

function anyText(name: string, part: Part): Parameter {
	return {
		name,
		in: "path",
		required: true,
		deprecated: false,
		style: "simple",
		explode: false,
		allowReserved: false,
		allowEmptyValue: false,
		examples: [],
		source: part.source,
	};
}
