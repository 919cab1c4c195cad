import type { Finding, Step } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import type { HttpRequest } from "../http/exchange.ts";

/** What stands for the base URL in a report: which machine and port it was says nothing about the drift. */
export const TARGET = "http://target";

/** Puts names in place of what differs from run to run, so that the same drift is the same text. */
export interface Symbols {
	request(step: Step): HttpRequest;
	text(text: string): string;
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g;

/**
 * The symbols of one finding: `{app_id}` for the key that a path carries, `{app_id 2}` for a second one, `{uuid}`,
 * `{time}`, and one name for the target. A key that the proof itself sends as data, like a number of a list, is no
 * random name and stays.
 *
 * @example symbolsOf(run, finding).text("hf-4711 is unknown") // "{app_id} is unknown"
 */
export function symbolsOf(run: Run, finding: Finding): Symbols {
	const templates = templatesOf(run, finding);
	const names = new Map<string, string>();
	const sent = new Set<string>();
	for (const step of finding.evidence) {
		for (const [parameter, value] of bindPath(templates.get(step.operation), step.exchange.request.path)) {
			if (!names.has(value) && !sent.has(value)) names.set(value, nextName(parameter, names));
		}
		for (const value of scalarsOf(step.exchange.request.body)) sent.add(value);
	}
	const uuids = new Map<string, string>();
	const text = (raw: string): string => replaceVolatile(replaceNames(raw, names), uuids, run.target);
	return {
		text,
		request({ operation, exchange: { request } }) {
			const path = text(renamePath(templates.get(operation), request.path, names));
			const headers = Object.entries(request.headers).map(([name, value]) => [name, text(value)]);
			const renamed = { ...request, path, headers: Object.fromEntries(headers) };
			return typeof request.body === "string" ? { ...renamed, body: text(request.body) } : renamed;
		},
	};
}

function templatesOf(run: Run, finding: Finding): ReadonlyMap<string, string> {
	const operations = [...run.coverage.operations.map((each) => each.operation), finding.operation];
	return new Map(operations.map((operation) => [operation.id, operation.path]));
}

function nextName(parameter: string, names: ReadonlyMap<string, string>): string {
	const taken = new Set(names.values());
	let name = `{${parameter}}`;
	for (let count = 2; taken.has(name); count++) name = `{${parameter} ${count}}`;
	return name;
}

/** The parameters of a template with the values that a path gives them. */
function bindPath(template: string | undefined, path: string): readonly (readonly [string, string])[] {
	const match = template === undefined ? null : path.match(patternOf(template));
	if (template === undefined || match === null) return [];
	const parameters = [...template.matchAll(/\{([^}]*)\}/g)].map((each) => each[1] ?? "");
	return parameters.map((parameter, index) => [parameter, decode(match[index + 1] ?? "")]);
}

function patternOf(template: string): RegExp {
	const parts = template.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	return new RegExp(`^${parts.join("([^/?]+?)")}(?:\\?.*)?$`);
}

function renamePath(template: string | undefined, path: string, names: ReadonlyMap<string, string>): string {
	const bound = bindPath(template, path);
	if (template === undefined || bound.length === 0) return path;
	const query = path.includes("?") ? path.slice(path.indexOf("?")) : "";
	let index = 0;
	const renamed = template.replace(/\{[^}]*\}/g, () => {
		const value = bound[index++]?.[1] ?? "";
		return names.get(value) ?? encodeURIComponent(value);
	});
	return renamed + query;
}

/** A short key (`1`, `a`) is renamed only where it is a whole JSON string: it would tear ordinary text apart. */
const WORD_MIN = 6;

function replaceNames(text: string, names: ReadonlyMap<string, string>): string {
	let result = text;
	for (const [value, name] of [...names].sort(([a], [b]) => b.length - a.length)) {
		result = value.length >= WORD_MIN ? result.replaceAll(value, name) : result.replaceAll(`"${value}"`, `"${name}"`);
	}
	return result;
}

function replaceVolatile(text: string, uuids: Map<string, string>, target: string): string {
	const host = target.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
	return text
		.replaceAll(target.replace(/\/+$/, ""), TARGET)
		.replaceAll(host, "target")
		.replace(TIME, "{time}")
		.replace(UUID, (uuid) => {
			const known = uuids.get(uuid);
			if (known !== undefined) return known;
			const name = nextName("uuid", new Map(uuids));
			uuids.set(uuid, name);
			return name;
		});
}

function scalarsOf(body: HttpRequest["body"]): readonly string[] {
	if (typeof body !== "string") return [];
	try {
		return collect(JSON.parse(body), 0);
	} catch {
		return [];
	}
}

const DEPTH_MAX = 50;

function collect(value: unknown, depth: number): readonly string[] {
	if (typeof value !== "object" || value === null) return [String(value)];
	return depth > DEPTH_MAX ? [] : Object.values(value).flatMap((item) => collect(item, depth + 1));
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
