import type { FastifyError } from "fastify";
import type { Refusal } from "./refusal.ts";

/** Longest name of a field that is repeated to the caller. */
const FIELD_LENGTH_MAX = 64;

/** Names the first thing that is wrong: `Invalid rate_limit`, `Missing from`, `Unknown field colour`. */
export function validationRefusal({ validation, validationContext }: FastifyError): Refusal {
	return { status: 400, error: sentence(validation?.[0], validationContext) };
}

type Violation = NonNullable<FastifyError["validation"]>[number];

function sentence(violation: Violation | undefined, where: string | undefined): string {
	if (violation?.keyword === "required") return `Missing ${violation.params.missingProperty}`;
	if (violation?.keyword === "additionalProperties") {
		return `Unknown field ${String(violation.params.additionalProperty).slice(0, FIELD_LENGTH_MAX)}`;
	}
	const [field] = violation?.instancePath.split("/").slice(1) ?? [];
	if (field === undefined) return `Invalid ${where ?? "body"}`;
	return /^\d+$/.test(field) ? "Invalid number" : `Invalid ${field}`;
}
