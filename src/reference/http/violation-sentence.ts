import type { FastifyError } from "fastify";

/** Longest name of a field that is repeated to the caller. */
const FIELD_LENGTH_MAX = 64;

/**
 * Names the first thing that is wrong with a body, for a person.
 *
 * @example violationSentence(error) // "settings.mfa must be equal to one of the allowed values"
 */
export function violationSentence({ validation }: FastifyError): string {
	const violation = validation?.[0];
	const path = violation?.instancePath.split("/").slice(1) ?? [];
	const field = clip(path.join("."));
	const inside = field === "" ? "" : `${field}.`;
	if (violation?.keyword === "required") return `${inside}${violation.params.missingProperty} is missing`;
	if (violation?.keyword === "additionalProperties") {
		return `${inside}${clip(String(violation.params.additionalProperty))} is not a known field`;
	}
	return `${field === "" ? "The body" : field} ${violation?.message ?? "is invalid"}`;
}

/** A name is the caller's text: cut, and without what would break a line. */
function clip(text: string): string {
	return text.replaceAll(/[\p{Cc}\p{Cs}]/gu, "?").slice(0, FIELD_LENGTH_MAX);
}
