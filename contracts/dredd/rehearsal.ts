/** One documented answer with the request that Dredd makes for it. A step may change what is sent. */
export interface Transaction {
	/** The path and the query that are sent. */
	fullPath: string;
	readonly request: { method: string; readonly headers: Record<string, string>; body: string };
	/** What Dredd holds the answer against: an example of the documented answer. */
	readonly expected: { readonly statusCode: string; readonly body?: string };
}

/** Sends a JSON request to the service; throws when it is refused, since a rehearsal that fails proves nothing. */
export type Send = (
	method: string,
	path: string,
	call?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
) => Promise<unknown>;

/** Brings the service into the state that a documented answer speaks of, and changes the request where it must. */
export type Step = (transaction: Transaction, send: Send) => Promise<void> | void;

/**
 * How the documented answers of one API are brought about. Keys are `METHOD path status`, the path as the document
 * writes it.
 *
 * @example { before: makePet, steps: { "GET /pets/{id} 404": (sent) => void (sent.fullPath = "/pets/none") }, unprovoked: {} }
 */
export interface Rehearsal {
	/** Runs before each transaction that is sent. */
	readonly before: Step;
	/** A success that is not here is sent as its example shows it. */
	readonly steps: Readonly<Record<string, Step>>;
	/** What no request can bring about, with the reason: by `METHOD path status`, or by status for all operations. */
	readonly unprovoked: Readonly<Record<string, string>>;
}
