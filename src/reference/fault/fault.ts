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

export interface WitnessRequest {
	readonly method: string;
	readonly path: string;
	readonly credential: Credential;
	/** Sent as JSON. */
	readonly body?: unknown;
}

/** Whose key is sent: the administrator's, the first half of it, none, or that of an app. */
export type Credential = "admin" | "half-admin" | "none" | { readonly apiKey: string };

/** What is looked at in an answer; what is left out is not looked at. */
export interface AnswerPattern {
	readonly status?: number;
	readonly mediaType?: string;
	/** Compared as JSON; objects may have further fields. */
	readonly body?: unknown;
	/** Headers, in lower case, that are there (true) or missing (false). */
	readonly headers?: Readonly<Record<string, boolean>>;
}

/** The switches: asked at the place of behaviour. */
export interface Faults<Name extends string = string> {
	has(name: Name): boolean;
}
