import type { Value } from "./value.ts";

/** A request in the model's terms: values may be symbols that are known only when it is sent. */
export interface Call {
	/** `operationId`. */
	readonly operation: string;
	readonly path: Readonly<Record<string, Value>>;
	readonly query: Readonly<Record<string, Value>>;
	readonly header: Readonly<Record<string, Value>>;
	readonly cookie?: Readonly<Record<string, Value>>;
	readonly body?: Value;
	readonly mediaType?: string;
	/** By security scheme; a scheme that is not named is not sent. */
	readonly credentials: Readonly<Record<string, Credential>>;
	/** What breaks the documented input rules; empty for a valid request. */
	readonly flaws: readonly Flaw[];
	/** Parameters whose value nobody but the one who calls has written anywhere. */
	readonly ours?: readonly string[];
	/** Names what this very call makes, so that leaving out another call of a plan renames nothing. */
	readonly tag?: string;
}

export type Credential =
	/** The one that was given for this scheme: the main caller's, or that of the identity which is named. */
	| { readonly kind: "right"; readonly as?: string }
	/** Not the right one, made from it. */
	| { readonly kind: "wrong"; readonly how: Spoiling; readonly as?: string }
	/** A value that the API itself issued, or that a client set. */
	| { readonly kind: "value"; readonly value: Value; readonly spoilt?: Spoiling };

/**
 * How a wrong credential is made from a right one. `malformed`: without the word of its scheme in front. `elsewhere`: in
 * the query in place of a header, or the other way round. `expired`: it was right once.
 */
export type Spoiling = "other" | "prefix" | "longer" | "other-case" | "empty" | "malformed" | "elsewhere" | "expired";

/** One broken input rule. */
export interface Flaw {
	readonly in: "path" | "query" | "header" | "cookie" | "body";
	/** The parameter's name, or a JSON Pointer into the body. */
	readonly at: string;
	readonly keyword: string;
	/** The rule as a sentence: `must be at least 16 characters`. */
	readonly message: string;
}
