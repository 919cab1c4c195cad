import { createHash } from "node:crypto";
import type { Rule } from "./rule.ts";

/** What makes a finding the same finding tomorrow: no value, no id, no place in a file. */
export interface Identity {
	readonly rule: Rule;
	readonly operation: { readonly id: string };
	readonly subject?: string;
	readonly documented: string;
	readonly observed: string;
}

/**
 * Six hexadecimal digits of a SHA-256 over what identifies a finding. Two findings of one run share one only by a
 * chance of 1 in 16 million, and a person can type it.
 *
 * @example fingerprint({ rule: "effect", operation: { id: "replaceCids" }, documented: "replace", observed: "append" })
 */
export function fingerprint(identity: Identity): string {
	const { rule, operation, subject = "", documented, observed } = identity;
	// JSON keeps the parts apart: "a" + "bc" is not "ab" + "c".
	const text = JSON.stringify([rule, operation.id, subject, documented, observed]);
	return createHash("sha256").update(text).digest("hex").slice(0, 6);
}
