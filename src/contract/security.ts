import { type Context, reportAt } from "./context.ts";
import type { OAuthFlow, SecurityRequirement, SecurityScheme } from "./contract.ts";
import { hintOf } from "./did-you-mean.ts";
import { isObject, kindOf, textField } from "./node.ts";
import { child, entriesOf, fieldsOf, itemsOf, type Part, partAt } from "./part.ts";
import { enter, follow } from "./reference.ts";

/** All security schemes by name; what is none is listed and left out. */
export function normalizeSecuritySchemes(context: Context): ReadonlyMap<string, SecurityScheme> {
	const isSwagger = context.version === "2.0";
	const owner = isSwagger ? context.root : enter(context, context.root, "components");
	const key = isSwagger ? "securityDefinitions" : "securitySchemes";
	const entries = owner === undefined ? [] : entriesOf(enter(context, owner, key));
	const schemes = new Map<string, SecurityScheme>();
	for (const [name, raw] of entries) {
		const part = follow(context, raw);
		const scheme = part === undefined ? undefined : normalizeScheme(context, name, part);
		if (scheme !== undefined) schemes.set(name, scheme);
	}
	return schemes;
}

function normalizeScheme(context: Context, name: string, part: Part): SecurityScheme | undefined {
	const kind = schemeKind(part);
	if (kind === undefined) {
		const message = `the security scheme "${name}" is not of a type that OpenAPI knows, or lacks what the type needs`;
		reportAt(context, child(part, "type") ?? part, { code: "invalid-security-scheme", message });
		return undefined;
	}
	const description = textField(part.value, "description");
	return { name, ...(description !== undefined && { description }), source: part.source, ...kind };
}

type SchemeKind = SecurityScheme extends infer Scheme
	? Scheme extends SecurityScheme
		? Omit<Scheme, "name" | "description" | "source">
		: never
	: never;

function schemeKind(part: Part): SchemeKind | undefined {
	const text = (name: string) => textField(part.value, name);
	switch (text("type")) {
		case "apiKey":
			return apiKey(text("in"), text("name"));
		case "basic":
			return { kind: "http", scheme: "basic" };
		case "http":
			return httpScheme(text("scheme"), text("bearerFormat"));
		case "oauth2":
			return { kind: "oauth2", flows: text("flow") === undefined ? flowsOf(part) : [swaggerFlow(part)] };
		case "openIdConnect":
			return { kind: "openid-connect", url: text("openIdConnectUrl") ?? "" };
		case "mutualTLS":
			return { kind: "mutual-tls" };
		default:
			return undefined;
	}
}

function apiKey(place: string | undefined, parameter: string | undefined): SchemeKind | undefined {
	if (parameter === undefined || (place !== "header" && place !== "query" && place !== "cookie")) return undefined;
	return { kind: "api-key", in: place, parameter };
}

function httpScheme(scheme: string | undefined, bearerFormat: string | undefined): SchemeKind | undefined {
	if (scheme === undefined) return undefined;
	return { kind: "http", scheme: scheme.toLowerCase(), ...(bearerFormat !== undefined && { bearerFormat }) };
}

function flowsOf(part: Part): readonly OAuthFlow[] {
	return fieldsOf(child(part, "flows")).map(([flow, raw]) => normalizeFlow(flow, raw));
}

/** What the flows of Swagger 2.0 are called since 3.0. */
const FLOW_NAMES: Readonly<Record<string, string>> = {
	application: "clientCredentials",
	accessCode: "authorizationCode",
};

function swaggerFlow(part: Part): OAuthFlow {
	const flow = textField(part.value, "flow") ?? "";
	return normalizeFlow(Object.hasOwn(FLOW_NAMES, flow) ? (FLOW_NAMES[flow] ?? flow) : flow, part);
}

function normalizeFlow(flow: string, part: Part): OAuthFlow {
	const authorizationUrl = textField(part.value, "authorizationUrl");
	const tokenUrl = textField(part.value, "tokenUrl");
	const scopes = entriesOf(child(part, "scopes")).map(([scope, { value }]) => [scope, String(value ?? "")] as const);
	return {
		flow,
		...(authorizationUrl !== undefined && { authorizationUrl }),
		...(tokenUrl !== undefined && { tokenUrl }),
		scopes: Object.fromEntries(scopes),
	};
}

/**
 * The requirements of an operation: its own, else those of the whole document. A requirement of a scheme that nobody
 * declared is listed and kept: leaving it out would make the operation public.
 */
export function normalizeSecurity(
	context: Context,
	operation: Part,
	schemes: ReadonlyMap<string, SecurityScheme>,
): readonly SecurityRequirement[] {
	const owner = child(operation, "security") === undefined ? context.root : operation;
	return itemsOf(child(owner, "security")).flatMap((alternative) => {
		if (isObject(alternative.value)) return [normalizeAlternative(context, alternative, schemes)];
		const message = `a security requirement is a map of schemes, and here is ${kindOf(alternative.value)}`;
		reportAt(context, alternative, { code: "invalid-security", message });
		return [];
	});
}

/** Whether an operation, or its document, says anything of security, be it that there is none. */
export function saysSecurity({ root }: Context, operation: Part): boolean {
	return child(operation, "security") !== undefined || child(root, "security") !== undefined;
}

function normalizeAlternative(
	context: Context,
	alternative: Part,
	schemes: ReadonlyMap<string, SecurityScheme>,
): SecurityRequirement {
	return Object.entries(alternative.value as object).map(([scheme, scopes]) => {
		if (!schemes.has(scheme))
			reportAt(context, partAt(alternative, scheme, scopes), {
				code: "unknown-security-scheme",
				message: `the security scheme "${scheme}" is not declared`,
				...hintOf(scheme, schemes.keys()),
			});
		return { scheme, scopes: Array.isArray(scopes) ? scopes.map(String) : [] };
	});
}
