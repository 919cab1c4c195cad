import type { MediaType, Parameter } from "../../src/contract/contract.ts";

/**
 * Writes parameters and bodies as OpenAPI says, once more and the plainest way, so that the mock's own reading of them
 * is not what it is measured by.
 */

/** @example queryOf({ name: "id", style: "form", explode: true, … }, [3, 4]) // "id=3&id=4" */
export function queryOf(parameter: Parameter, value: unknown): string {
	const { style, explode, mediaType } = parameter;
	const name = encodeURIComponent(parameter.name);
	if (mediaType !== undefined) return `${name}=${encodeURIComponent(JSON.stringify(value))}`;
	if (Array.isArray(value)) {
		if (explode) return value.map((item) => `${name}=${text(item)}`).join("&");
		const separator = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "|" : ",";
		return `${name}=${value.map(text).join(separator)}`;
	}
	if (typeof value !== "object" || value === null) return `${name}=${text(value)}`;
	if (style === "deepObject") return deep(parameter.name, value);
	const members = Object.entries(value);
	if (explode) return members.map(([key, member]) => `${encodeURIComponent(key)}=${text(member)}`).join("&");
	return `${name}=${members.map(([key, member]) => `${encodeURIComponent(key)},${text(member)}`).join(",")}`;
}

function deep(name: string, value: object): string {
	const pairs = Object.entries(value).flatMap(([key, member]): readonly string[] => {
		const inner = `${name}[${key}]`;
		if (Array.isArray(member)) return member.map((item) => `${encodeURIComponent(inner)}=${text(item)}`);
		if (typeof member === "object" && member !== null) return [deep(inner, member)];
		return [`${encodeURIComponent(inner)}=${text(member)}`];
	});
	return pairs.join("&");
}

/** A value in the path, by its style. */
export function pathOf(parameter: Parameter, value: unknown): string {
	const { name, style } = parameter;
	if (style === "matrix") return matrix(parameter, value);
	const prefix = style === "label" ? "." : "";
	return `${prefix}${listed(parameter, value, style === "label" && parameter.explode ? "." : ",") ?? text(value)}`;

	function matrix({ explode }: Parameter, one: unknown): string {
		if (explode && Array.isArray(one)) return one.map((item) => `;${name}=${text(item)}`).join("");
		if (explode && isMap(one))
			return Object.entries(one)
				.map((pair) => `;${pairOf(pair, "=")}`)
				.join("");
		return `;${name}=${listed({ ...parameter, explode: false }, one, ",") ?? text(one)}`;
	}
}

/** The parts of a list or an object; undefined when it is neither. */
function listed({ explode }: Parameter, value: unknown, separator: string): string | undefined {
	if (Array.isArray(value)) return value.map(text).join(separator);
	if (!isMap(value)) return undefined;
	return Object.entries(value)
		.map((pair) => pairOf(pair, explode ? "=" : ","))
		.join(separator);
}

function pairOf([name, value]: readonly [string, unknown], sign: string): string {
	return `${encodeURIComponent(name)}${sign}${text(value)}`;
}

function isMap(value: unknown): value is object {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in a header or a cookie. */
export function headerOf({ mediaType, explode }: Pick<Parameter, "mediaType" | "explode">, value: unknown): string {
	if (mediaType !== undefined) return JSON.stringify(value);
	if (Array.isArray(value)) return value.map(plain).join(",");
	if (typeof value !== "object" || value === null) return plain(value);
	return Object.entries(value)
		.map(([key, member]) => `${key}${explode ? "=" : ","}${plain(member)}`)
		.join(",");
}

function plain(value: unknown): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

function text(value: unknown): string {
	return encodeURIComponent(plain(value));
}

export interface EncodedBody {
	readonly contentType: string;
	readonly body: string | Uint8Array;
}

/** A value as a body of a media type; undefined where this bench cannot write it. */
export async function bodyOf({ name, encoding }: MediaType, value: unknown): Promise<EncodedBody | undefined> {
	const contentType = name.includes("*") ? "application/octet-stream" : name;
	if (isJsonName(name))
		return { contentType: name.includes("*") ? "application/json" : name, body: JSON.stringify(value) };
	if (name.startsWith("multipart/")) return multipart(value);
	if (name.startsWith("application/x-www-form-urlencoded")) return { contentType, body: form(value, encoding) };
	if (/[/+]xml\b/.test(name)) return { contentType, body: xml("root", value) };
	if (/[/+](?:jsonl|ndjson|x-ndjson|json-seq)\b/.test(name) && Array.isArray(value))
		return { contentType, body: value.map((item) => `${JSON.stringify(item)}\n`).join("") };
	if (typeof value === "string") return { contentType, body: value };
	return typeof value === "object" ? undefined : { contentType, body: plain(value) };
}

export function isJsonName(name: string): boolean {
	const [type = ""] = name.split(";");
	return (
		/^(?:application|text)\/(?:[\w.-]+\+)?json$|^\*\/\*$|^application\/\*$/.test(type.trim()) ||
		/\+json$/.test(type.trim())
	);
}

function xml(name: string, value: unknown): string {
	if (Array.isArray(value)) return value.map((item) => xml(name, item)).join("");
	const content = isMap(value)
		? Object.entries(value)
				.map(([member, inner]) => xml(member.replaceAll(/\W/g, "_"), inner))
				.join("")
		: plain(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
	return `<${name}>${content}</${name}>`;
}

function form(value: unknown, encoding: MediaType["encoding"]): string {
	if (typeof value !== "object" || value === null) return text(value);
	return Object.entries(value)
		.flatMap(([name, member]) => {
			const key = encodeURIComponent(name);
			if (encoding.get(name)?.style === "deepObject" && isMap(member)) return [deep(name, member)];
			if (Array.isArray(member)) return member.map((item) => `${key}=${text(item)}`);
			return [`${key}=${text(member)}`];
		})
		.join("&");
}

async function multipart(value: unknown): Promise<EncodedBody> {
	const data = new FormData();
	for (const [name, member] of Object.entries(typeof value === "object" && value !== null ? value : {})) {
		for (const part of Array.isArray(member) ? member : [member]) {
			const isObject = typeof part === "object" && part !== null;
			if (isObject) data.append(name, new Blob([JSON.stringify(part)], { type: "application/json" }), "part.json");
			else data.append(name, plain(part));
		}
	}
	const response = new Response(data);
	const contentType = response.headers.get("content-type") ?? "multipart/form-data";
	return { contentType, body: new Uint8Array(await response.arrayBuffer()) };
}
