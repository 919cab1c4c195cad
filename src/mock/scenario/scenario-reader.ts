import { isScalar } from "yaml";
import type { Model } from "../../model/model.ts";
import type { Problem } from "../../problem/problem.ts";
import type { Validation } from "../../schema/validate.ts";

/** What reads one scenario shares: where its mistakes go, and what they are checked against. */
export interface ScenarioReader {
	readonly model: Model;
	readonly validation: Validation;
	readonly problems: Problem[];
	/** Notes a mistake at a node of the file. */
	complain(code: string, message: string, node: unknown, hint?: { readonly hint?: string }): void;
	/** Another file, named relative to this one, with a reader that notes mistakes there; undefined, and noted, when it cannot be read. */
	open(name: string, node: unknown): { readonly contents: unknown; readonly reader: ScenarioReader } | undefined;
}

/** The key of a map as text. */
export function nameOf(key: unknown): string {
	return isScalar(key) ? String(key.value) : String(key);
}
