import type { Operation } from "../../contract/contract.ts";
import type { HttpAnswer, Json } from "../../http/exchange.ts";
import { isJson } from "../../http/media-type.ts";
import { items, properties, typeOfValue, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { type Hearing, operationOf } from "../docket.ts";
import { jsonSchemaOf } from "../judge/bind-table.ts";
import { responseNamed } from "../judge/response-named.ts";
import { isPlaceholder } from "../placeholder.ts";

/** In what a real answer differs from what the page shows; both sides in short. */
export interface Difference {
	readonly subject?: string;
	readonly page: string;
	readonly service: string;
	/** Where the page says it. */
	readonly line: number;
}

export type Comparison =
	| { readonly kind: "alike" }
	| { readonly kind: "undecided"; readonly reason: string }
	| { readonly kind: "differs"; readonly differences: readonly Difference[] };

const UNDECIDED: Readonly<Record<number, string>> = {
	401: "the target does not accept the credentials; give them with --header",
	403: "the target does not allow it to these credentials",
	404: "the item that the page names is not there",
	409: "what is there already stands in the way",
	429: "the target asks to be left alone for a while",
	502: "the target has no answer of its own",
	503: "the target is not available",
	504: "the target has no answer of its own",
};

/**
 * Holds a real answer against the status and the example that a page gives for an endpoint. Values may differ; what is
 * there, and of which type, may not.
 */
export function compareAnswer(
	hearing: Hearing,
	{ operation, line, hasItem }: { readonly operation: Operation; readonly line: number; readonly hasItem: boolean },
	answer: HttpAnswer,
): Comparison {
	const { status } = answer;
	const expected = statusesSaid(hearing, operation);
	if (status >= 300)
		return expected.some((one) => one.status === String(status)) || !isCertain(status, hasItem)
			? { kind: "undecided", reason: UNDECIDED[status] ?? "the answer depends on what is there" }
			: {
					kind: "differs",
					differences: [
						{ page: expected[0]?.status ?? "a success", service: String(status), line: expected[0]?.line ?? line },
					],
				};
	const [said] = expected;
	if (said !== undefined && !expected.some((one) => one.status === String(status))) {
		return { kind: "differs", differences: [{ page: said.status, service: String(status), line: said.line }] };
	}
	return compareBody(hearing, operation, answer);
}

/** An error that only a wrong page, or a broken service, explains. */
function isCertain(status: number, hasItem: boolean): boolean {
	if (status === 404) return !hasItem;
	return (
		UNDECIDED[status] === undefined &&
		(status >= 500 || status === 400 || status === 405 || status === 415 || status === 422)
	);
}

/** The successes that titles of the page name for this endpoint. */
function statusesSaid(
	hearing: Hearing,
	operation: Operation,
): readonly { readonly status: string; readonly line: number }[] {
	return hearing.reading.statuses.filter(
		({ status, where, scope }) =>
			where === "label" && /^2\d\d$/.test(status) && operationOf(hearing, scope.endpoint)?.id === operation.id,
	);
}

function compareBody(hearing: Hearing, operation: Operation, answer: HttpAnswer): Comparison {
	const example = hearing.reading.examples.find(({ scope }) => {
		const { direction, status = String(answer.status), isErrors } = scope.label;
		const isAnswer = direction === "response" || (direction === undefined && operation.body === undefined);
		return (
			isAnswer &&
			isErrors !== true &&
			status === String(answer.status) &&
			operationOf(hearing, scope.endpoint)?.id === operation.id
		);
	});
	if (example === undefined || answer.truncated === true) return { kind: "alike" };
	const body = parseBody(answer);
	if (body === undefined)
		return {
			kind: "differs",
			differences: [{ page: "JSON", service: answer.headers["content-type"] ?? "no JSON", line: example.line }],
		};
	const response = responseNamed(operation, String(answer.status));
	const schema = response === undefined ? undefined : jsonSchemaOf(response);
	const found: Difference[] = [];
	compareParts(example.example.value, body, { pointer: "", schema, lineOf: example.example.lineOf, found });
	return found.length === 0 ? { kind: "alike" } : { kind: "differs", differences: found };
}

function parseBody({ body, headers }: HttpAnswer): Json | undefined {
	if (!isJson(headers["content-type"] ?? "")) return undefined;
	try {
		return JSON.parse(body) as Json;
	} catch {
		return undefined;
	}
}

interface Walk {
	readonly pointer: string;
	readonly schema: Schema | undefined;
	readonly lineOf: (pointer: string) => number;
	readonly found: Difference[];
}

const FOUND_MAX = 10;

function compareParts(page: Json, service: Json, walk: Walk): void {
	if (walk.found.length >= FOUND_MAX || isPlaceholder(page)) return;
	const [shown, real] = [typeOfValue(page), typeOfValue(service)];
	if (plain(shown) !== plain(real)) {
		// What the document admits besides is no contradiction: null, or an alternative.
		const admitted = walk.schema === undefined ? [] : typesOf(walk.schema);
		if (!admitted.some((type) => plain(type) === plain(real))) report(walk, shown, real);
		return;
	}
	if (Array.isArray(page) && Array.isArray(service)) compareItems(page, service, walk);
	else if (isRecord(page) && isRecord(service)) compareMembers(page, service, walk);
}

function plain(type: string): string {
	return type === "integer" ? "number" : type;
}

function report({ pointer, lineOf, found }: Walk, page: string, service: string): void {
	const subject = pointer.replaceAll(/\/\d+/g, "[]").replace(/^\//, "").replaceAll("/", ".");
	found.push({ ...(subject === "" ? {} : { subject }), page, service, line: lineOf(pointer) });
}

/** Lists hold what is there: only the form of their items is shown. */
function compareItems(page: readonly Json[], service: readonly Json[], walk: Walk): void {
	const [shown] = page;
	const [real] = service;
	if (shown === undefined || real === undefined) return;
	const element = walk.schema === undefined ? undefined : items(walk.schema);
	compareParts(shown, real, { ...walk, pointer: `${walk.pointer}/0`, schema: element });
}

type JsonObject = { readonly [key: string]: Json };

function isRecord(value: Json): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareMembers(page: JsonObject, service: JsonObject, walk: Walk): void {
	const known = walk.schema === undefined ? [] : properties(walk.schema);
	for (const [name, value] of Object.entries(page)) {
		const property = known.find((one) => one.name === name);
		const below = { ...walk, pointer: `${walk.pointer}/${name}`, schema: property?.schema };
		if (Object.hasOwn(service, name)) compareParts(value, service[name] as Json, below);
		// What the document makes optional may be missing here.
		else if (property === undefined || property.required) report(below, `${name} is part of the answer`, "absent");
	}
}
