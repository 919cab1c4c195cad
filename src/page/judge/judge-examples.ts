import type { Operation, Response } from "../../contract/contract.ts";
import { isJson } from "../../http/media-type.ts";
import type { Schema } from "../../schema/schema.ts";
import { disagrees, type Hearing, operationOf, type Said, undecided } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import type { NamedExample } from "../reading.ts";
import { jsonSchemaOf } from "./bind-table.ts";
import { faultsOf, type Held, judgeValue, keysShared } from "./judge-value.ts";
import { responseNamed, successOf } from "./response-named.ts";

/** Holds the JSON of a page against the request or the answer that it is an example of. */
export function judgeExamples(hearing: Hearing): readonly Ruling[] {
	return hearing.reading.examples.flatMap((named) => {
		const operation = operationOf(hearing, named.scope.endpoint);
		return operation === undefined ? [] : judgeExample(hearing, named, operation);
	});
}

function judgeExample(hearing: Hearing, named: NamedExample, operation: Operation): readonly Ruling[] {
	const { direction, status, isErrors } = named.scope.label;
	if (direction === "response" && isErrors === true) return judgeAny(hearing, named, errorsOf(operation));
	if (direction === "response" && status !== undefined) return judgeAnswer(hearing, named, { operation, status });
	if (direction === "response") return judgeAny(hearing, named, [...answersOf(operation), ...errorsOf(operation)]);
	if (direction === "request") return judgeAny(hearing, named, requestsOf(operation));
	return judgeAny(hearing, named, [...answersOf(operation), ...requestsOf(operation), ...errorsOf(operation)]);
}

function judgeAnswer(
	hearing: Hearing,
	named: NamedExample,
	{ operation, status }: { readonly operation: Operation; readonly status: string },
): readonly Ruling[] {
	const response = responseNamed(operation, status);
	// That it has no such status is told where the page names it.
	if (response === undefined) return [];
	const schema = jsonSchemaOf(response);
	if (schema !== undefined) return judgeValue(hearing, named.example, heldAs(operation, schema, `${status} answer`));
	if (response.content.length > 0 || response.status === "default") return [];
	const said: Said = {
		rule: "page-example",
		operation: operationName(operation),
		subject: status,
		says: `shows a body of its ${status}`,
		line: named.line,
	};
	return [
		disagrees(hearing, said, {
			level: "drift",
			documented: "a body",
			observed: "no body",
			message: `The document gives the ${status} of ${operation.method} ${operation.path} no body.`,
			repair: "Take the example out, or document the body.",
		}),
	];
}

interface Candidate extends Held {
	readonly schema: Schema;
}

function heldAs(operation: Operation, schema: Schema, what: string): Candidate {
	const direction = what === "request" ? "request" : "response";
	return { rule: "page-example", operation, schema, what, direction };
}

function requestsOf(operation: Operation): readonly Candidate[] {
	const schemas = (operation.body?.content ?? []).flatMap(({ name, schema }) =>
		isJson(name) && schema !== undefined ? [schema] : [],
	);
	return schemas.map((schema) => heldAs(operation, schema, "request"));
}

function answersOf(operation: Operation): readonly Candidate[] {
	const successes = operation.responses.filter(({ status }) => status.startsWith("2"));
	const first = successOf(operation);
	return withSchemas(operation, first === undefined ? successes : [first, ...successes.filter((one) => one !== first)]);
}

function errorsOf(operation: Operation): readonly Candidate[] {
	return withSchemas(
		operation,
		operation.responses.filter(({ status }) => /^[45d]/.test(status)),
	);
}

function withSchemas(operation: Operation, responses: readonly Response[]): readonly Candidate[] {
	return responses.flatMap((response) => {
		const schema = jsonSchemaOf(response);
		return schema === undefined ? [] : [heldAs(operation, schema, `${response.status} answer`)];
	});
}

/** So much of an example must be in a schema before the rest of it is a mistake. */
const SHARED_MIN = 0.5;

/**
 * An example of which the page does not say what it is: valid as any of these it is right; else it is held against the
 * one that it is most like, when it is like one and not as much like another.
 */
function judgeAny(hearing: Hearing, named: NamedExample, candidates: readonly Candidate[]): readonly Ruling[] {
	const { example } = named;
	const fit = candidates.find((held) => faultsOf(hearing, example, held).length === 0);
	if (fit !== undefined) return judgeValue(hearing, example, fit);
	const ranked = candidates
		.map((held) => ({ held, share: keysShared(example.value, held.schema) }))
		.toSorted((left, right) => right.share - left.share);
	const [best] = ranked;
	if (best === undefined) return [];
	const rival = ranked.find(({ held }) => held.direction !== best.held.direction);
	const isClear =
		best.share >= SHARED_MIN &&
		(rival === undefined || best.share > rival.share || named.scope.label.direction !== undefined);
	if (isClear) return judgeValue(hearing, example, best.held);
	const said: Said = {
		rule: "page-example",
		operation: operationName(best.held.operation),
		says: "shows an example",
		line: named.line,
	};
	return [
		undecided(hearing, said, "the page does not say what it is an example of, and it is like nothing of this endpoint"),
	];
}
