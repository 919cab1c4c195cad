import type { Finding, Step } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { isAnswer, type Json } from "../http/exchange.ts";
import { nameVariables } from "./shell.ts";

/** Writes the texts of a proof as code: what the run made up, and what the service answered, are new in every test. */
export interface Flow {
	/** Code for a text that the step at `index` sends or is expected to show. */
	code(text: string, index: number): string;
	/** Environment variables that stand for masked credentials. */
	readonly variables: ReadonlyMap<string, string>;
	/** Secrets that the test makes up, by label. */
	readonly secrets: ReadonlyMap<string, string>;
	/** The run's marker, where a request holds it. */
	readonly marker: string | undefined;
}

const MASKED = /«([^»]+)»/g;

/** Finds out where each text of a proof comes from. */
export function flowOf(run: Run, { evidence }: Finding): Flow {
	const labels = labelsIn(evidence);
	const sent = evidence.map(requestText);
	const marker =
		run.marker !== undefined && sent.some((text) => text.includes(run.marker ?? "")) ? run.marker : undefined;
	const answered = answeredValues(evidence, sent);
	const variables = nameVariables(labels.header);
	const secrets = new Map(labels.body.map((label, index) => [label, `SECRET_${index + 1}`]));
	const expressionOf = (text: string, index: number): string | undefined => {
		const source = answered.get(text);
		return source === undefined || source.index >= index ? undefined : source.code;
	};
	return {
		variables,
		secrets,
		marker,
		code(text, index) {
			const whole = expressionOf(text, index);
			return whole ?? template(text, { marker, variables, secrets, answered: (part) => expressionOf(part, index) });
		},
	};
}

interface Names {
	readonly marker: string | undefined;
	readonly variables: ReadonlyMap<string, string>;
	readonly secrets: ReadonlyMap<string, string>;
	readonly answered: (text: string) => string | undefined;
}

/** A text with expressions in it, as a string or a template literal. */
function template(text: string, { marker, variables, secrets, answered }: Names): string {
	const parts: { readonly code?: string; readonly text?: string }[] = [];
	let rest = text;
	while (rest !== "") {
		const places = [
			...placeOf(rest, marker, "RUN"),
			...placeOf(rest, marker?.toUpperCase(), "RUN.toUpperCase()"),
			...[...rest.matchAll(MASKED)].slice(0, 1).flatMap((match) => {
				const label = match[1] ?? "";
				const code = answered(match[0]) ?? secrets.get(label) ?? variables.get(label);
				return code === undefined ? [] : [{ from: match.index, length: match[0].length, code }];
			}),
		].toSorted((a, b) => a.from - b.from);
		const [first] = places;
		if (first === undefined) break;
		if (first.from > 0) parts.push({ text: rest.slice(0, first.from) });
		parts.push({ code: first.code });
		rest = rest.slice(first.from + first.length);
	}
	const [only] = parts;
	if (only === undefined) return JSON.stringify(text);
	if (parts.length === 1 && rest === "" && only.code !== undefined) return only.code;
	const written = [...parts, { text: rest }].map((part) =>
		"code" in part ? `\${${part.code}}` : (part.text ?? "").replace(/[\\`]|\$\{/g, (sign) => `\\${sign}`),
	);
	return `\`${written.join("")}\``;
}

function placeOf(
	text: string,
	wanted: string | undefined,
	code: string,
): readonly { from: number; length: number; code: string }[] {
	const from = wanted === undefined || wanted === "" ? -1 : text.indexOf(wanted);
	return from === -1 ? [] : [{ from, length: wanted?.length ?? 0, code }];
}

/** A secret that a body carries before any header does was made up by the run; the others were given to it. */
function labelsIn(evidence: readonly Step[]): { readonly header: readonly string[]; readonly body: readonly string[] } {
	const firstIn = (textOf: (step: Step) => string): ReadonlyMap<string, number> => {
		const found = evidence.flatMap((step, index) =>
			[...textOf(step).matchAll(MASKED)].map((match): [string, number] => [match[1] ?? "", index]),
		);
		return new Map(found.toReversed());
	};
	const bodies = firstIn(({ exchange: { request } }) => (typeof request.body === "string" ? request.body : ""));
	const headers = firstIn(({ exchange: { request } }) => JSON.stringify([request.path, request.headers]));
	const body = [...bodies].filter(([label, at]) => at <= (headers.get(label) ?? at)).map(([label]) => label);
	return { body: body.toSorted(), header: [...headers.keys()].filter((label) => !body.includes(label)).toSorted() };
}

interface Answered {
	readonly index: number;
	readonly code: string;
}

/** What only the service can have made up: the first answer that shows a text which no request has sent before. */
function answeredValues(evidence: readonly Step[], sent: readonly string[]): ReadonlyMap<string, Answered> {
	const values = new Map<string, Answered>();
	for (const [index, { exchange }] of evidence.entries()) {
		if (!isAnswer(exchange.answer)) continue;
		const before = sent.slice(0, index + 1).join("\n");
		const shown = [
			...scalarsIn(parse(exchange.answer.body), `answer${index + 1}.body`),
			...["etag", "location"].flatMap((name) => {
				const text = isAnswer(exchange.answer) ? exchange.answer.headers[name] : undefined;
				return text === undefined ? [] : [{ text, code: `answer${index + 1}.headers.${name}`, isKey: true }];
			}),
		];
		for (const { text, code, isKey } of shown) {
			if (values.has(text) || before.includes(text) || (!isKey && text.length < LONG_MIN)) continue;
			values.set(text, { index, code });
		}
	}
	return values;
}

/** A shorter text stands in two places by chance; but a key is a key. */
const LONG_MIN = 8;
const DEPTH_MAX = 8;

interface Scalar {
	readonly text: string;
	readonly code: string;
	readonly isKey: boolean;
}

function scalarsIn(value: Json | undefined, code: string, isKey = false, depth = 0): readonly Scalar[] {
	if (typeof value === "string" || typeof value === "number") return [{ text: String(value), code, isKey }];
	if (typeof value !== "object" || value === null || depth > DEPTH_MAX) return [];
	return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([name, member]) =>
		scalarsIn(
			member,
			Array.isArray(value) ? `${code}[${name}]` : `${code}${property(name)}`,
			/(?:^|_|[a-z])id$/i.test(name),
			depth + 1,
		),
	);
}

/** How a member of an object is written in code. */
export function property(name: string): string {
	return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function requestText({ exchange: { request } }: Step): string {
	const body = typeof request.body === "string" ? request.body : "";
	return `${decode(request.path)}\n${JSON.stringify(request.headers)}\n${body}`;
}

function decode(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

export function parse(body: string): Json | undefined {
	try {
		return JSON.parse(body) as Json;
	} catch {
		return undefined;
	}
}
