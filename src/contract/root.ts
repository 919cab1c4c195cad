import type { Problem } from "../problem/problem.ts";
import type { Version } from "./context.ts";
import { hintOf } from "./did-you-mean.ts";
import type { Documents, LoadedDocument } from "./document.ts";
import { field, isObject, kindOf } from "./node.ts";

/** What a document says it is. */
export interface Declared {
	/** Whose rules it is read by. */
	readonly version: Version;
	/** As written: `3.0.3`. */
	readonly openapi: string;
}

/**
 * The version that a document declares, or why it is no document that we can read.
 *
 * @example declaredVersion(documents, documents.get("openapi.yaml")) // { version: "3.1", openapi: "3.1.0" }
 */
export function declaredVersion(documents: Documents, document: LoadedDocument): Declared | Problem {
	const { value, file } = document;
	if (!isObject(value)) return notOpenApi(file, `is ${kindOf(value)} and not an OpenAPI document`);
	const swagger = versionText(value.swagger);
	const openapi = versionText(value.openapi);
	if (swagger === undefined && openapi === undefined) return unknownKind(file, value);
	if (swagger !== undefined && /^2(\.0)?(\.\d+)?$/.test(swagger)) return { version: "2.0", openapi: swagger };
	const minor = openapi === undefined ? undefined : /^3\.(\d+)/.exec(openapi)?.[1];
	if (openapi !== undefined && minor !== undefined) return { version: versionOf(Number(minor)), openapi };
	const key = openapi === undefined ? "swagger" : "openapi";
	return {
		code: "unsupported-version",
		message: `${key} ${openapi ?? swagger} is not supported; Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are`,
		place: documents.locate({ file, pointer: `/${key}` }),
	};
}

/** YAML reads `3.0` as the number 3. */
function versionText(value: unknown): string | undefined {
	if (typeof value === "number") return Number.isInteger(value) ? `${value}.0` : String(value);
	return typeof value === "string" ? value.trim() : undefined;
}

/** Later minors are read by the rules of the last one that we know. */
function versionOf(minor: number): Version {
	if (minor === 0) return "3.0";
	return minor === 1 ? "3.1" : "3.2";
}

function unknownKind(file: string, value: object): Problem {
	const kinds: readonly (readonly [string, string])[] = [
		["overlay", "this is an overlay; name it with --overlay"],
		["asyncapi", "this is an AsyncAPI document"],
		["arazzo", "this is an Arazzo document"],
		["swaggerVersion", "this is Swagger 1; convert it to 2.0 or later"],
	];
	const hint = kinds.find(([key]) => field(value, key) !== undefined)?.[1];
	const message = `has neither "openapi" nor "swagger" and is not an OpenAPI document`;
	if (hint !== undefined) return { ...notOpenApi(file, message), hint };
	const misspelt = Object.keys(value).find((key) => hintOf(key, ["openapi", "swagger"]).hint !== undefined);
	return { ...notOpenApi(file, message), ...(misspelt !== undefined && hintFor(misspelt)) };
}

function hintFor(misspelt: string): { readonly hint?: string } {
	const { hint } = hintOf(misspelt, ["openapi", "swagger"]);
	return hint === undefined ? {} : { hint: `it has "${misspelt}"; ${hint}` };
}

function notOpenApi(file: string, message: string): Problem {
	return { code: "not-openapi", message: `${file} ${message}`, place: { file, line: 1, column: 1 } };
}
