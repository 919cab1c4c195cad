/** One realistic change of a server's behaviour that its document does not allow, switched on by name. */
export interface Fault {
	/** Kebab-case, as in `FAULTS=a,b`. */
	readonly name: string;
	/** What the faulty server does, as a sentence. */
	readonly summary: string;
	/** What a finding about it must say. */
	readonly expects: Expectation;
	/** The fewest requests over documented endpoints that show it. */
	readonly witness: Witness;
}

interface Expectation {
	/** Name of the rule that is broken. */
	readonly rule: string;
	/** `operationId` of the operation that breaks it. */
	readonly operation: string;
	readonly documented: string;
	readonly observed: string;
}

/** Requests to a fresh server; the answer to the last one tells the honest server from the faulty one. */
interface Witness {
	readonly requests: readonly WitnessRequest[];
	readonly documented: AnswerPattern;
	readonly observed: AnswerPattern;
}

/**
 * One request. What only the server makes up is named by where it stood: `{2/id}` in the path, the body or a key is what
 * the second answer has at the JSON Pointer `/id`.
 */
export interface WitnessRequest {
	readonly method: string;
	readonly path: string;
	readonly credential: Credential;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Beside those of the credential. */
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Whose key is sent: the administrator's, the first half of it, one that may only read, an administrator's of another
 * tenant, none, or a key that the API itself gave out. Where nothing belongs to tenants, a
 * stranger is somebody whose key is good for something else.
 */
export type Credential = "admin" | "half-admin" | "viewer" | "stranger" | "none" | { readonly apiKey: string };

/** What is looked at in an answer; what is left out is not looked at. */
export interface AnswerPattern {
	readonly status?: number;
	readonly mediaType?: string;
	/** Compared as JSON; objects may have further fields. Answers are named as in requests. */
	readonly body?: unknown;
	/** JSON Pointers at which the body has nothing. */
	readonly absent?: readonly string[];
	/** Headers, in lower case, that are there (true), missing (false), or have a value. */
	readonly headers?: Readonly<Record<string, boolean | string>>;
}

/** The switches: asked at the place of behaviour. */
export interface Faults<Name extends string = string> {
	has(name: Name): boolean;
}
