import type { Problem } from "../problem/problem.ts";
import type { Place, Source } from "../problem/source.ts";
import type { Schema } from "../schema/schema.ts";

/** An OpenAPI document of any version, normalized to one form (that of 3.1/3.2), its parts made when first asked. */
export interface Contract {
	/** The root file, as the user named it. */
	readonly file: string;
	readonly title: string;
	readonly version: string;
	/** The version that the document declares: `2.0`, `3.0.3`, `3.1.0`, `3.2.0`. */
	readonly openapi: string;
	readonly description?: string;
	readonly servers: readonly Server[];
	/** In document order. */
	readonly operations: readonly Operation[];
	readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
	/** `components.schemas` (2.0: `definitions`) by name, lazily. */
	readonly schemas: ReadonlyMap<string, Schema>;
	/** Names of the webhooks that the document describes; they are not requests to the service. */
	readonly webhooks: readonly string[];
	/** `x-holdfast` at the root, raw. */
	readonly extension: unknown;
	/** What is broken in the document; the rest works. */
	readonly problems: readonly Problem[];
	/**
	 * File, line and column of a part: where its key stands, or the value when that is no map or list; `end` asks for
	 * one of the two. What an overlay wrote is located in the overlay. Parses positions on the first call.
	 */
	locate(source: Source, end?: "key" | "value"): Place;
	/** Where in an overlay a part was written; undefined when the document itself says it. */
	overlaid(source: Source): Source | undefined;
}

export interface Server {
	readonly url: string;
	readonly description?: string;
}

export interface Operation {
	/** `operationId`, or one made from method and path (`get /apps/{id}`) when the document has none. */
	readonly id: string;
	/** Upper case. */
	readonly method: string;
	/** The template as the document writes it. */
	readonly path: string;
	readonly summary?: string;
	readonly description?: string;
	readonly tags: readonly string[];
	readonly deprecated: boolean;
	/** Path-level and operation-level parameters merged; the operation wins (OpenAPI 3.1, Path Item Object). */
	readonly parameters: readonly Parameter[];
	readonly body?: RequestBody | undefined;
	readonly responses: readonly Response[];
	/** Alternatives, any of which suffices; an empty alternative means anonymous is allowed; [] means public. */
	readonly security: readonly SecurityRequirement[];
	/** Neither it nor the document says a word of security: it is public by the letter, and forgotten more often than not. */
	readonly isSilentOnSecurity?: boolean;
	readonly callbacks: readonly string[];
	/** `x-holdfast` at the operation, raw. */
	readonly extension: unknown;
	readonly source: Source;
}

export type ParameterPlace = "path" | "query" | "header" | "cookie" | "querystring";
export type ParameterStyle =
	| "simple"
	| "label"
	| "matrix"
	| "form"
	| "spaceDelimited"
	| "pipeDelimited"
	| "deepObject"
	| "cookie";

export interface Parameter {
	readonly name: string;
	readonly in: ParameterPlace;
	readonly required: boolean;
	readonly deprecated: boolean;
	readonly description?: string;
	readonly style: ParameterStyle;
	readonly explode: boolean;
	readonly allowReserved: boolean;
	readonly allowEmptyValue: boolean;
	readonly schema?: Schema;
	/** Set when the value is serialized by a media type (`content`) and not by a style. */
	readonly mediaType?: string;
	readonly examples: readonly Example[];
	readonly source: Source;
}

/** An example as the document gives it; whether it is valid is judged elsewhere. */
export interface Example {
	readonly name: string;
	readonly summary?: string;
	readonly value: unknown;
	readonly source: Source;
}

export interface RequestBody {
	readonly required: boolean;
	readonly description?: string;
	readonly content: readonly MediaType[];
	readonly source: Source;
}

export interface MediaType {
	/** As written, lower case: `application/json`, `text/*`. */
	readonly name: string;
	readonly schema?: Schema;
	/** `itemSchema` (3.2) of a sequential media type. */
	readonly itemSchema?: Schema;
	readonly examples: readonly Example[];
	/** Per-property encoding of forms and multipart. */
	readonly encoding: ReadonlyMap<string, Encoding>;
	readonly source: Source;
}

export interface Encoding {
	readonly contentType?: string;
	readonly style?: ParameterStyle;
	readonly explode?: boolean;
	readonly allowReserved?: boolean;
	readonly headers: readonly ResponseHeader[];
	/** Of the properties of this one, when it travels as a form or multipart body itself (3.2). */
	readonly encoding: ReadonlyMap<string, Encoding>;
}

export interface Response {
	/** `200`, `2XX` or `default`, as written (upper case X). */
	readonly status: string;
	readonly description: string;
	readonly headers: readonly ResponseHeader[];
	readonly content: readonly MediaType[];
	readonly links: readonly Link[];
	readonly source: Source;
}

export interface ResponseHeader {
	readonly name: string;
	readonly required: boolean;
	readonly description?: string;
	readonly schema?: Schema;
	readonly style: ParameterStyle;
	readonly explode: boolean;
	readonly examples: readonly Example[];
	readonly source: Source;
}

export interface Link {
	readonly name: string;
	readonly operationId?: string;
	readonly operationRef?: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly requestBody?: unknown;
	readonly description?: string;
	readonly source: Source;
}

/** All of these schemes together. */
export type SecurityRequirement = readonly { readonly scheme: string; readonly scopes: readonly string[] }[];

export type SecurityScheme = { readonly name: string; readonly description?: string; readonly source: Source } & (
	| { readonly kind: "api-key"; readonly in: "header" | "query" | "cookie"; readonly parameter: string }
	| { readonly kind: "http"; readonly scheme: string; readonly bearerFormat?: string }
	| { readonly kind: "oauth2"; readonly flows: readonly OAuthFlow[] }
	| { readonly kind: "openid-connect"; readonly url: string }
	| { readonly kind: "mutual-tls" }
);

export interface OAuthFlow {
	readonly flow: string;
	readonly authorizationUrl?: string;
	readonly tokenUrl?: string;
	readonly scopes: Readonly<Record<string, string>>;
}
